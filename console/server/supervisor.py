"""Supervision of child processes: one that ends is started again, one that cannot stay ends all."""

import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from console.server.processes import ChildProcess, bound_log, start, stop

_POLL_SECONDS: Final = 0.2
_LONG_ENOUGH_SECONDS: Final = 60.0
"""A child that lived longer starts counting its failures anew."""
_MAX_FAILURES: Final = 5
_PAUSE_SECONDS: Final = 1.0
"""Before the second restart; each pause after it is about twice as long."""
_GRACE_SECONDS: Final = 10.0


class _Supervised:
    """One child over all its lives."""

    def __init__(self, child: ChildProcess) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self._started_at = 0.0
        self._restart_at = 0.0

    def ensure_running(self) -> int | None:
        """Start the child when it is due; gives the exit code where it has just ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self._restart_at:
                self.process, self._started_at = start(self.child), now
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.process = None
        self.failures = 1 if now - self._started_at > _LONG_ENOUGH_SECONDS else self.failures + 1
        self._restart_at = now + _PAUSE_SECONDS * (2.0 ** (self.failures - 1) - 1)
        return code


class Supervisor(threading.Thread):
    """Starts children, restarts those that end, and ends all when it is told to.

    They are started by this thread and end with it: it must outlive what they are for.

    Attributes:
        failure: Which child could not stay, and where its log is; empty while all can.
    """

    def __init__(
        self,
        children: Sequence[ChildProcess],
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
        super().__init__(name="supervisor", daemon=True)
        self.failure = ""
        self._supervised = [_Supervised(child) for child in children]
        self._after = after
        self._given_up = given_up
        self._tell = tell
        self._finished = threading.Event()

    def run(self) -> None:
        """Keep the children running until told to stop, or until one cannot stay."""
        try:
            while not self._after() and not self._finished.wait(_POLL_SECONDS / 4):
                pass
            while not self.failure and not self._finished.wait(_POLL_SECONDS):
                for supervised in self._supervised:
                    self._supervise(supervised)
        finally:
            for supervised in reversed(self._supervised):
                if supervised.process is not None:
                    stop(supervised.process, grace_seconds=_GRACE_SECONDS)
        if self.failure:
            self._given_up()

    def finish(self) -> None:
        """End the children, the last started first, and wait for that."""
        self._finished.set()
        if self.is_alive():
            self.join()

    def _supervise(self, supervised: _Supervised) -> None:
        bound_log(supervised.child.log)
        code = supervised.ensure_running()
        if code is None:
            return
        name = supervised.child.name
        if supervised.failures < _MAX_FAILURES:
            ended = f"signal {-code}" if code < 0 else f"exit code {code}"
            self._tell(f"{name} ended ({ended}); it is started again")
        else:
            log = supervised.child.log
            self.failure = f"{name} ended {_MAX_FAILURES} times in a row; its log is {log}"
