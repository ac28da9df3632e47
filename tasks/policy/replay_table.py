"""A replay as a table for notebooks: counts alone, no application is named."""

from collections.abc import Iterator
from pathlib import Path

from models.decision.decision import Outcome
from models.reports.replay_table import REPLAY
from storage.reports.dataset_files import write_table
from tasks.policy.replay import Replay

_Row = tuple[str, str, str, str | None, int]


def write_replay_table(replayed: Replay, path: Path) -> int:
    """Write it as Parquet, in the place of an earlier one.

    Returns:
        How many rows it has.

    Raises:
        OSError: The file cannot be written there.
    """
    rows = list(_rows(replayed))
    columns = {name: [row[at] for row in rows] for at, name in enumerate(REPLAY.names)}
    write_table(REPLAY, columns, path)
    return len(rows)


def _rows(replayed: Replay) -> Iterator[_Row]:
    for outcome, count in replayed.kept.items():
        yield _row("outcome", outcome, outcome, None, count)
    for flip in replayed.flips:
        yield _row("outcome", flip.was, flip.becomes, None, len(flip.applications))
        for what, codes in (("added", flip.added), ("removed", flip.removed)):
            for code, count in codes.items():
                yield _row(what, flip.was, flip.becomes, code, count)


def _row(what: str, was: Outcome, becomes: Outcome, code: str | None, count: int) -> _Row:
    return what, was.value, becomes.value, code, count
