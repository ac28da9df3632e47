"""Logs that an attacker cannot fill: what is said again and again is said now and then."""

import logging
import time
from typing import Final

_SPAN_SECONDS: Final = 60.0
_IN_A_SPAN: Final = 5
"""Lines of one kind; enough to see what happens, and 7,200 of it in a day of attack."""


class RepetitionFilter(logging.Filter):
    """Lets a few records of one kind pass in each minute, and says how many it kept back."""

    def __init__(self, *, span_seconds: float = _SPAN_SECONDS) -> None:
        """Begin with nothing said.

        Args:
            span_seconds: How long a kind's few lines have to last.
        """
        super().__init__()
        self._span_seconds = span_seconds
        self._said: dict[tuple[int, str], list[float]] = {}  # kind to span's begin, lines in it

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is written; the kinds are the texts before anything is filled in."""
        now, kind = time.monotonic(), (record.levelno, str(record.msg))
        began, lines = self._said.get(kind, (now, 0.0))
        kept_back = 0
        if now - began > self._span_seconds:
            kept_back = max(0, int(lines) - _IN_A_SPAN)
            began, lines = now, 0.0
        self._said[kind] = [began, lines + 1]
        if kept_back:
            record.msg = f"{record.getMessage()} ({kept_back} more of this kind were left out)"
            record.args = None
        return lines < _IN_A_SPAN


def limit_repetition(*loggers: str) -> None:
    """Bound what these loggers write, once for each."""
    for name in loggers:
        _limit(logging.getLogger(name))


def limit_unhandled() -> None:
    """Bound what packages say that nobody gave a log: it goes to where errors are printed.

    Whoever sends nonsense as a form makes the parser of forms say a line for each request.
    """
    if logging.lastResort is not None:
        _limit(logging.lastResort)


def _limit(where: logging.Filterer) -> None:
    if not any(isinstance(one, RepetitionFilter) for one in where.filters):
        where.addFilter(RepetitionFilter())
