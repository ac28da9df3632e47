"""Homes whose runs are killed again and again, and what differs from the calm run afterwards."""

import datetime as dt
import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.scale.random_kills.office import Command, Office
from benchmarks.scale.random_kills.process_tree import kill, left_behind
from benchmarks.scale.random_kills.stored_readings import outcomes_of
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reconciliation.reconcile import reconcile

_MOMENTS: Final = {False: (0.2, 1.0), True: (0.02, 0.5)}
"""When something is killed, in parts of the calm run's time. A plain run starts at once and can be
killed many times until its inbox is done."""
_KILLS_A_HOME: Final = 10
"""Then a run is left alone: else a home whose work is done would be killed for ever."""
_LONGEST: Final = 400.0
"""Seconds after which a run counts as hanging, on a machine under load."""

Outcomes = Mapping[str, tuple[str, tuple[str, ...]]]


class Killing(NamedTuple):
    """What was done to some homes.

    Attributes:
        killed: Part of a run to how often it was killed.
        homes: How many there were.
        wrong: Whatever was not as after the calm run.
    """

    killed: Counter[str]
    homes: int
    wrong: tuple[str, ...]


def run_calmly(office: Office) -> float:
    """Let one run go to its end; its seconds.

    Raises:
        RuntimeError: It failed, with what it said.
    """
    started = time.monotonic()
    if office.start().wait(_LONGEST) != 0:
        raise RuntimeError(office.log.read_text("utf-8"))
    return time.monotonic() - started


def kill_runs(calm: Office, inbox: Path, seconds: float, kills: int, seed: int) -> Killing:
    """Kill so many processes, in as many homes as that needs.

    Args:
        calm: The office whose outcomes are right.
        inbox: The same applications, in a folder of whose readings nobody else makes use.
        seconds: What a calm run takes.
        kills: How many at least.
        seed: Of the moments and of who is killed.
    """
    dice = random.Random(seed)  # noqa: S311  (no secret)
    killed: Counter[str] = Counter()
    wrong: list[str] = []
    expected, homes = outcomes_of(calm.results), 0
    while killed.total() < kills:
        homes += 1
        office = calm._replace(home=inbox.with_name(f"home{homes}"), inbox=inbox)
        begun = killed.total()
        _kill_until_done(calm, office, seconds, killed, dice)
        found = [f"seed {seed}, home {homes}: {line}" for line in _differences(office, expected)]
        wrong += found
        count = killed.total() - begun
        print(f"seed {seed}, home {homes}: {count} kills, {len(found)} differences", flush=True)
    return Killing(killed, homes, tuple(wrong))


def _kill_until_done(
    calm: Office, office: Office, seconds: float, killed: Counter[str], dice: random.Random
) -> None:
    if not office.plain:  # an empty run history; to make its database anew costs ten seconds
        shutil.copytree(calm.home / "orchestrator", office.home / "orchestrator")
    enough = killed.total() + _KILLS_A_HOME
    while killed.total() < enough:
        if _run_and_kill(office, seconds, killed, dice) == 0:
            return
    run_calmly(office)


def _run_and_kill(office: Office, seconds: float, killed: Counter[str], dice: random.Random) -> int:
    """One run; its exit code, 0 where it decided everything all the same."""
    fewest = min(killed[part] for part in (*office.survived, *office.fatal))
    behind = [part for part in office.survived if killed[part] <= fewest + 1]
    parts = [*dice.sample(behind, len(behind)), _least(office.fatal, killed)]
    moments = sorted(dice.uniform(*_MOMENTS[office.plain]) * seconds for _ in parts)
    command = office.start()
    started = time.monotonic()
    for part, moment in zip(parts, moments, strict=True):
        while time.monotonic() - started < moment and command.poll() is None:
            time.sleep(0.02)
        if _kill_one(office, command, part, dice):
            killed[part] += 1
    return _await_end(office, command)


def _least(parts: tuple[str, ...], killed: Counter[str]) -> str:
    return min(parts, key=lambda part: killed[part])


def _kill_one(office: Office, command: Command, part: str, dice: random.Random) -> bool:
    """Kill a process of a part once there is one; False where the run ended before."""
    while command.poll() is None:
        living = office.living(command, part)
        if living and kill(dice.choice(living)):
            return True
        time.sleep(0.02)
    return False


def _await_end(office: Office, command: Command) -> int:
    try:
        code = command.wait(_LONGEST)
    except (subprocess.TimeoutExpired, TimeoutError):
        command.kill()
        command.wait()
        raise
    left = left_behind(office.home, office.inbox, 20.0)
    if left:
        msg = f"these processes stay: {left}"
        raise RuntimeError(msg)
    return code


def _differences(office: Office, expected: Outcomes) -> Iterator[str]:
    """Whatever is not as after the calm run."""
    outcomes = outcomes_of(office.results)
    for name, outcome in expected.items():
        if outcomes.get(name) != outcome:
            yield f"{name}: {outcomes.get(name)} instead of {outcome}"
    with using_repositories(Settings(home=office.home)) as repositories:
        for name, (said, _) in outcomes.items():
            bound = len(repositories.bindings.find(name))
            if bound != (said == "approved"):
                yield f"{name}: {said} with {bound} bindings"
        objects = len(list(repositories.archive.store.keys("bindings/")))
        if objects != len(repositories.bindings.in_force()):
            yield f"{objects} binding objects in the store"
        chain = repositories.audit.verify(repositories.archive)
        if not chain.intact:
            yield f"the chain: {chain.problem}"
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
        yield from (f"{one.fault.value}: {one.subject}" for one in reconcile(repositories, later))
