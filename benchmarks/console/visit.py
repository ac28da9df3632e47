"""Someone who opens pages over HTTP and looks at the clock."""

import contextlib
import multiprocessing
import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import httpx

from benchmarks.console.fill import PASSWORD
from console.server.serve_console import console_server, serve_console
from console.server.sockets import listen
from storage.bootstrap import open_repositories
from storage.settings import Settings

_QUEUES: Final = {
    "queue by deadline": "/queue",
    "queue by risk": "/queue?order=risk",
    "queue by age": "/queue?order=age",
    "queue of one reason": "/queue?code=R03",
    "queue of one product": "/queue?product=mutual_aid",
    "queue of a reason, by risk": "/queue?code=X20&order=risk",
    "my desk": "/queue?standing=mine",
    "for a senior": "/queue?standing=senior",
}
_LATER: Final = 15
_SOUGHT: Final = "R000123"


class Times:
    """Seconds by the name of what was asked, on the clock and of the server's processor."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._seconds: dict[str, list[float]] = {}
        self._processor: dict[str, float] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """What was asked, in that order."""
        return tuple(self._seconds)

    def take(self, name: str, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """Ask and keep the time.

        Raises:
            RuntimeError: The answer was an error.
        """
        start, spent = time.perf_counter(), _processor_seconds()
        answer = ask()
        self._seconds.setdefault(name, []).append(time.perf_counter() - start)
        self._processor[name] = self._processor.get(name, 0) + _processor_seconds() - spent
        if answer.status_code >= 400:
            msg = f"{name} was answered by {answer.status_code}"
            raise RuntimeError(msg)
        return answer

    def percentile(self, name: str, percent: int) -> float:
        """Milliseconds."""
        ordered = sorted(self._seconds[name])
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    def processor(self, name: str) -> float:
        """Milliseconds of the server's processor for one answer, the mean."""
        return 1000 * self._processor[name] / len(self._seconds[name])


def _processor_seconds() -> float:
    """What the processes that this one started have computed; Linux counts it in nanoseconds."""
    threads = (
        path
        for child in multiprocessing.active_children()
        for path in Path(f"/proc/{child.pid}/task").glob("*/schedstat")
    )
    return sum(int(path.read_text().split()[0]) for path in threads) / 1e9


@contextlib.contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The console in a process of its own; its address."""
    with listen("console", "127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(settings, listener), daemon=True
        )
        process.start()
        try:
            yield address
        finally:
            process.terminate()
            process.join()


def _serve(settings: Settings, listener: socket.socket) -> None:
    repositories = open_repositories(settings)
    server = console_server(repositories, hosts=(), tls=None)
    serve_console(repositories, server, listener, settle_every=0)


def visit(address: str, cases: Sequence[str], rounds: int) -> Times:
    """Ask every page so many times.

    Args:
        address: Where the console is.
        cases: Reviews whose pages are opened in turn.
        rounds: How often.
    """
    times = Times()
    senior, reviewer = signed_in(address, "s0"), signed_in(address, "r0")
    stranger = httpx.Client(base_url=address, timeout=60, trust_env=False)
    for number in range(-5, rounds):
        told = times if number >= 0 else Times()  # the first few are not counted
        told.take("sign-in page", lambda: stranger.get("/sign-in"))
        _look_at_queues(told, senior)
        case = cases[number % len(cases)]
        told.take("case page, looked at", partial(senior.get, f"/cases/{case}"))
        told.take("claim by name", partial(reviewer.post, f"/cases/{case}/claim"))
        told.take("case page, on one's desk", partial(reviewer.get, f"/cases/{case}"))
        told.take("put back", partial(reviewer.post, f"/cases/{case}/release"))
        next_one = told.take("claim next", lambda: reviewer.post("/queue/next"))
        reviewer.post(f"{next_one.headers['location']}/release")
    return times


def signed_in(address: str, name: str) -> httpx.Client:
    """A browser in which somebody is signed in; it sends its form token as a header."""
    client = httpx.Client(base_url=address, timeout=60, trust_env=False)
    entry = _value(client.get("/sign-in").text, "entry")
    form = {"name": name, "password": PASSWORD, "entry": entry}
    client.post("/sign-in", data=form)
    client.headers["x-csrf-token"] = _value(client.get("/queue").text, "csrf")
    return client


def _look_at_queues(times: Times, client: httpx.Client) -> None:
    for name, path in _QUEUES.items():
        times.take(name, partial(client.get, path))
    times.take(f"queue, page {_LATER}", lambda: client.get(f"/queue?page={_LATER}"))
    times.take("search", lambda: client.post("/queue/search", data={"words": _SOUGHT}))


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("nobody is signed in")
    return found[1]
