"""A gate before the checking of passwords: few at a time, a short queue, no more."""

import threading
from types import TracebackType
from typing import Final

from models.staff.staff_member import SignInRefusedError

_AT_ONCE: Final = 2
"""Each check takes 64 MB and some 50 ms of four threads (argon2-cffi's defaults, RFC 9106)."""
_WAITING: Final = 8
"""A wait is a thread of the console's 40 (anyio's default): the others stay for people at work."""
_RETRY_SECONDS: Final = 5


class PasswordChecks:
    """Lets two checks of this process pass at once, has eight wait, and sends others away."""

    def __init__(self) -> None:
        """Nobody is in it."""
        self._places = threading.BoundedSemaphore(_AT_ONCE + _WAITING)
        self._checking = threading.Semaphore(_AT_ONCE)

    def __enter__(self) -> None:
        """Wait for one's turn.

        Raises:
            SignInRefusedError: Too many wait already; says when to come again.
        """
        if not self._places.acquire(blocking=False):
            raise SignInRefusedError(_RETRY_SECONDS)
        self._checking.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the next one in."""
        self._checking.release()
        self._places.release()
