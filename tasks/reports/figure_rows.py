"""Columns of `checks`, `fields`, `kinship` and `faces`: what the figures of rounds unfold to.

A round has some sixty answers of checks and some twenty fields, so these rows are never built one
by one: columns grow by whole rounds, and what holds for a round is told once with a count.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from models.reports.case_tables import FACES, KINSHIP
from storage.reports.dataset_files import Columns, RepeatedColumn
from storage.reports.dataset_source import Portion
from tasks.reports.tellable_round import Tellable, TellableRound, columns_of

_Paper = tuple[str, str]
"""Kind of a paper, and the engine that read it."""
_Place = tuple[int, str]
"""Place of a paper in its round, and a field of it."""


_FIGURES: Final = TypeAdapter(dict[str, Any])
"""As quick as `json`, and words that come again in every round are made once."""
_KINSHIP: Final = KINSHIP.names[1:]
_FACE: Final = FACES.names[1:]
"""Figures have the names of the columns; the first column is the round."""


class _Round(NamedTuple):
    """One round's figures as JSON gives them, with its papers and corrections."""

    told: TellableRound
    figures: Mapping[str, Any]
    papers: Mapping[int, _Paper]
    corrected: frozenset[_Place]


def figure_columns(portion: Portion, rounds: Tellable) -> dict[str, Columns]:
    """Rows of `checks`, `fields`, `kinship` and `faces`."""
    checks, fields = _Checks(), _Fields()
    kinship, faces = [], []
    for one in _rounds(portion, rounds):
        checks.add(one)
        fields.add(one)
        kinship.append(_kinship(one))
        faces.append(_face(one))
    return {
        "checks": checks.columns(),
        "fields": fields.columns(),
        "kinship": columns_of(KINSHIP.names, [row for row in kinship if row]),
        "faces": columns_of(FACES.names, [row for row in faces if row]),
    }


def _rounds(portion: Portion, rounds: Tellable) -> Iterator[_Round]:
    papers: dict[str, dict[int, _Paper]] = {}
    for row in portion.documents:
        papers.setdefault(row.round_id, {})[row.ordinal] = row.kind, row.engine
    corrected: dict[str, set[_Place]] = {}
    for round_id, place, field in portion.corrected:
        corrected.setdefault(round_id, set()).add((place, field))
    for round_id, (text, _) in portion.figures.items():
        if told := rounds.get(round_id):
            figures = _FIGURES.validate_json(text)
            own = frozenset(corrected.get(round_id, ()))
            yield _Round(told, figures, papers.get(round_id, {}), own)


class _Checks:
    """The answers of checks."""

    def __init__(self) -> None:
        self._case: list[str | None] = []
        self._times: list[int] = []
        self._check: list[str] = []
        self._verdict: list[str] = []

    def add(self, one: _Round) -> None:
        answers: Mapping[str, str] = one.figures["checks"]
        self._case.append(one.told.linked)
        self._times.append(len(answers))
        self._check.extend(answers)
        self._verdict.extend(answers.values())

    def columns(self) -> Columns:
        if not self._check:
            return {}
        return {
            "case": RepeatedColumn(self._case, self._times),
            "check": self._check,
            "verdict": self._verdict,
        }


class _Fields:
    """The fields of papers."""

    def __init__(self) -> None:
        self._case: list[str | None] = []
        self._times: list[int] = []
        self._rest: dict[str, list[Any]] = {
            name: []
            for name in (
                *("paper", "kind", "engine", "field", "confidence", "tier", "second_agreed"),
                "corrected",
            )
        }

    def add(self, one: _Round) -> None:
        papers = one.papers
        kept: Sequence[Sequence[Any]] = [f for f in one.figures["fields"] if f[0] in papers]
        if not kept:
            return
        places, names, *measured = zip(*kept, strict=True)
        kinds, engines = zip(*map(papers.__getitem__, places), strict=True)
        corrected = (
            [pair in one.corrected for pair in zip(places, names, strict=True)]
            if one.corrected
            else [False] * len(kept)
        )
        self._case.append(one.told.of_papers)
        self._times.append(len(kept))
        columns = (places, kinds, engines, names, *measured, corrected)
        for grown, more in zip(self._rest.values(), columns, strict=True):
            grown.extend(more)

    def columns(self) -> Columns:
        return {"case": RepeatedColumn(self._case, self._times), **self._rest} if self._case else {}


def _kinship(one: _Round) -> tuple[Any, ...] | None:
    told = one.figures["kinship"]
    if told is None:
        return None
    cells = (
        "+".join(value) if isinstance(value, list) else value for value in map(told.get, _KINSHIP)
    )
    return (one.told.linked, *cells)


def _face(one: _Round) -> tuple[Any, ...] | None:
    told = one.figures["face"]
    return None if told is None else (one.told.linked, *map(told.get, _FACE))
