"""Gaps inside a line in which something stands that gave no character: read once more by itself.

A reader that goes along a whole line passes over a thin character that it takes for a rule or a
speck: 一 in a name, all but one 〇 of 二〇〇〇年. A few characters around such a gap are read
whole when they are cut out by themselves; where they are not, what stands before the gap is
believed less.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from models.reading.document import Quad
from tasks.reading.confidence.witnesses import END_EXTENDED, PART_COVERED
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, TextSpan
from tasks.reading.image.geometry import inner_quad
from tasks.reading.rereading.hidden_places import SilentPlace, holds_a_stroke, is_covered

_HOLE: Final = 1.6
"""Usual distances between two characters that leave room for one more; places are known to a
quarter of one."""
_LEAST_BETWEEN: Final = 0.45
"""Heights of room beyond a usual distance: a Chinese character takes 0.5 to 0.7 of a line's height,
and between two of them in a line of figures 0.35 are left over."""
_MANY: Final = 5  # distances from which their median is the usual one, though one is a gap's
_LETTER: Final = 0.75  # of a line's height: the width of a character in a line finder's box
NEAR: Final = 3.0
"""Heights of text before a gap that it is held against: light changes on the way."""
LEAST: Final = 0.7
"""Heights; a narrower place holds no character."""
_AROUND: Final = 5
"""Characters on both sides of a gap that are read with it."""
_HAN: Final = re.compile("[〇○\u3400-\u9fff]")
_DASH: Final = re.compile("[-—–~_一]")
_ALIKE: Final = str.maketrans("○OＯ", "〇〇〇")


def reread_gaps(page_lines: PageLines, spans: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
    """Whole lines with what stands in their gaps, or less sure before those that stay unread.

    Args:
        page_lines: Where they stand.
        spans: Whole lines.
    """
    return tuple(_without_gaps(page_lines, span) for span in spans)


def _without_gaps(page_lines: PageLines, span: TextSpan) -> TextSpan:
    done = 0.0
    while True:
        gap = _first_gap(page_lines, span, done)
        if gap is None:
            return span
        done = span.glyphs[gap].place
        closer = _read_gap(page_lines, span, gap)
        if closer is None:
            lower = min(PART_COVERED, span.glyphs[gap].confidence)
            glyphs = _replaced(span, gap, gap + 1, (span.glyphs[gap]._replace(confidence=lower),))
        else:
            done = span.glyphs[closer.stop - 1].place
            glyphs = _replaced(span, closer.start, closer.stop, closer.glyphs)
        span = span._replace(glyphs=glyphs)


def _first_gap(page_lines: PageLines, span: TextSpan, done: float) -> int | None:
    """The character behind which the first gap lies that hides something, beyond `done`."""
    for i, silent in inner_gaps(span, page_lines):
        if span.glyphs[i].place > done and hides_something(page_lines, span, i, silent):
            return i
    return None


def hides_something(
    page_lines: PageLines, span: TextSpan, before: int, silent: SilentPlace
) -> bool:
    """Whether the place behind a character is covered, or holds a stroke that was passed over.

    A stroke counts beside Chinese only, and not beside a dash, which reaches into the gap: a figure
    that was passed over is told by a number's length and check digit.
    """
    if is_covered(page_lines, silent):
        return True
    beside = span.text[before : before + 2]
    chinese = _HAN.search(beside) is not None and _DASH.search(beside) is None
    return chinese and holds_a_stroke(page_lines, silent)


def _replaced(
    span: TextSpan, start: int, stop: int, glyphs: tuple[Glyph, ...]
) -> tuple[Glyph, ...]:
    return (*span.glyphs[:start], *glyphs, *span.glyphs[stop:])


class _GapReading(NamedTuple):
    """What stands in the place of the characters from `start` to before `stop`."""

    start: int
    stop: int
    glyphs: tuple[Glyph, ...]


def _read_gap(page_lines: PageLines, span: TextSpan, gap: int) -> _GapReading | None:
    """The characters around a gap with what a closer look sees between them; None for no more."""
    line, places, pitch, _ = measures(span, page_lines)
    start, stop = max(0, gap + 1 - _AROUND), min(len(places), gap + 1 + _AROUND)
    low = max(0.0, places[start] - pitch / 2)
    high = min(1.0, places[stop - 1] + pitch / 2)
    read = page_lines.reread(inner_quad(line, low, high)).glyphs
    steps = (other - one for one, other in pairwise(places[start:stop]))
    room = 1 + sum(max(1, round(step / pitch)) for step in steps)
    seen = tuple(g._replace(place=low + g.place * (high - low)) for g in read)
    glyphs = _completed(span.glyphs[start:stop], seen)
    more = glyphs is not None and stop - start < len(glyphs) <= room
    return _GapReading(start, stop, glyphs) if glyphs and more else None


def _completed(known: tuple[Glyph, ...], seen: tuple[Glyph, ...]) -> tuple[Glyph, ...] | None:
    """All that was seen, where that holds all that is known in its order; what is new less sure."""
    left, glyphs = list(known), []
    for glyph in seen:
        if left and glyph.text.translate(_ALIKE) == left[0].text.translate(_ALIKE):
            glyphs.append(left.pop(0)._replace(place=glyph.place))
        else:
            glyphs.append(glyph._replace(confidence=min(END_EXTENDED, glyph.confidence)))
    begins = bool(seen and known) and glyphs[0].text == known[0].text
    return None if left or not begins else tuple(glyphs)


def inner_gaps(span: TextSpan, page_lines: PageLines) -> Iterator[tuple[int, SilentPlace]]:
    """Places between two characters that have room for one more, with the number of the first."""
    if not span.glyphs:
        return
    line, places, usual, em = measures(span, page_lines)
    between_chinese = _chinese_pitch(span, max(usual, _LETTER * em))
    for i, (one, other) in enumerate(pairwise(places)):
        pitch = between_chinese if _both_chinese(span, i) else usual
        if other - one > _HOLE * pitch and other - one - pitch > _LEAST_BETWEEN * em:
            start = one + 0.5 * pitch
            near = inner_quad(line, max(0.0, start - NEAR * em), start)
            yield i, SilentPlace(inner_quad(line, start, other - 0.5 * pitch), near)


def _both_chinese(span: TextSpan, first: int) -> bool:
    return all(_HAN.match(glyph.text) for glyph in span.glyphs[first : first + 2])


def _chinese_pitch(span: TextSpan, otherwise: float) -> float:
    """The usual distance between two Chinese characters, where the piece has many of them.

    The whole piece's is that of its figures: 长期 behind a date stands wider, and whole.
    """
    steps = [
        other.place - one.place
        for i, (one, other) in enumerate(pairwise(span.glyphs))
        if _both_chinese(span, i)
    ]
    return median(steps) if len(steps) >= _MANY else otherwise


class LineMeasures(NamedTuple):
    """A piece's line, where its characters stand along it, their usual distance and its height."""

    line: Quad
    places: list[float]
    pitch: float
    em: float


def measures(span: TextSpan, page_lines: PageLines) -> LineMeasures:
    """Measure a piece along its line."""
    line = page_lines.quads[span.line] if span.line >= 0 else span.quad
    places = [glyph.place for glyph in span.glyphs]
    em = span.box.height / max(line_length(span, page_lines), 1e-6)
    return LineMeasures(line, places, _pitch(places, em), em)


def _pitch(places: list[float], em: float) -> float:
    """The usual distance between two characters, along the line; `em` is the line's height."""
    steps = [b - a for a, b in pairwise(places)]
    if len(steps) >= _MANY:
        return median(steps)
    return min([_LETTER * em, median(steps)] if steps else [_LETTER * em])


def line_length(span: TextSpan, page_lines: PageLines) -> float:
    """Of the whole line that a piece was cut from, in level pixels."""
    return page_lines.boxes[span.line].width if span.line >= 0 else span.box.width
