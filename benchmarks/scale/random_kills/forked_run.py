"""A plain run in a process forked from this one: everything is imported, so it starts at once."""

import multiprocessing
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from benchmarks.scale.random_kills.plain_run import run_plainly


class ForkedRun:
    """What is asked of a `Popen`, of a forked process."""

    def __init__(
        self, inbox: Path, results: Path, environment: Mapping[str, str], said: IO[bytes]
    ) -> None:
        """Start it.

        Args:
            inbox: What it takes in.
            results: Where it writes the outcomes.
            environment: Added to that of this process.
            said: Where goes what it says.
        """
        self._process = multiprocessing.get_context("fork").Process(
            target=_run, args=(inbox, results, environment, said.fileno())
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has one.

        Raises:
            TimeoutError: It has none after so many seconds.
        """
        self._process.join(timeout)
        if self._process.exitcode is None:
            msg = f"a run did not end within {timeout} seconds"
            raise TimeoutError(msg)
        return self._process.exitcode

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _run(inbox: Path, results: Path, environment: Mapping[str, str], said: int) -> None:
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ |= environment
    run_plainly(inbox, results)
