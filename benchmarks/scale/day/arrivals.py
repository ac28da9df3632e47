"""When applications come in a day, and handing them in at these moments of a shorter one."""

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

import httpx

_HOURS: Final = (1, 1, 1, 1, 1, 1, 2, 4, 10, 12, 12, 8, 5, 7, 9, 9, 8, 6, 5, 5, 4, 3, 2, 1)
"""Applications by hour of the day, in proportion: chosen, not measured; the busiest hours have two
and a half times the mean."""
_SENDERS: Final = 8
_TRIES: Final = 20


class Sent(NamedTuple):
    """How one handing-in went: seconds until its answer, and how often it was sent."""

    seconds: float
    tries: int
    accepted: bool


def moments(count: int, seconds: float, dice: random.Random) -> list[float]:
    """Seconds after the start at which applications come, in their order."""
    hours = dice.choices(range(24), weights=_HOURS, k=count)
    return sorted((hour + dice.random()) * seconds / 24 for hour in hours)


def hand_in(address: str, key: str, folders: Sequence[Path], at: Sequence[float]) -> list[Sent]:
    """Hand folders in over HTTP, each at its moment, repeating what was not answered."""
    began = time.monotonic()
    limits = httpx.Timeout(30.0)
    headers = {"Authorization": f"Bearer {key}"}
    with (
        httpx.Client(base_url=address, headers=headers, timeout=limits) as client,
        ThreadPoolExecutor(_SENDERS) as pool,
    ):
        waiting = []
        for folder, moment in zip(folders, at, strict=True):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            waiting.append(pool.submit(_send, client, folder))
        return [one.result() for one in waiting]


def _send(client: httpx.Client, folder: Path) -> Sent:
    began = time.monotonic()
    form, files = _parts(folder)
    for number in range(1, _TRIES + 1):
        try:
            answer = client.post("/api/v1/applications", files=[*form.items(), *files])
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.status_code == httpx.codes.ACCEPTED:
            return Sent(time.monotonic() - began, number, accepted=True)
        time.sleep(0.5)
    return Sent(time.monotonic() - began, _TRIES, accepted=False)


def _parts(
    folder: Path,
) -> tuple[Mapping[str, tuple[str, bytes]], list[tuple[str, tuple[str, bytes]]]]:
    form = folder / "application.json"
    pictures = sorted(place for place in folder.iterdir() if place != form)
    return (
        {"application": (form.name, form.read_bytes())},
        [("files", (place.name, place.read_bytes())) for place in pictures],
    )
