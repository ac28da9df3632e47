"""One picture with everything that stands on it."""

from collections.abc import Callable
from typing import NamedTuple

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import DrawnPaper
from specimens.dice import Dice
from specimens.printing.typefaces import StyleSet


class CasePaper(NamedTuple):
    """One of the papers in a picture.

    Attributes:
        kind: What it is.
        fields: The truth, normalised; None for a field that is blank.
        covered: Fields that nobody can read there: to be left unread or unsure.
    """

    kind: DocumentKind
    fields: dict[str, str | None]
    covered: frozenset[str] = frozenset()


class FieldCase(NamedTuple):
    """One picture.

    Attributes:
        name: What it is called in a list of misses.
        data: The file.
        papers: What it shows, in any order.
        wanted: Codes of findings that are to be given, every one of them.
        unwanted: Codes of findings that are not.
    """

    name: str
    data: bytes
    papers: tuple[CasePaper, ...]
    wanted: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()


class CaseDice(NamedTuple):
    """What drawing a case may draw on: chance of its own, and the typefaces and layouts."""

    dice: Dice
    style_set: StyleSet


DrawCase = Callable[[CaseDice], FieldCase]
"""Draws one instance of a row, with values of its own."""


def case_of(name: str, drawn: DrawnPaper, *covered: str) -> FieldCase:
    """A photographed page, of one paper or of several, as a case."""
    parts = drawn.parts or (drawn,)
    papers = tuple(CasePaper(part.kind, part.fields, frozenset(covered)) for part in parts)
    return FieldCase(name, drawn.data, papers)
