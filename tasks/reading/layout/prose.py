"""Running text: the lines of a page in reading order, searched as one string.

Letters and certificates say in sentences what forms say in boxes, and a sentence breaks where the
line ends, in the middle of a name or a number. So the lines are joined, and whatever is found in
the joined text leads back to the pieces of lines it was read from.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from models.reading.document import FieldReading
from tasks.reading.confidence.witnesses import PART_COVERED, at_most
from tasks.reading.engines.text_lines import TextSpan, part
from tasks.reading.image.geometry import on_one_row, rows_of_boxes
from tasks.reading.layout.normalise_values import Normaliser
from tasks.reading.layout.read_field import NOT_FOUND, read_spans

HAN: Final = r"[\u3400-\u9fff\U00020000-\U000323af〇]"
NAME: Final = rf"{HAN}(?:{HAN}|·){{0,13}}?{HAN}"
"""A person's name, as short as what follows it allows."""
DATE: Final = (
    r"(?:(?<!\d)\d{4}年\d{1,2}月\d{1,2}日|(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    r"|(?<!\d)\d{8}(?![\dXx])|[〇零○OＯ0一二三四五六七八九]{4}年[一二三四五六七八九十元正]{1,3}月[一二三四五六七八九十廿卅]{1,4}日)"
)
_WORD: Final = re.compile(rf"(?![年月日]){HAN}")
_HOLE: Final = 2.0
"""Heights between two words of a row: a name of two characters is set up to one apart."""
_ROW: Final = 0.7  # of a line's height
_ALIKE: Final = str.maketrans(
    {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "・": "·", "•": "·", "．": "."}
)


class Prose(NamedTuple):
    """The text of a page.

    Attributes:
        text: All characters in reading order, without blanks; `(),:;` in their wide forms.
        places: For each character, the piece of a line it stands on and its number there.
        spans: The pieces of lines.
        rows: Where in the text each row begins.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    spans: tuple[TextSpan, ...]
    rows: tuple[int, ...]

    def first(self, pattern: str, *, after: int = 0) -> re.Match[str] | None:
        """The first place where a pattern is met."""
        return re.compile(pattern).search(self.text, after)

    def all(self, pattern: str) -> Iterator[re.Match[str]]:
        """Every place where a pattern is met."""
        return re.finditer(pattern, self.text)

    def row_end(self, index: int) -> int:
        """Where the row of a character ends."""
        return next((row for row in self.rows if row > index), len(self.text))

    def pieces(self, start: int, stop: int) -> tuple[TextSpan, ...]:
        """The parts of lines that a stretch of text was read from."""
        found: list[TextSpan] = []
        for index in dict.fromkeys(span for span, _ in self.places[start:stop]):
            glyphs = [glyph for span, glyph in self.places[start:stop] if span == index]
            found.append(part(self.spans[index], min(glyphs), max(glyphs) + 1))
        return tuple(found)

    def field(self, start: int, stop: int, normalise: Normaliser) -> FieldReading:
        """A stretch of text as a field; `NOT_FOUND` where it is empty."""
        if stop <= start:
            return NOT_FOUND
        pieces = self.pieces(start, stop)
        reading = read_spans(pieces, normalise)
        holed = any(_leaves_a_hole(one, other) for one, other in pairwise(pieces))
        return at_most(reading, PART_COVERED) if holed else reading

    def group(self, match: re.Match[str] | None, key: str, normalise: Normaliser) -> FieldReading:
        """A named group of a match as a field; `NOT_FOUND` without one."""
        if match is None or match[key] is None:
            return NOT_FOUND
        return self.field(match.start(key), match.end(key), normalise)


def _leaves_a_hole(one: TextSpan, other: TextSpan) -> bool:
    """Whether words of one row stand so far apart that a seal or a finger may hide some between.

    Figures are left out, and the signs between them: they are filled into blanks of any width.
    """
    height = max(one.box.height, other.box.height)
    level = abs(one.box.middle - other.box.middle) < _ROW * height
    apart = other.box.left - one.box.right > _HOLE * height
    return level and apart and all(_WORD.match(text) for text in (one.text[-1:], other.text[:1]))


def to_prose(spans: Iterable[TextSpan]) -> Prose:
    """Join the pieces of a page, row by row from left to right."""
    ordered: list[TextSpan] = []
    text: list[str] = []
    places: list[tuple[int, int]] = []
    rows: list[int] = []
    for row in _rows(spans):
        rows.append(len(text))
        for span in sorted(row, key=lambda s: s.box.left):
            for number, glyph in enumerate(span.glyphs):
                if glyph.text.strip():
                    text.append(glyph.text.translate(_ALIKE)[:1])
                    places.append((len(ordered), number))
            ordered.append(span)
    return Prose("".join(text), tuple(places), tuple(ordered), tuple(rows))


def _rows(spans: Iterable[TextSpan]) -> list[list[TextSpan]]:
    pieces = tuple(spans)
    rows = rows_of_boxes([s.box for s in pieces], lambda row, box: on_one_row(row[-1], box))
    return [[pieces[i] for i in row] for row in rows]
