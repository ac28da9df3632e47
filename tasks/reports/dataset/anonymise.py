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


_Flags = np.ndarray[Any, np.dtype[np.bool_]]


class AnonymisedRounds(NamedTuple):
    """Rounds whose combinations at least k of them share.

    Attributes:
        columns: Column to its values, coarser where that was needed; None where hidden.
        span: Of each round, what `received_on` stands for: day, week or month.
        loose: Of each round, whether the tables of papers and fields must not carry its pseudonym.
        detached: Of each round, whether no other table may carry it.
        withheld: Of each round, whether it must not be published at all.
        steps: How many rounds each step made coarser.
    """

    columns: dict[str, list[Any]]
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
    columns = {name: _Column(values) for name, values in known.items()}
    size = len(next(iter(known.values())))
    loose, detached = (np.zeros(size, dtype=bool) for _ in range(2))
    span = np.full(size, "day", dtype=object)
    steps: dict[str, int] = {}
    rare = _rare(columns, size, k)
    for step in _STEPS:
        if step.column not in columns or not rare.any():
            continue
        columns[step.column].recode(rare, step.coarser)
        steps[step.name] = int(rare.sum())
        if step.column == "received_on":
            span[rare] = step.name.split()[0]
        loose |= rare & bool(step.detaches)
        detached |= rare & (step.detaches == "all")
        rare = _rare(columns, size, k)
    cells = {name: column.values() for name, column in columns.items()}
    _verify(pd.DataFrame(cells, dtype=object)[~rare], k)
    return AnonymisedRounds(
        columns=cells,
        span=span.tolist(),
        loose=loose.tolist(),
        detached=detached.tolist(),
        withheld=rare.tolist(),
        steps=steps | ({"withheld": int(rare.sum())} if rare.any() else {}),
    )


class _Column:
    """A column as the places of its cells among its distinct values."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._places: dict[Any, int] = {}
        self.codes = np.array([self._place(one) for one in values], dtype=np.int64)

    def recode(self, which: _Flags, coarser: Callable[[Any], Any]) -> None:
        """Make some cells coarser, each distinct value once."""
        known = tuple(self._places)
        shown = (None if one is None else coarser(one) for one in known)
        table = np.array([self._place(one) for one in shown])
        self.codes[which] = table[self.codes[which]]

    def values(self) -> list[Any]:
        distinct = tuple(self._places)
        return [distinct[code] for code in self.codes]

    def _place(self, value: object) -> int:
        return self._places.setdefault(value, len(self._places))


def _rare(columns: Mapping[str, _Column], size: int, k: int) -> _Flags:
    """Of each round, whether fewer than k share its combination."""
    if not size or k <= 1:
        return np.zeros(size, dtype=bool)
    combined = np.zeros(size, dtype=np.int64)
    for column in columns.values():
        # Factorised anew at each column, so that the product never leaves 64 bits.
        combined, _ = pd.factorize(combined * (1 + column.codes.max()) + column.codes)
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
