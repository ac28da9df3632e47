"""How a question is asked of the last publication, and in whose frame it answers."""

import datetime as dt
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from kinbind.frames.load import FrameKind, load

FEW: Final = 30
"""Below it the interval of a share is wider than most differences that are looked for."""
GROUPS: Final = ("sex", "age_band", "relationship", "ethnicity_group", "route", "region", "channel")
_Z: Final = 1.959964


class Scope(NamedTuple):
    """Which publication and which days a question is about, and whose frame answers.

    Attributes:
        since: First day of receipt; None: from the beginning.
        until: Last day.
        engine: Whose frame the answer is.
        folder: As for `kinbind.frames.load`.
    """

    since: dt.date | str | None = None
    until: dt.date | str | None = None
    engine: FrameKind = "pandas"
    folder: str | Path | None = None


EVERYTHING: Final = Scope()


def share_sql(hits: str, total: str) -> str:
    """Columns `share`, `low`, `high`, `few` of a counted share, in SQL."""
    n, h, z = f"({total})::DOUBLE", f"({hits})", _Z
    middle = f"({h} + {z * z / 2}) / ({n} + {z * z})"
    reach = f"{z} * sqrt({h} * ({n} - {h}) / nullif({n}, 0) + {z * z / 4}) / ({n} + {z * z})"
    return (
        f"{h} / nullif({n}, 0) AS share, greatest(0, {middle} - {reach}) AS low, "
        f"least(1, {middle} + {reach}) AS high, {n} < {FEW} AS few"
    )


def answer(sql: str, tables: tuple[str, ...], scope: Scope) -> Any:  # noqa: ANN401
    """Ask a question of these tables; every text in it is ours, or was held against a list."""
    connection = duckdb.connect()
    for name in tables:
        whole = name in {"policies", "engines", "forms"}
        table = load(
            name,
            since=None if whole else scope.since,
            until=None if whole else scope.until,
            engine="arrow",
            folder=scope.folder,
        )
        connection.register(name, table)
    answer = connection.sql(sql)
    match scope.engine:
        case "polars":
            return answer.pl()
        case "arrow":
            return answer.to_arrow_table()
        case "duckdb":
            return answer
        case _:
            return answer.df()


def known_column(name: str, known: tuple[str, ...]) -> str:
    """A name that may stand in a query; refuses any other."""
    if name not in known:
        msg = f"没有这个分组，可选 there is no such group; one of: {', '.join(known)}"
        raise ValueError(msg)
    return name


def folded(name: str) -> str:
    """A column at one level throughout.

    What is rare is told coarser, and rare rounds end otherwise than common ones: fine and coarse
    values side by side would compare the two, not the groups.
    """
    if name == "region":
        return "left(region::VARCHAR, 2)"
    if name == "age_band":
        return (
            "CASE WHEN age_band IN ('0-5', '6-17', '0-17') THEN '0-17'"
            " WHEN age_band IN ('18-44', '45-59', '18-59') THEN '18-59'"
            " WHEN age_band IS NOT NULL THEN '60+' END"
        )
    return name


def known_outcome(outcome: str) -> str:
    """An outcome that may stand in a query; refuses any other."""
    return known_column(outcome, ("approved", "returned", "in_review", "rejected"))
