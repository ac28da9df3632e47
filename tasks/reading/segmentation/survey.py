"""Every line of a picture with its own direction, whatever else lies beside it: a first reading.

What it reads is used to tell papers apart, never as a value: each paper is read anew, in its own
direction and at its own scale.
"""

import math
from collections import Counter
from functools import cached_property
from typing import Final, NamedTuple

from models.reading.document import Quad
from tasks.reading.engines.text_lines import Recognised, TextReader
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import lies_within, scaled_quad
from tasks.reading.image.pixels import cut_line, paper_tint, reduced, without_grain, without_red

LONG_SIDE: Final = 1600
"""On which lines are looked for, pixels: a card as wide as a tenth of a picture still shows its
lines, of 10 pixels (4 of 4 cards drawn; 1 of 4 at 960)."""
_LINE_HEIGHT: Final = 48
_LONGEST: Final = 24.0
"""Heights of a line that holds more than a label with its value: it is not read here. The longest
of those that tell papers apart is a card's number in bold print, 17 to 20.5 heights; a sentence of
a certificate has 20.8 and more."""
SHORT: Final = 1.3
"""Times as long as high: the direction of a shorter line cannot be told, nor does it say much."""
PLAIN: Final = 0.82
"""Mean confidence of a line that is read the right way round."""
_SPARSE: Final = 0.5
"""Characters a height of the line, below which half of it was not read: 中华人民共和国 the wrong
way round reads 中国 at 0.92."""
_BETTER: Final = 0.05
"""By how much the other way round has to read better."""


class SurveyLine(NamedTuple):
    """One line as a first look shows it.

    Attributes:
        quad: Clockwise from the corner nearest to the picture's upper left, pixels.
        turn: Degrees clockwise, 0, 90, 180 or 270, that would make it upright; None when unread.
        text: What it says; empty when unread.
        confidence: Of that, 0 to 1.
    """

    quad: Quad
    turn: int | None
    text: str
    confidence: float

    @property
    def height(self) -> float:
        """Of its letters, pixels."""
        return min(_sides(self.quad))


class LineSurvey:
    """A picture of which lines are looked for at a large scale, once, when first asked for."""

    def __init__(self, image: Pixels, reader: TextReader) -> None:
        """Look later.

        Args:
            image: As large as it is at hand, most of its lines level.
            reader: Finds and reads.
        """
        self._image = image
        self._reader = reader

    @cached_property
    def quads(self) -> tuple[Quad, ...] | None:
        """All lines; None from an engine that cannot look without reading."""
        small = reduced(without_grain(self._image), LONG_SIDE)
        tint = paper_tint(small)
        plain = small if tint is None else without_red(small, tint)
        quads = self._reader.locate(plain, long_side=LONG_SIDE)
        scale = self._image.shape[1] / small.shape[1]
        return quads if quads is None else tuple(scaled_quad(quad, scale) for quad in quads)

    def finds_more_than(self, known: tuple[Quad, ...]) -> bool:
        """Whether a line stands where none was found before; so too where that cannot be told."""
        if self.quads is None:
            return True
        return any(not any(lies_within(quad, one) for one in known) for quad in self.quads)

    def lines(self) -> tuple[SurveyLine, ...]:
        """All lines read, upright ones alone by an engine that cannot look without reading."""
        if self.quads is None:
            read = self._reader.lines(self._image)
            return tuple(SurveyLine(r.quad, 0, r.text, r.confidence) for r in read)
        usual: Counter[int] = Counter({0: 1, 90: 1})
        level = tuple(quad for quad in self.quads if _is_read_here(quad) and _is_level(quad))
        upright = self._read_upright(level)
        return tuple(
            _read(_Turnable(self._image, quad, self._reader, upright.get(quad)), usual)
            for quad in self.quads
        )

    def _read_upright(self, quads: tuple[Quad, ...]) -> dict[Quad, Recognised]:
        """Lines read as they stand, all at once, which is quicker than one by one."""
        crops = tuple(cut_line(self._image, quad, _LINE_HEIGHT) for quad in quads)
        return dict(zip(quads, self._reader.recognise(crops), strict=True))


class _Turnable:
    """A line that can be read any way round."""

    def __init__(
        self, image: Pixels, quad: Quad, reader: TextReader, upright: Recognised | None
    ) -> None:
        self.quad = quad
        self._image = image
        self._reader = reader
        self._upright = upright

    def turned(self, turn: int) -> Recognised:
        """What the line says if it takes this turn to make it upright."""
        if turn == 0 and self._upright is not None:
            return self._upright
        start = {0: 0, 270: 1, 180: 2, 90: 3}[turn]
        a, b, c, d = (self.quad[(start + corner) % 4] for corner in range(4))
        (read,) = self._reader.recognise((cut_line(self._image, (a, b, c, d), _LINE_HEIGHT),))
        return read


def _read(line: _Turnable, usual: Counter[int]) -> SurveyLine:
    """The line read the way that most lines of its axis stand, and the other when that is bad."""
    if not _is_read_here(line.quad):
        return SurveyLine(line.quad, None, "", 0.0)
    across, down = _sides(line.quad)
    long_side, short_side = max(across, down), min(across, down)
    turn, opposite = sorted((0, 180) if across > down else (90, 270), key=lambda t: -usual[t])
    best = line.turned(turn)
    sparse = len(best.text) < _SPARSE * long_side / max(short_side, 1.0)
    if best.confidence < PLAIN or sparse:
        other = line.turned(opposite)
        fuller = sparse and other.confidence >= PLAIN and len(other.text) > 2 * len(best.text)
        if fuller or other.confidence > best.confidence + _BETTER:
            best, turn = other, opposite
    if best.confidence >= PLAIN:
        usual[turn] += len(best.text)
    return SurveyLine(line.quad, turn if best.text else None, best.text, best.confidence)


def _is_read_here(quad: Quad) -> bool:
    """Whether a line is long enough to tell its direction, and no sentence."""
    short_side, long_side = sorted(_sides(quad))
    return SHORT * short_side <= long_side <= _LONGEST * short_side


def _is_level(quad: Quad) -> bool:
    """Whether a line runs along the picture's rows."""
    across, down = _sides(quad)
    return across > down


def _sides(quad: Quad) -> tuple[float, float]:
    """Along the picture's rows, and down it."""
    return math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])
