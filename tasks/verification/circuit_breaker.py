"""Circuit breaker: where application after application fails in one way, the system is at fault."""

from typing import Final

from models.errors import KinbindError

MOST: Final = 5
"""A rare kind of paper can meet one defect of ours two or three times in a row; a part that is
broken meets every application, and sending all of them to people would only hide it."""


class SameFaultError(KinbindError):
    """One application after the other failed in the same way; the run stops."""


class CircuitBreaker:
    """How often in a row the same cause failed an application."""

    def __init__(self) -> None:
        """Nothing has failed yet."""
        self._cause: str | None = None
        self._times = 0

    def add(self, cause: str | None) -> None:
        """Count one application.

        Args:
            cause: What failed it; None: nothing did.

        Raises:
            SameFaultError: The same cause, for the fifth time in a row.
        """
        self._times = self._times + 1 if cause is not None and cause == self._cause else 1
        self._cause = cause
        if cause is not None and self._times >= MOST:
            msg = (
                f"连续 {MOST} 份申请因同一系统故障未能核验（{cause}），已停止。请先排除故障"
                "（kinbind doctor），再执行 kinbind retry 取回这些申请，并再次运行。"
                f" {MOST} applications in a row failed on the same fault of the system ({cause}):"
                " stopped. Find the cause (kinbind doctor), take them back with kinbind retry, and"
                " run again."
            )
            raise SameFaultError(msg)
