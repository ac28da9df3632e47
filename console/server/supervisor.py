"""Keeps child processes alive: one that ends is started again, one that cannot stay is given up."""

import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from console.server.processes import stop

_LOOK_SECONDS: Final = 0.2
_LONG_ENOUGH: Final = 60.0
"""Seconds of life after which an end counts as the first one."""
_TRIES: Final = 5
_PAUSE_SECONDS: Final = 1.0
"""Before the second restart; each pause after it is about twice as long."""
_PATIENCE: Final = 10.0


class SupervisedProcess(NamedTuple):
    """A process that is wanted.

    Attributes:
        name: As people are told.
        command: What starts it. It has to end with its parent of its own accord.
        environment: All of it.
        passed: Files that it inherits.
        folder: Where it starts.
        log: Where its output goes.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    passed: tuple[int, ...]
    folder: Path
    log: Path


class _Kept:
    """One child over all its lives."""

    def __init__(self, child: SupervisedProcess) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self._born = 0.0
        self._again_at = 0.0

    def look(self, tell: Callable[[str], object]) -> bool:
        """See to it that the child runs; False: it cannot stay."""
        if self.process is None:
            if time.monotonic() >= self._again_at:
                self._start()
            return True
        code = self.process.poll()
        if code is None:
            return True
        lived = time.monotonic() - self._born
        self.failures = 1 if lived > _LONG_ENOUGH else self.failures + 1
        self._again_at = time.monotonic() + _PAUSE_SECONDS * (2.0 ** (self.failures - 1) - 1)
        self.process = None
        if self.failures < _TRIES:
            tell(f"{self.child.name} ended ({_end(code)}); it is started again")
        return self.failures < _TRIES

    def _start(self) -> None:
        self.child.log.parent.mkdir(parents=True, exist_ok=True)
        with self.child.log.open("ab") as sink:
            self.process = subprocess.Popen(  # noqa: S603  (our own modules)
                self.child.command,
                env=dict(self.child.environment),
                pass_fds=self.child.passed,
                cwd=self.child.folder,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                # Ctrl-C in a terminal is for us; we end the children in their order.
                start_new_session=True,
            )
        self._born = time.monotonic()

    def end(self) -> None:
        if self.process is not None:
            stop(self.process, patience=_PATIENCE)


class Supervisor(threading.Thread):
    """Starts children, restarts those that end, and ends all when it is told to.

    They are started by this thread and end with it: it must outlive what they are for.
    """

    def __init__(
        self,
        children: Sequence[SupervisedProcess],
        *,
        after: Callable[[], bool],
        given_up: Callable[[], object],
        tell: Callable[[str], object],
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            children: In the order of their start; they are ended the other way round.
            after: Nothing is started before this says yes.
            given_up: Called once, when a child cannot stay.
            tell: Where to say that one was started again.
        """
        super().__init__(name="keeper", daemon=True)
        self._kept = [_Kept(child) for child in children]
        self._after = after
        self._given_up = given_up
        self._tell = tell
        self._over = threading.Event()
        self.failure = ""

    def run(self) -> None:
        """Keep the children until told to stop, or until one cannot stay."""
        while not self._over.is_set() and not self._after():
            time.sleep(_LOOK_SECONDS / 4)
        try:
            while not self._over.wait(_LOOK_SECONDS):
                lost = next((kept for kept in self._kept if not kept.look(self._tell)), None)
                if lost is not None:
                    self.failure = (
                        f"{lost.child.name} ended {_TRIES} times in a row; its log is"
                        f" {lost.child.log}"
                    )
                    self._given_up()
                    return
        finally:
            for kept in reversed(self._kept):
                kept.end()

    def finish(self) -> None:
        """End the children, the last started first, and wait for that."""
        self._over.set()
        if self.is_alive():
            self.join()


def _end(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
