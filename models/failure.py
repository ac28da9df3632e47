"""Where something failed, without a word of what was being worked on."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from models.record import Record

_ROOT: Final = Path(__file__).resolve().parent.parent
_MAX_ERRORS: Final = 8
"""Errors of one chain that are followed; a chain that is longer goes in a circle."""


class FailedAt(Record):
    """One error of a chain.

    Attributes:
        kind: The error's class.
        frames: `file:line function`, the outermost call first, as in a traceback.
    """

    kind: str
    frames: tuple[str, ...]


class Failure(Record):
    """What is known of a failure: classes, files, lines and functions.

    Values and messages are left out: an exception's own words could quote a document.

    Attributes:
        errors: The error that came out, then what it was caused by, and so on.
    """

    errors: tuple[FailedAt, ...]

    @property
    def place(self) -> str:
        """The class of the error that came out, and where it was raised."""
        last = self.errors[0]
        frame = last.frames[-1].partition(" ")[0] if last.frames else "unknown"
        return f"{last.kind} at {Path(frame).name}"


def describe_failure(error: BaseException) -> Failure:
    """Kinds and places of an error and of all that it was caused by."""
    return Failure(errors=tuple(_described(each) for each in _chain(error)))


def _chain(error: BaseException) -> Iterator[BaseException]:
    following: BaseException | None = error
    for _ in range(_MAX_ERRORS):
        if following is None:
            return
        yield following
        unsuppressed = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or unsuppressed


def _described(error: BaseException) -> FailedAt:
    frames = traceback.extract_tb(error.__traceback__)
    return FailedAt(
        kind=type(error).__name__,
        frames=tuple(f"{_file(f.filename)}:{f.lineno} {f.name}" for f in frames),
    )


def _file(name: str) -> str:
    """Ours by its path in the project; another package's by its last three parts."""
    path = Path(name)
    if path.is_relative_to(_ROOT) and ".venv" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-3:])
