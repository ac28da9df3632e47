"""Tell several papers in one picture apart by their words: two sides of a card, an open book.

On a photocopied sheet or in an open book no edge of a paper is to be seen. What is seen is that
one half of the text is a whole paper by itself, with the labels that its kind cannot do without,
and that the other half is one too. No half of a single paper passes: its labels stand there once.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from models.document import DocumentKind, Point, Quad
from tasks.reading.classify import classify
from tasks.reading.labels import announced
from tasks.reading.level import Matrix
from tasks.reading.lexicon import LEXICONS
from tasks.reading.plan import read_heads, rows_of
from tasks.reading.sheet import Sheet

K = DocumentKind
LEAST_LINES: Final = 3  # of one paper
_GAP: Final = 0.5  # of a line's height; a narrower gap between columns is none
_BEYOND: Final = 0.5  # of the picture's size: well outside of its border
_NUMBER: Final = re.compile(r"\d{17}[\dXx]")
_TWICE: Final = 0.06  # what a label that stands twice in one half takes off
_TIDY: Final = 0.1  # what a wide gap adds at most


class Needs(NamedTuple):
    """What makes some text a whole paper of its kind.

    Attributes:
        one_of: At least one of these labels,
        others: and so many of those.
        least: See `others`.
    """

    one_of: frozenset[str]
    others: frozenset[str]
    least: int


NEEDS: Final = MappingProxyType(
    {
        K.ID_CARD_PORTRAIT: Needs(
            frozenset({"id_number"}), frozenset({"name", "address", "birth_date", "sex"}), 2
        ),
        K.ID_CARD_EMBLEM: Needs(frozenset({"issuing_authority", "term"}), frozenset(), 0),
        K.HUKOU_COVER: Needs(
            frozenset({"household_type", "householder_name"}),
            frozenset(
                {
                    "household_type",
                    "householder_name",
                    "household_number",
                    "address",
                    "seal_province",
                    "seal_station",
                    "clerk",
                    "issue_date",
                }
            ),
            3,
        ),
        K.HUKOU_MEMBER: Needs(
            frozenset({"name", "relation_to_householder"}),
            frozenset(
                {
                    "former_name",
                    "birth_place",
                    "native_place",
                    "other_address",
                    "id_number",
                    "schooling",
                    "employer",
                    "moved_to_city",
                    "moved_here",
                    "clerk",
                }
            ),
            4,
        ),
        K.BIRTH_CERTIFICATE: Needs(
            frozenset({"newborn_name"}), frozenset({"mother_name", "father_name", "gestation"}), 1
        ),
    }
)
_NEVER_TWICE: Final = frozenset({K.BIRTH_CERTIFICATE})
"""Kinds whose one paper repeats its labels: a certificate with its counterfoil."""


class Cut(NamedTuple):
    """A way of parting the lines of a picture in two.

    Attributes:
        first: Indices of the lines above, or to the left.
        second: The others.
        at: Where between them, in level rows.
        upright: The cut runs from top to bottom.
        gap: Width of the gap in usual line heights; negative where lines overlap.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    at: float
    upright: bool
    gap: float


class Half(NamedTuple):
    """One of the parts.

    Attributes:
        area: Where it lies in the upright picture, pixels; reaches beyond the picture's border.
        lines: Its lines by their index.
    """

    area: Quad
    lines: tuple[int, ...]


def tell_apart(sheet: Sheet) -> tuple[Half, ...]:
    """The two halves of a picture that are whole papers each; nothing where it shows but one.

    Reads the lines at which rows begin, and those at which a second column of papers would.
    """
    if len(sheet.boxes) < 2 * LEAST_LINES:
        return ()
    read_heads(sheet, rows_of(sheet))
    across = tuple(_columns(sheet))
    for cut in across:
        _read_second_heads(sheet, cut)
    words = _Words(sheet)
    scored = [(_worth(cut, words), cut) for cut in (*_rows(sheet), *across)]
    worth, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or worth <= 0:
        return ()
    return tuple(
        Half(_area(sheet, best, after=after), lines)
        for after, lines in ((False, best.first), (True, best.second))
    )


def _rows(sheet: Sheet) -> Iterator[Cut]:
    """Every gap between one line and all lines above it."""
    order = sorted(range(len(sheet.boxes)), key=lambda i: sheet.boxes[i].middle)
    unit = _usual_height(sheet)
    for stop in range(LEAST_LINES, len(order) - LEAST_LINES + 1):
        first, second = order[:stop], order[stop:]
        low = max(sheet.boxes[i].middle + sheet.boxes[i].height / 2 for i in first)
        high = min(sheet.boxes[i].middle - sheet.boxes[i].height / 2 for i in second)
        if high - low > -_GAP * unit:
            at = (low + high) / 2
            yield Cut(tuple(first), tuple(second), at, upright=False, gap=(high - low) / unit)


