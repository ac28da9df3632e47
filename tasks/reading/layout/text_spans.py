"""Pieces of text in level rows: what the labels are found in and the values are taken from."""

from itertools import pairwise
from typing import NamedTuple

from models.reading.document import Quad
from tasks.reading.engines.text_reader import Glyph, TextLine
from tasks.reading.image.line_crops import inner_quad
from tasks.reading.image.rectify import Box, Matrix, place


class TextSpan(NamedTuple):
    """A line of text, or a part of one.

    Attributes:
        glyphs: Its characters; `place` counts along the whole `line`.
        quad: Where this part lies on the upright image.
        box: The same in level rows.
        line: Index of the line it was cut from.
    """

    glyphs: tuple[Glyph, ...]
    quad: Quad
    box: Box
    line: int

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def mean(self) -> float:
        """The mean confidence of the characters, 0 for an empty piece."""
        return sum(g.confidence for g in self.glyphs) / max(1, len(self.glyphs))

    @property
    def weakest(self) -> float:
        """The confidence of the least certain character, 1 for an empty piece."""
        return min((glyph.confidence for glyph in self.glyphs), default=1.0)


def to_strip(line: TextLine, matrix: Matrix, index: int) -> TextSpan:
    """A whole line as a piece."""
    return TextSpan(line.recognised.glyphs, line.quad, place(line.quad, matrix), index)


def part(strip: TextSpan, start: int, stop: int) -> TextSpan:
    """The characters from `start` to before `stop`, with their own place."""
    low, high = _edges(strip, 0, len(strip.glyphs))
    first, last = _edges(strip, start, stop)
    span = max(high - low, 1e-6)
    a, b = (first - low) / span, (last - low) / span
    box = strip.box
    return TextSpan(
        strip.glyphs[start:stop],
        inner_quad(strip.quad, a, b),
        Box(box.left + box.width * a, box.left + box.width * b, box.middle, box.height),
        strip.line,
    )


def gap_before(strip: TextSpan, index: int) -> float:
    """How far a character stands from the one before it, in usual distances; 1 is normal."""
    if index <= 0 or index >= len(strip.glyphs):
        return 9.0
    glyphs = strip.glyphs
    return (glyphs[index].place - glyphs[index - 1].place) / max(2 * _half_pitch(glyphs), 1e-6)


def _edges(strip: TextSpan, start: int, stop: int) -> tuple[float, float]:
    """Where some characters begin and end along the line, a wide gap left out on both sides."""
    glyphs = strip.glyphs
    if not glyphs or start >= stop:
        return 0.0, 1.0
    half = _half_pitch(glyphs)
    first = max(0.0, glyphs[start].place - half)
    last = min(1.0, glyphs[stop - 1].place + half)
    return first, max(last, first + 1e-6)


def _half_pitch(glyphs: tuple[Glyph, ...]) -> float:
    """Half the usual distance between neighbours."""
    if len(glyphs) < 2:
        return 0.5
    steps = sorted(b.place - a.place for a, b in pairwise(glyphs))
    return max(steps[len(steps) // 2] / 2, 1e-3)
