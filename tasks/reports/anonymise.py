"""Nobody is singled out: what the tables tell of an applicant, at least k rounds share.

A rare combination is made coarser step by step, the least useful telling first, and only where it
is rare; what stays rare after the last step is withheld. Sweeney, k-anonymity (2002), with local
recoding: a combination that k rounds share is final, so that later steps only add to it.

The steps assume somebody who handed the papers over the counter, and so knows of an applicant all
columns of `KNOWN` exactly. Where the exact list of papers would single out, the tables of papers
and fields no longer carry the round's pseudonym. Where relation, route, age or the sorts of papers
had to be hidden, no table but `applications` does: a check would tell what was hidden.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd
from pycanon import anonymity

from models.errors import IntegrityError
from models.reading.document import DocumentKind

KNOWN: Final = (
    *("region", "product", "channel", "employer", "received_on", "relationship", "route"),
    *("age_band", "sex", "ethnicity_group", "round", "papers"),
)
"""What an insider knows of an applicant; `papers` is the list of kinds handed in."""
_COARSE_AGES: Final = {
    "0-5": "0-17",
    "6-17": "0-17",
    "18-44": "18-59",
    "45-59": "18-59",
    "60-74": "60+",
    "75+": "60+",
}
_NOTHING: Final = ""
_SORTS: Final = {
    "book": frozenset({DocumentKind.HUKOU_MEMBER}),
    "certificate": frozenset(
        {
            DocumentKind.BIRTH_CERTIFICATE,
            DocumentKind.MARRIAGE_CERTIFICATE,
            DocumentKind.KINSHIP_NOTARIAL,
        }
    ),
    "others": frozenset(
        {
            DocumentKind.COMMITMENT_LETTER,
            DocumentKind.INSURANCE_CERTIFICATE,
            DocumentKind.INCAPACITY_CERTIFICATE,
            DocumentKind.OTHER,
        }
    ),
}


class AnonymisedRounds(NamedTuple):
    """Rounds whose combinations at least k of them share.

    Attributes:
        told: Column to its values, coarser where that was needed; None where hidden.
        span: Of each round, what `received_on` stands for: day, week or month.
        loose: Of each round, whether the tables of papers and fields must not carry its pseudonym.
        detached: Of each round, whether no other table may carry it.
        withheld: Of each round, whether it must not be published at all.
        steps: How many rounds each step made coarser.
    """

    told: dict[str, list[Any]]
    span: list[str]
    loose: list[bool]
    detached: list[bool]
    withheld: list[bool]
    steps: dict[str, int]


class _Step(NamedTuple):
    """One way to make a column coarser; `detaches` says what may no longer be joined then."""

    name: str
    column: str
    coarser: Callable[[Any], Any]
    detaches: Literal["", "papers", "all"] = ""


def _hidden(_value: object) -> None:
    return None


def _week(day: dt.date | None) -> dt.date | None:
    return day and day - dt.timedelta(days=day.weekday())


def _month(day: dt.date | None) -> dt.date | None:
    return day and day.replace(day=1)


def _digits(count: int) -> Callable[[str | None], str | None]:
    return lambda code: code and code[:count]


def _sorts(papers: str | None) -> str | None:
    """What the checks and the way of the proof tell of the papers: which sorts there are."""
    kinds = frozenset((papers or "").split("+"))
    return "+".join(name for name, some in _SORTS.items() if kinds & some)


def _coarse_age(band: str | None) -> str | None:
    return _COARSE_AGES.get(band, band) if band else band


_STEPS: Final = (
    _Step("employer hidden", "employer", _hidden),
    _Step("week of receipt", "received_on", _week),
    _Step("sorts of papers", "papers", _sorts, "papers"),
    _Step("region as prefecture", "region", _digits(4)),
    _Step("month of receipt", "received_on", _month),
    _Step("region as province", "region", _digits(2)),
    _Step("channel hidden", "channel", _hidden),
    _Step("round hidden", "round", _hidden),
    _Step("coarse age", "age_band", _coarse_age),
    _Step("region hidden", "region", _hidden),
    _Step("ethnicity hidden", "ethnicity_group", _hidden),
    _Step("sex hidden", "sex", _hidden),
    _Step("papers hidden", "papers", _hidden, "all"),
    _Step("route hidden", "route", _hidden, "all"),
    _Step("age hidden", "age_band", _hidden, "all"),
    _Step("relationship hidden", "relationship", _hidden, "all"),
    _Step("product hidden", "product", _hidden),
)


def anonymise(known: Mapping[str, Sequence[Any]], k: int) -> AnonymisedRounds:
    """Make rare combinations coarser until at least k rounds share each.

    Args:
        known: Each column of `KNOWN` to its exact values, one a round; None where not known.
            A mapping of fewer columns is anonymised by those alone.
        k: At least 1.

    Raises:
        IntegrityError: An independent count says that k does not hold; nothing may be published.
    """
    frame = pd.DataFrame({name: pd.Series(list(known[name]), dtype=object) for name in known})
    loose, detached = (np.zeros(len(frame), dtype=bool) for _ in range(2))
    span = np.full(len(frame), "day", dtype=object)
    steps: dict[str, int] = {}
    rare = _rare(frame, k)
    for step in _STEPS:
        if step.column not in frame or not rare.any():
            continue
        before = frame.loc[rare, step.column]
        after = _recoded(before, step.coarser)
        frame.loc[rare, step.column] = after
        steps[step.name] = int(rare.sum())
        if step.column == "received_on":
            span[rare] = step.name.split()[0]
        loose |= rare & bool(step.detaches)
        detached |= rare & (step.detaches == "all")
        rare = _rare(frame, k)
    _verify(frame[~rare], k)
    return AnonymisedRounds(
        told={str(name): frame[name].tolist() for name in frame.columns},
        span=span.tolist(),
        loose=loose.tolist(),
        detached=detached.tolist(),
        withheld=rare.tolist(),
        steps=steps | ({"withheld": int(rare.sum())} if rare.any() else {}),
    )


def _recoded(values: "pd.Series[Any]", coarser: Callable[[Any], Any]) -> "pd.Series[Any]":
    """Each distinct value made coarser once."""
    table = {value: coarser(value) for value in values.unique() if value is not None}
    return pd.Series([table.get(v) for v in values], index=values.index, dtype=object)


def _rare(frame: pd.DataFrame, k: int) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Of each round, whether fewer than k share its combination."""
    if frame.empty or k <= 1:
        return np.zeros(len(frame), dtype=bool)
    combined = np.zeros(len(frame), dtype=np.int64)
    for name in frame:
        codes, distinct = pd.factorize(frame[name], use_na_sentinel=False)
        # Factorised anew at each column, so that the product never leaves 64 bits.
        combined, _ = pd.factorize(combined * max(1, len(distinct)) + codes)
    return np.asarray(np.bincount(combined)[combined] < k)


def _verify(frame: pd.DataFrame, k: int) -> None:
    """Count once more, with another library's code."""
    if frame.empty or k <= 1:
        return
    shown = frame.astype(object).map(lambda value: _NOTHING if value is None else str(value))
    if anonymity.k_anonymity(shown.assign(everybody=_NOTHING), [*frame.columns, "everybody"]) < k:
        msg = (
            f"数据表未达到 {k} 匿名，未发布。"
            f"The tables do not hold {k}-anonymity and were not published."
        )
        raise IntegrityError(msg)
