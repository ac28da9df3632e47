"""Our own log, where an operator looks first: `KINBIND_HOME/logs/kinbind.log`.

One JSON object a line, with the round at work as its subject and the orchestrator's run: warnings
of every package of ours, and what is written to `DETAILS` down to debug level. Like every log of
ours it carries identifiers, codes and places in the code, nothing personal. Processes share the
file.
"""

import contextlib
import datetime as dt
import fcntl
import itertools
import json
import logging
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from models.failure import Failure, describe_failure
from storage.audit.current_run import current_run

LOG_FILE: Final = "kinbind.log"
DETAILS: Final = "kinbind"
"""The logger of what is for this file only, and not for a terminal or the run history."""
_OURS: Final = ("console", "flows", "models", "storage", "tasks")
_FAILURE: Final = "failure"
_MAX_BYTES: Final = 2_000_000
_KEPT_FILES: Final = 5
"""Full files that are kept beside the current one, as `kinbind.log.1` (the newest) and so on."""

_SUBJECT: ContextVar[str | None] = ContextVar("kinbind_subject", default=None)


@contextlib.contextmanager
def working_on(identifier: str) -> Iterator[None]:
    """Log lines of the block name this round, review or batch as their subject."""
    token = _SUBJECT.set(identifier)
    try:
        yield
    finally:
        _SUBJECT.reset(token)


class OperatorLog(logging.Handler):
    """Appends log records to the file of one home folder; a full file gives way to a new one."""

    def __init__(self, home: Path, *, max_bytes: int = _MAX_BYTES) -> None:
        """Log into a home folder.

        Args:
            home: `KINBIND_HOME`.
            max_bytes: From which size on the file gives way to a new one.
        """
        super().__init__(logging.DEBUG)
        self.path = home / "logs" / LOG_FILE
        self._max_bytes = max_bytes

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record; a log that cannot be written stops nobody's work."""
        with contextlib.suppress(OSError):
            self._append(f"{json.dumps(_fields(record), ensure_ascii=False)}\n".encode())

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.path.exists() and self.path.stat().st_size >= self._max_bytes:
                self._make_room()
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, line)
            finally:
                os.close(file)
        finally:
            os.close(lock)

    def _make_room(self) -> None:
        names = [self.path, *(Path(f"{self.path}.{n}") for n in range(1, _KEPT_FILES + 1))]
        for newer, older in reversed(list(itertools.pairwise(names))):
            if newer.exists():
                newer.replace(older)


def start_log(home: Path) -> OperatorLog:
    """Write this process's log into a home folder; an earlier home's log is left alone."""
    handler = OperatorLog(home)
    for name in (DETAILS, *_OURS):
        logger = logging.getLogger(name)
        for old in [h for h in logger.handlers if isinstance(h, OperatorLog)]:
            logger.removeHandler(old)
        logger.addHandler(handler)
    details = logging.getLogger(DETAILS)
    details.setLevel(logging.DEBUG)
    details.propagate = False
    return handler


def log_failure(what: str, error: BaseException) -> Failure:
    """Write down where something failed, at debug level, and give it back.

    Args:
        what: What was being done; a fixed phrase.
        error: What came out of it; its own words are never written.
    """
    failure = describe_failure(error)
    log_told_failure(what, failure)
    return failure


def log_told_failure(what: str, failure: Failure) -> None:
    """Write down where another process of ours says that something failed, at debug level.

    Args:
        what: What was being done; a fixed phrase.
        failure: Classes and places.
    """
    logging.getLogger(DETAILS).debug("%s failed", what, extra={_FAILURE: failure})


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """A record as it is written; of an error only classes and places, never its words."""
    fields: dict[str, object] = {
        "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.getMessage(),
        "subject": _SUBJECT.get(),
        "run": current_run(),
        "process": record.process,
    }
    error = record.exc_info[1] if record.exc_info else None
    failure = getattr(record, _FAILURE, describe_failure(error) if error else None)
    if isinstance(failure, Failure):
        fields["errors"] = [each.model_dump() for each in failure.errors]
    return {name: value for name, value in fields.items() if value is not None}
