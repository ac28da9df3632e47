"""An upright picture with its lines of text, each read at most once and only when asked for."""

import math
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.engines.emissions import LineEmissions
from tasks.reading.engines.text_lines import Recognised, TextLine, TextReader
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import (
    Box,
    Matrix,
    from_upper_left,
    level_matrix,
    lies_within,
    moved_quad,
    place,
    scaled_quad,
    turn_quad,
)
from tasks.reading.image.pixels import (
    SealTint,
    cut_line,
    even_contrast,
    paper_tint,
    reduced,
    turn_image,
    without_grain,
    without_red,
)

LINE_HEIGHT: Final = 48
LONG_SIDE: Final = 768  # on which lines are found; they are read at full size
MIN_VOTE: Final = 1.3  # an upright character is no evidence; a line of several is
SAMPLE: Final = 3
SURE: Final = 0.85  # mean confidence from which a sample is certainly the right way up
GOOD_ASPECT: Final = 3.2  # of a label, which is read anyway


class PageLines:
    """Lines found once, read on demand. Belongs to one thread, like its reader."""

    def __init__(
        self,
        image: Pixels,
        quads: tuple[Quad, ...],
        reader: TextReader,
        *,
        small: Pixels | None = None,
        legible: Pixels | None = None,
        rotation: int = 0,
        tint: SealTint | None = None,
        known: dict[int, Recognised] | None = None,
    ) -> None:
        """Hold an upright picture.

        Args:
            image: Text runs from left to right on it.
            quads: Its lines, each from the text's upper left.
            reader: Reads them.
            small: The same picture, reduced, where it is at hand.
            legible: The same picture without grain, where it is at hand; lines are read on it.
            rotation: The clockwise turn that made it upright, degrees.
            tint: The paper's own, when red ink is to be faded before a line is read.
            known: Lines that are read already, by index.
        """
        self.image = image
        self.small = small if small is not None else reduced(image, LONG_SIDE)
        self.quads = quads
        self.rotation = rotation
        self.tint = tint
        self.legible = legible if legible is not None else without_grain(image)
        self._reader = reader
        self._read: dict[int, Recognised] = dict(known or {})
        self._reread: dict[tuple[Quad, float, float], Recognised] = {}
        self.matrix: Matrix = level_matrix(quads, (image.shape[1], image.shape[0]))
        self.boxes: tuple[Box, ...] = tuple(place(quad, self.matrix) for quad in quads)

    @property
    def small_quads(self) -> tuple[Quad, ...]:
        """The lines in pixels of the reduced picture."""
        scale = self.small.shape[1] / self.image.shape[1]
        return tuple(scaled_quad(quad, scale) for quad in self.quads)

    def line(self, index: int) -> TextLine:
        """A line, read now if it was not before."""
        if index not in self._read:
            self._read[index] = self.reread(self.quads[index])
        return TextLine(self.quads[index], self._read[index])

    def known(self) -> dict[int, TextLine]:
        """The lines that have been read so far, by index."""
        return {i: TextLine(self.quads[i], read) for i, read in sorted(self._read.items())}

    def reread(self, quad: Quad, *, border: float = 0.0, stretch: float = 1.0) -> Recognised:
        """Read a place anew, with more of its surroundings or drawn wider; see `cut_line`.

        What was asked before is remembered: a page whose first lines do not tell all is gone
        through again with every line.
        """
        key = (quad, border, stretch)
        if key not in self._reread:
            crop = self._crop(quad, border=border, stretch=stretch)
            (self._reread[key],) = self._reader.recognise((crop,))
        return self._reread[key]

    def emissions(self, quad: Quad) -> LineEmissions | None:
        """What the reader sees in a place, frame by frame; None from one that does not tell."""
        return self._reader.emissions(self._crop(quad, border=0.0, stretch=1.0))

    def _crop(self, quad: Quad, *, border: float, stretch: float) -> Pixels:
        crop = cut_line(self.legible, quad, LINE_HEIGHT, border=border, stretch=stretch)
        return crop if self.tint is None else without_red(crop, self.tint)

    def find_in(self, quad: Quad, height: int) -> tuple[Quad, ...]:
        """The lines in a part of the picture, looked for at another size, faint ones too.

        Args:
            quad: The part.
            height: What its height becomes, pixels.
        """
        crop = cut_line(self.legible, quad, height)
        if self.tint is not None:
            crop = without_red(crop, self.tint)
        crop = even_contrast(crop)
        high, wide = crop.shape[:2]
        corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
        back = np.asarray(
            cv2.getPerspectiveTransform(corners, np.asarray(quad, np.float32)), np.float64
        )
        return tuple(moved_quad(line_quads, back) for line_quads in self._reader.locate(crop) or ())

    def turned(self, degrees: int) -> "PageLines":
        """The same lines, unread, on the picture turned clockwise."""
        size = (self.image.shape[1], self.image.shape[0])
        quads = tuple(from_upper_left(turn_quad(quad, degrees, size)) for quad in self.quads)
        image = turn_image(self.image, degrees)
        return PageLines(
            image,
            quads,
            self._reader,
            small=turn_image(self.small, degrees),
            legible=image if self.legible is self.image else turn_image(self.legible, degrees),
            rotation=(self.rotation + degrees) % 360,
            tint=self.tint,
        )


