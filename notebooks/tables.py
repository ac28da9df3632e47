"""The data team's tables for notebooks: one that is missing is empty; reasons are in force."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from kinbind.frames import DatasetMissingError, load

ROUND: Final = ["case"]
"""The columns that tell one round from another."""
_DETACHED: Final = "detached "


def table(name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Columns of one table of the dataset, without rows where it was never published.

    Where rounds may not be joined with others, each row stands for a round of its own.
    """
    try:
        found: pd.DataFrame = load(name, columns=list(columns))
    except DatasetMissingError:
        return pd.DataFrame(columns=list(columns))
    found = found.astype({c: object for c in found if str(found[c].dtype) == "category"})
    alone = f"{_DETACHED}{name} " + found.index.astype("str")
    found["case"] = found["case"].where(found["case"].notna(), alone)
    return found


def joinable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose round other tables tell of too."""
    return rows[~rows["case"].astype("str").str.startswith(_DETACHED).astype(bool)]


def reasons_in_force(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that are reasons: notes and what a person overruled are none."""
    return findings[findings["in_force"].isin([True])]


def known(values: "pd.Series[Any]", otherwise: str) -> "pd.Series[str]":
    """Text values, with a word for those that are missing."""
    return values.astype("str").where(values.notna(), otherwise)


def most_first(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows with the highest sums on top."""
    order = counted.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    return counted.loc[order]
