"""Which run of the orchestrator is at work, so that each event can name it.

The orchestrator itself is known to flows only; they say here which run it is.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Final

RUN: Final = "run"
"""The detail under which an event names its run."""

_CURRENT: ContextVar[str | None] = ContextVar("kinbind_run", default=None)


def current_run() -> str | None:
    """The run's identifier; None outside of any."""
    return _CURRENT.get()


@contextlib.contextmanager
def in_run(run_id: str | None) -> Iterator[None]:
    """Events appended within the block name this run."""
    token = _CURRENT.set(run_id or None)
    try:
        yield
    finally:
        _CURRENT.reset(token)
