"""Columns of `checks`, `fields`, `kinship` and `faces`: what the figures of rounds unfold to.

A round has some sixty answers of checks and some twenty fields, so these rows are never built one
by one. Many rounds have the same answers, kinship and face: these are read once for a portion.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from pydantic import TypeAdapter

from models.reports.case_tables import FACES, KINSHIP
from storage.reports.dataset_files import ChosenColumn, Columns
from storage.reports.dataset_source import Portion
from tasks.reports.dataset.publishable_round import PublishableRound, PublishableRounds, columns_of

_Places = np.ndarray[Any, np.dtype[np.int64]]
_Place = tuple[int, str]
"""Place of a paper in its round, and a field of it."""


_FIGURES: Final = TypeAdapter(dict[str, Any])
_FIELDS_READ: Final = TypeAdapter(list[Any])
"""As quick as `json`, and words that come again in every round are made once."""
_KINSHIP: Final = KINSHIP.names[1:]
_FACE: Final = FACES.names[1:]
"""Figures have the names of the columns; the first column is the round."""
_ANSWERS: Final = '"checks":{'
_FIELDS: Final = '},"fields":'
"""Where the text of figures is parted: no value in it holds a quotation mark."""


class _Round(NamedTuple):
    """One round's figures, in the parts in which they come again in other rounds or do not.

    Attributes:
        verdicts: Kinship and face, as text.
        answers: Those of the checks, as text.
        fields: As JSON gives them.
        papers: Place of each of its papers among the portion's documents, by place in the round.
        corrected: Fields that people corrected.
    """

    publishable: PublishableRound
    verdicts: str
    answers: str
    fields: Sequence[Sequence[Any]]
    papers: Mapping[int, int]
    corrected: frozenset[_Place]


def figure_columns(portion: Portion, rounds: PublishableRounds) -> dict[str, Columns]:
    """Rows of `checks`, `fields`, `kinship` and `faces`."""
    checks, fields, verdicts = _Checks(), _Fields(portion), _Verdicts()
    for one in _rounds(portion, rounds):
        checks.add(one)
        fields.add(one)
        verdicts.add(one)
    return {"checks": checks.columns(), "fields": fields.columns(), **verdicts.columns()}


def _rounds(portion: Portion, rounds: PublishableRounds) -> Iterator[_Round]:
    papers: dict[str, dict[int, int]] = {}
    for at, row in enumerate(portion.documents):
        papers.setdefault(row[0], {})[row[1]] = at
    corrected: dict[str, set[_Place]] = {}
    for round_id, place, field in portion.corrected:
        corrected.setdefault(round_id, set()).add((place, field))
    for round_id, (text, _) in portion.figures.items():
        if publishable := rounds.get(round_id):
            verdicts, _, rest = text.partition(_ANSWERS)
            answers, _, fields = rest.partition(_FIELDS)
            read = _FIELDS_READ.validate_json(fields[:-1])
            own = frozenset(corrected.get(round_id, ()))
            yield _Round(publishable, verdicts, answers, read, papers.get(round_id, {}), own)


class _Checks:
    """The answers of checks."""

    def __init__(self) -> None:
        self._case: list[str | None] = []
        self._places: list[_Places] = []
        self._known: dict[str, _Places] = {}
        self._check: list[str] = []
        self._verdict: list[str] = []

    def add(self, one: _Round) -> None:
        places = self._known.get(one.answers)
        if places is None:
            places = self._known[one.answers] = self._enter(one.answers)
        self._case.append(one.publishable.linked)
        self._places.append(places)

    def _enter(self, answers: str) -> _Places:
        start = len(self._check)
        for check, verdict in _FIGURES.validate_json(f"{{{answers}}}").items():
            self._check.append(check)
            self._verdict.append(verdict)
        return np.arange(start, len(self._check))

    def columns(self) -> Columns:
        if not self._check:
            return {}
        places = np.concatenate(self._places)
        return {
            "case": _in_rows_of(self._case, [len(one) for one in self._places]),
            "check": ChosenColumn(self._check, places),
            "verdict": ChosenColumn(self._verdict, places),
        }


class _Fields:
    """The fields of papers."""

    def __init__(self, portion: Portion) -> None:
        self._kind = [row.kind for row in portion.documents]
        self._engine = [row.engine for row in portion.documents]
        self._case: list[str | None] = []
        self._times: list[int] = []
        self._papers: list[int] = []
        self._fields: list[Sequence[Any]] = []
        self._corrected: list[int] = []

    def add(self, one: _Round) -> None:
        kept = [field for field in one.fields if field[0] in one.papers]
        for at, (paper, name, *_) in enumerate(kept) if one.corrected else ():
            if (paper, name) in one.corrected:
                self._corrected.append(len(self._fields) + at)
        self._case.append(one.publishable.of_papers)
        self._times.append(len(kept))
        self._papers.extend([one.papers[field[0]] for field in kept])
        self._fields.extend(kept)

    def columns(self) -> Columns:
        if not self._fields:
            return {}
        paper, field, confidence, tier, second_agreed = zip(*self._fields, strict=True)
        papers = np.array(self._papers)
        corrected = np.zeros(len(papers), dtype=np.int64)
        corrected[self._corrected] = 1
        return {
            "case": _in_rows_of(self._case, self._times),
            "paper": paper,
            "kind": ChosenColumn(self._kind, papers),
            "engine": ChosenColumn(self._engine, papers),
            "field": field,
            "confidence": confidence,
            "tier": tier,
            "second_agreed": second_agreed,
            "corrected": ChosenColumn((False, True), corrected),
        }


def _in_rows_of(values: Sequence[Any], times: Sequence[int]) -> ChosenColumn:
    """A column in which each value stands so often in a row."""
    return ChosenColumn(values, np.repeat(np.arange(len(values)), times))


class _Verdicts:
    """How kinship and faces came out."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {}
        self._kinship: list[tuple[Any, ...]] = []
        self._faces: list[tuple[Any, ...]] = []

    def add(self, one: _Round) -> None:
        known = self._known.get(one.verdicts)
        if known is None:
            figures = _FIGURES.validate_json(f"{one.verdicts[:-1]}}}")
            cells = _cells(figures["kinship"], _KINSHIP), _cells(figures["face"], _FACE)
            known = self._known[one.verdicts] = cells
        kinship, face = known
        if kinship:
            self._kinship.append((one.publishable.linked, *kinship))
        if face:
            self._faces.append((one.publishable.linked, *face))

    def columns(self) -> dict[str, Columns]:
        return {
            "kinship": columns_of(KINSHIP.names, self._kinship),
            "faces": columns_of(FACES.names, self._faces),
        }


def _cells(figures: Mapping[str, Any] | None, names: Sequence[str]) -> tuple[Any, ...]:
    """The cells of one row; none where nothing was found out."""
    if figures is None:
        return ()
    values = map(figures.get, names)
    return tuple("+".join(value) if isinstance(value, list) else value for value in values)
