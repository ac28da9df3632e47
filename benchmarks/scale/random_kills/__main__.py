"""Kill the processes of a batch at random moments, each part in its turn, until it is done.

    .venv/bin/python -m benchmarks.scale.random_kills --count 60 --kills 30 --seed 1
    .venv/bin/python -m benchmarks.scale.random_kills --count 60 --kills 100 --seed 2 --plain

A calm run comes first. Then the same inbox again, in homes of their own: the command is started,
one of its processes is killed, and it is started again, until a run ends by itself, or ten were
killed and one is left alone. Then outcomes and codes are those of the calm run, every approval has
one binding, the chain is whole, the books agree (`reconcile`), and no process is left. Exit code 1
where anything differs.

Readings are stored ones (`stored_readings`), so that seconds do. `--plain` does the same work in
one process without orchestrator and workers (`plain_run`); it is forked from this one and starts at
once. With `TMPDIR=/dev/shm` nothing waits for a disk, of which a kill takes nothing anyway.
"""

import argparse
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.scale.random_kills.forked_run import ForkedRun
from benchmarks.scale.random_kills.process_tree import kill, left_behind, members
from benchmarks.scale.random_kills.stored_readings import outcomes_of, write_stored
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reconciliation.reconcile import reconcile

_KINBIND: Final = Path(sys.executable).with_name("kinbind")
_MOMENTS: Final = {False: (0.2, 1.0), True: (0.02, 0.3)}
"""When a process is killed, in parts of the calm run's time: a run that starts at once can be
killed many times until its inbox is done."""
_KILLS_A_HOME: Final = 10
"""Then a run is left alone: else a home whose work is done would be killed for ever."""
_LONGEST: Final = 400.0
"""Seconds after which a run counts as hanging, on a machine under load."""


Command = subprocess.Popen[bytes] | ForkedRun


class Office(NamedTuple):
    """A home, the inbox that is taken in, and the environment of the command."""

    home: Path
    inbox: Path
    environment: dict[str, str]
    plain: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """What can be killed of a run."""
        if self.plain:
            return "plain run", "reading process"
        return "command", "orchestrator", "worker", "reading process"

    @property
    def results(self) -> Path:
        """Where a run of the command writes its outcomes."""
        return self.home.with_suffix(".jsonl")

    def start(self) -> "Command":
        """Start the command; what it says goes into a file beside the home."""
        environment = self.environment | {"KINBIND_HOME": str(self.home)}
        with self.home.with_suffix(".log").open("ab") as said:
            if self.plain:
                return ForkedRun(self.inbox, self.results, environment, said)
            command = (str(_KINBIND), "run", str(self.inbox), "--results", str(self.results))
            return subprocess.Popen(  # noqa: S603  (our own command)
                command, env=os.environ | environment, stdout=said, stderr=said
            )


def main() -> None:
    """Print what was killed, and what differed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="No orchestrator, no workers.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kinbind-kills-") as scratch:
        folder = Path(scratch)
        environment = write_stored(folder, count=chosen.count, seed=chosen.seed)
        environment["XDG_CONFIG_HOME"] = str(folder / "configuration")  # keys lie there
        os.environ.update(environment)
        calm = Office(folder / "calm", folder / "inbox", environment, chosen.plain)
        started = time.monotonic()
        if calm.start().wait(_LONGEST) != 0:
            sys.exit(calm.home.with_suffix(".log").read_text("utf-8"))
        seconds = time.monotonic() - started
        print(f"calm: {chosen.count} applications, {seconds:.0f} s", flush=True)
        killed, wrong = _killing(calm, seconds, chosen.kills, random.Random(chosen.seed))  # noqa: S311
    print(f"killed {killed.total()}: {dict(killed)}; differences: {len(wrong)}")
    for line in wrong:
        print(f"  {line}")
    sys.exit(1 if wrong else 0)


def _killing(
    calm: Office, seconds: float, kills: int, dice: random.Random
) -> tuple[Counter[str], list[str]]:
    killed: Counter[str] = Counter()
    wrong: list[str] = []
    expected, number = outcomes_of(calm.results), 0
    while killed.total() < kills:
        number += 1
        office = calm._replace(home=calm.home.with_name(f"home{number}"))
        begun = killed.total()
        if not office.plain:  # an empty run history; to make its database anew costs ten seconds
            shutil.copytree(calm.home / "orchestrator", office.home / "orchestrator")
        for _ in range(_KILLS_A_HOME):
            part = _run_and_kill(office, seconds, _next(office, killed), dice)
            if part is None:
                break
            killed[part] += 1
        else:
            office.start().wait(_LONGEST)
        wrong += [f"home {number}: {line}" for line in _differences(office, expected)]
        print(
            f"home {number}: {killed.total() - begun} kills, {len(wrong)} differences", flush=True
        )
    return killed, wrong


def _next(office: Office, killed: Counter[str]) -> str:
    return min(office.parts, key=lambda part: killed[part])


def _run_and_kill(office: Office, seconds: float, part: str, dice: random.Random) -> str | None:
    """One run; what was killed of it, or None where it ended by itself before its moment."""
    command = office.start()
    moment = time.monotonic() + dice.uniform(*_MOMENTS[office.plain]) * seconds
    while time.monotonic() < moment and command.poll() is None:
        time.sleep(0.05)
    done = None
    while done is None and command.poll() is None:
        living = [command.pid] if part == "plain run" else members(office.home, office.inbox, part)
        if living and kill(dice.choice(living)):
            done = part
        time.sleep(0.05)
    try:
        command.wait(_LONGEST)
    except (subprocess.TimeoutExpired, TimeoutError):
        command.kill()
        command.wait()
        raise
    left = left_behind(office.home, office.inbox, 20.0)
    if left:
        msg = f"after a killed {part} these processes stay: {left}"
        raise RuntimeError(msg)
    return done


def _differences(office: Office, expected: dict[str, tuple[str, tuple[str, ...]]]) -> list[str]:
    """Whatever is not as after the calm run."""
    outcomes = outcomes_of(office.results)
    found = [
        f"{name}: {outcomes.get(name)} instead of {outcome}"
        for name, outcome in expected.items()
        if outcomes.get(name) != outcome
    ]
    with using_repositories(Settings(home=office.home)) as repositories:
        for name, (outcome, _) in outcomes.items():
            bound = len(repositories.bindings.find(name))
            if bound != (outcome == "approved"):
                found.append(f"{name}: {outcome} with {bound} bindings")
        objects = len(list(repositories.archive.store.keys("bindings/")))
        if objects != len(repositories.bindings.in_force()):
            found.append(f"{objects} binding objects in the store")
        chain = repositories.audit.verify(repositories.archive)
        if not chain.intact:
            found.append(f"the chain: {chain.problem}")
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
        found += [f"{one.fault.value}: {one.subject}" for one in reconcile(repositories, later)]
    return found


if __name__ == "__main__":
    main()