def _columns(sheet: Sheet) -> Iterator[Cut]:
    """Every gap from top to bottom that no line crosses and that has text on both sides."""
    order = sorted(range(len(sheet.boxes)), key=lambda i: sheet.boxes[i].left)
    unit = _usual_height(sheet)
    reach = -math.inf
    for stop, index in enumerate(order):
        gap = sheet.boxes[index].left - reach
        if gap > _GAP * unit and LEAST_LINES <= stop <= len(order) - LEAST_LINES:
            cut = Cut(
                tuple(order[:stop]),
                tuple(order[stop:]),
                reach + gap / 2,
                upright=True,
                gap=gap / unit,
            )
            if _side_by_side(sheet, cut):
                yield cut
        reach = max(reach, sheet.boxes[index].right)


def _side_by_side(sheet: Sheet, cut: Cut) -> bool:
    """Whether both sides stand at about the same height, as two papers do."""
    (a, b), (c, d) = (
        (
            min(sheet.boxes[i].middle for i in lines),
            max(sheet.boxes[i].middle for i in lines),
        )
        for lines in (cut.first, cut.second)
    )
    return min(b, d) - max(a, c) > 0.4 * min(b - a, d - c)


def _read_second_heads(sheet: Sheet, cut: Cut) -> None:
    """Read where the rows of the right side begin."""
    wanted = set(cut.second)
    for row in rows_of(sheet):
        head = next((index for index in row if index in wanted), None)
        if head is not None:
            sheet.line(head)


def _worth(cut: Cut, words: "_Words") -> float:
    """How well both sides are papers of their own; 0 where one is not."""
    if not all(words.may_be_paper(lines) for lines in (cut.first, cut.second)):
        return 0.0
    first, second = words.paper(cut.first), words.paper(cut.second)
    if (
        first is None
        or second is None
        or (first.kind is second.kind and first.kind in _NEVER_TWICE)
    ):
        return 0.0
    tidy = min(1.0, max(0.0, cut.gap / 6)) * _TIDY
    return max(0.01, first.sure * second.sure - _TWICE * (first.twice + second.twice) + tidy)


class _Paper(NamedTuple):
    """What the words of one half say: its kind, how surely, and how many labels stand twice."""

    kind: DocumentKind
    sure: float
    twice: int


class _Words:
    """The lines read so far, each looked through for the labels of every kind once."""

    def __init__(self, sheet: Sheet) -> None:
        self._texts = {index: line.text for index, line in sheet.known().items()}
        self._keys = {
            kind: {index: _keys(text, kind) for index, text in self._texts.items()}
            for kind in NEEDS
        }

    def may_be_paper(self, lines: tuple[int, ...]) -> bool:
        """Whether any kind of paper has all that it needs in these lines."""
        return any(self._complete(kind, lines) for kind in NEEDS)

    def paper(self, lines: tuple[int, ...]) -> _Paper | None:
        """The paper that these lines are; None for what is no whole one."""
        guess = classify(tuple(self._texts[i] for i in lines if i in self._texts))
        if guess.kind not in NEEDS or not self._complete(guess.kind, lines):
            return None
        found = self._found(guess.kind, lines)
        needs = NEEDS[guess.kind]
        watched = (needs.one_of | needs.others) & found.keys()
        return _Paper(guess.kind, guess.confidence, sum(found[key] - 1 for key in watched))

    def _complete(self, kind: DocumentKind, lines: tuple[int, ...]) -> bool:
        needs, found = NEEDS[kind], self._found(kind, lines)
        others = needs.others & found.keys()
        return bool(needs.one_of & found.keys()) and len(others) >= needs.least

    def _found(self, kind: DocumentKind, lines: tuple[int, ...]) -> Counter[str]:
        keys = self._keys[kind]
        return Counter(key for index in lines for key in keys.get(index, ()))


@lru_cache(maxsize=1024)
def _keys(text: str, kind: DocumentKind) -> tuple[str, ...]:
    keys = announced(text, LEXICONS[kind]).keys
    if kind is K.ID_CARD_PORTRAIT and "id_number" not in keys and _NUMBER.search(text):
        return (*keys, "id_number")
    return keys


def _usual_height(sheet: Sheet) -> float:
    return max(1.0, float(np.median([box.height for box in sheet.boxes])))


def _area(sheet: Sheet, cut: Cut, *, after: bool) -> Quad:
    """The half plane on one side of a cut, from level rows back to the picture."""
    height, width = sheet.image.shape[:2]
    far = _BEYOND * max(height, width)
    left, right, top, bottom = -far, width + far, -far, height + far
    if cut.upright:
        left, right = (cut.at, right) if after else (left, cut.at)
    else:
        top, bottom = (cut.at, bottom) if after else (top, cut.at)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    back = np.asarray(np.linalg.inv(sheet.matrix), dtype=np.float64)
    a, b, c, d = (_moved(corner, back) for corner in corners)
    return a, b, c, d


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y, w = matrix @ np.array([point[0], point[1], 1.0])
    return float(x / w), float(y / w)
