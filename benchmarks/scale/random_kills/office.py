"""A home, the inbox that it takes in, and the command that works for both."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.scale.random_kills.forked_run import ForkedRun
from benchmarks.scale.random_kills.process_tree import members

_KINBIND: Final = Path(sys.executable).with_name("kinbind")
PLAIN_RUN: Final = "plain run"

Command = subprocess.Popen[bytes] | ForkedRun


class Office(NamedTuple):
    """One home.

    Attributes:
        home: Where everything is kept.
        inbox: What is taken in; the readings of it lie beside it.
        environment: Added to that of the command.
        plain: One process does it all, without orchestrator and workers.
    """

    home: Path
    inbox: Path
    environment: dict[str, str]
    plain: bool

    @property
    def survived(self) -> tuple[str, ...]:
        """The parts without which a run goes on."""
        return ("reading process",) if self.plain else ("reading process", "orchestrator")

    @property
    def fatal(self) -> tuple[str, ...]:
        """The parts with which a run ends."""
        return (PLAIN_RUN,) if self.plain else ("command", "worker")

    @property
    def results(self) -> Path:
        """Where a run of the command writes its outcomes."""
        return self.home.with_suffix(".jsonl")

    @property
    def log(self) -> Path:
        """What the command said."""
        return self.home.with_suffix(".log")

    def start(self) -> Command:
        """Start the command; what it says goes into a file beside the home."""
        environment = self.environment | {"KINBIND_HOME": str(self.home)}
        with self.log.open("ab") as said:
            if self.plain:
                return ForkedRun(self.inbox, self.results, environment, said)
            command = (str(_KINBIND), "run", str(self.inbox), "--results", str(self.results))
            return subprocess.Popen(  # noqa: S603  (our own command)
                command, env=os.environ | environment, stdout=said, stderr=said
            )

    def living(self, command: Command, part: str) -> list[int]:
        """The processes of one part of a run."""
        return [command.pid] if part == PLAIN_RUN else members(self.home, self.inbox, part)