def open_page_lines(
    image: Pixels, reader: TextReader, *, fade_red: bool = True, within: Quad | None = None
) -> PageLines:
    """Find the lines of a picture and turn it upright.

    Args:
        image: As uploaded, EXIF applied.
        reader: Finds and reads.
        within: Only lines whose middle lies here are of interest, in pixels of `image`.
        fade_red: Whether red ink is faded, so that seals neither hide nor imitate text.
    """
    legible = without_grain(image)
    small = reduced(legible, LONG_SIDE)
    scale = small.shape[1] / image.shape[1]
    tint = paper_tint(small) if fade_red else None
    line_quads = reader.locate(small if tint is None else without_red(small, tint))
    if line_quads is None:
        lines = tuple(line for line in reader.lines(image) if lies_within(line.quad, within))
        known = {i: line.recognised for i, line in enumerate(lines)}
        return PageLines(
            image, tuple(line.quad for line in lines), reader, small=small, known=known
        )
    quads = tuple(scaled_quad(quad, 1 / scale) for quad in line_quads)
    quads = tuple(quad for quad in quads if lies_within(quad, within))
    page_lines = PageLines(image, quads, reader, small=small, legible=legible, tint=tint)
    if lies_on_its_side(page_lines.quads):
        page_lines = page_lines.turned(90)
    sample = tuple(page_lines.line(i) for i in sample_lines(page_lines.quads))
    upside_down = is_upside_down(
        page_lines.image,
        sample,
        reader,
        lambda: tuple(page_lines.line(i) for i in longest_lines(page_lines.quads)),
    )
    return page_lines.turned(180) if upside_down else page_lines


def lies_on_its_side(quads: tuple[Quad, ...]) -> bool:
    """Whether the lines run up and down the picture."""
    across = down = 0.0
    for quad in quads:
        top = (quad[1][0] - quad[0][0], quad[1][1] - quad[0][1])
        side = (quad[3][0] - quad[0][0], quad[3][1] - quad[0][1])
        long_edge, short_edge = sorted((top, side), key=lambda v: -math.hypot(*v))
        if math.hypot(*long_edge) < MIN_VOTE * math.hypot(*short_edge):
            continue
        if abs(long_edge[0]) >= abs(long_edge[1]):
            across += math.hypot(*long_edge)
        else:
            down += math.hypot(*long_edge)
    return down > across


def is_upside_down(
    image: Pixels,
    sample: tuple[TextLine, ...],
    reader: TextReader,
    longest: Callable[[], tuple[TextLine, ...]],
) -> bool:
    """Whether lines that read badly read better the other way up.

    Args:
        image: A picture whose lines run across it.
        sample: Some of its lines, read as they stand.
        reader: Reads them turned round, when they read badly.
        longest: More lines, asked for where the sample reads badly either way: on the cards of
            minority areas it may be all in a second script.
    """
    upright = _worth(tuple(line.recognised for line in sample))
    if upright >= SURE:
        return False
    flipped = _worth(_flipped(image, sample, reader))
    if flipped < SURE:
        lines = longest()
        upright = _worth(tuple(line.recognised for line in lines))
        flipped = _worth(_flipped(image, lines, reader))
    return flipped > upright + 0.05


def _flipped(
    image: Pixels, lines: tuple[TextLine, ...], reader: TextReader
) -> tuple[Recognised, ...]:
    turned = tuple((c, d, a, b) for a, b, c, d in (line.quad for line in lines))
    return reader.recognise(tuple(cut_line(image, quad, LINE_HEIGHT) for quad in turned))


def sample_lines(quads: tuple[Quad, ...]) -> tuple[int, ...]:
    """A few lines that tell up from down: of several characters, but none of the very long ones.

    Long lines would tell as well, but cost the most to read and are often of no interest.
    """

    def oddity(index: int) -> float:
        quad = quads[index]
        aspect = math.dist(quad[0], quad[1]) / max(1.0, math.dist(quad[0], quad[3]))
        return abs(math.log(max(aspect, 0.1) / GOOD_ASPECT))

    return tuple(sorted(range(len(quads)), key=oddity)[:SAMPLE])


def longest_lines(quads: tuple[Quad, ...]) -> tuple[int, ...]:
    """The widest lines: whatever else stands on a paper, a number or a sentence is among them."""

    def width(index: int) -> float:
        return math.dist(quads[index][0], quads[index][1])

    return tuple(sorted(range(len(quads)), key=width, reverse=True)[:SAMPLE])


def _worth(read: tuple[Recognised, ...]) -> float:
    """Mean confidence over all characters of the sample."""
    glyphs = [glyph.confidence for item in read for glyph in item.glyphs]
    return sum(glyphs) / len(glyphs) if glyphs else 0.0
