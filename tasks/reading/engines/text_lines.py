"""Lines of text as engines give them, with a place for every character, and parts of lines."""

from itertools import pairwise
from typing import NamedTuple, Protocol

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import Box, Matrix, inner_quad, place
from tasks.reading.likelihood.emissions import LineEmissions


class Glyph(NamedTuple):
    """One recognised character.

    Attributes:
        text: The character.
        confidence: 0 to 1.
        place: Where its middle lies along the line, 0 at the left end to 1 at the right.
    """

    text: str
    confidence: float
    place: float


class Recognised(NamedTuple):
    """The text of one crop, character by character; empty where nothing was read."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """The mean over the characters; 0 for an empty text."""
        if not self.glyphs:
            return 0.0
        return sum(glyph.confidence for glyph in self.glyphs) / len(self.glyphs)


class TextLine(NamedTuple):
    """One line on an image; the quad is in that image's pixels, clockwise from upper left."""

    quad: Quad
    recognised: Recognised

    @property
    def text(self) -> str:
        """The line's text."""
        return self.recognised.text

    @property
    def confidence(self) -> float:
        """The line's mean confidence, 0 to 1."""
        return self.recognised.confidence


class TextReader(Protocol):
    """An engine that finds and reads lines of text. One instance serves one thread."""

    @property
    def name(self) -> str:
        """Name and version, as it is recorded with a reading."""

    @property
    def trust(self) -> float:
        """What its confidences are multiplied by: 1 for the main engine, less for a fallback."""

    def locate(self, image: Pixels, *, long_side: int = ...) -> tuple[Quad, ...] | None:
        """Find the lines without reading them; None if the engine can only do both at once.

        Args:
            image: Where; it is reduced to `long_side` pixels first.
            long_side: More where the lines are small in a big picture.
        """

    def recognise(self, crops: tuple[Pixels, ...]) -> tuple[Recognised, ...]:
        """Read crops that each hold one upright line, in their order."""

    def emissions(self, crop: Pixels) -> LineEmissions | None:
        """What was seen on a crop, frame by frame; None from an engine that does not tell."""

    def lines(self, image: Pixels) -> tuple[TextLine, ...]:
        """Find and read every line of an image whose text runs from left to right."""


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


def to_span(line: TextLine, matrix: Matrix, index: int) -> TextSpan:
    """A whole line as a piece."""
    return TextSpan(line.recognised.glyphs, line.quad, place(line.quad, matrix), index)


def part(span: TextSpan, start: int, stop: int) -> TextSpan:
    """The characters from `start` to before `stop`, with their own place."""
    low, high = _edges(span, 0, len(span.glyphs))
    first, last = _edges(span, start, stop)
    whole = max(high - low, 1e-6)
    a, b = (first - low) / whole, (last - low) / whole
    box = span.box
    return TextSpan(
        span.glyphs[start:stop],
        inner_quad(span.quad, a, b),
        Box(box.left + box.width * a, box.left + box.width * b, box.middle, box.height),
        span.line,
    )


def characters_before(span: TextSpan, share: float) -> int:
    """How many of a piece's characters have their middle before a share of its width."""
    low, high = _edges(span, 0, len(span.glyphs))
    bound = low + share * (high - low)
    return sum(glyph.place < bound for glyph in span.glyphs)


def gap_before(span: TextSpan, index: int) -> float:
    """How far a character stands from the one before it, in usual distances; 1 is normal."""
    if index <= 0 or index >= len(span.glyphs):
        return 9.0
    glyphs = span.glyphs
    return (glyphs[index].place - glyphs[index - 1].place) / max(2 * _half_pitch(glyphs), 1e-6)


def _edges(span: TextSpan, start: int, stop: int) -> tuple[float, float]:
    """Where some characters begin and end along the line, a wide gap left out on both sides."""
    glyphs = span.glyphs
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
