"""An upright picture with its lines of text, each read at most once and only when asked for."""

import math
from collections.abc import Iterable
from typing import Final

import cv2
import numpy as np

from models.reading.document import Quad
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
from tasks.reading.image.watermark import watermark_lines, without_watermark
from tasks.reading.likelihood.emissions import LineEmissions

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

    def prepare(self, indices: Iterable[int]) -> None:
        """Read lines at once, which is quicker, that will be asked for one by one."""
        unread = [index for index in indices if index not in self._read]
        keys = [key for i in unread if (key := (self.quads[i], 0.0, 1.0)) not in self._reread]
        if keys:
            crops = tuple(self._crop(quad, border=0.0, stretch=1.0) for quad, _, _ in keys)
            self._reread.update(zip(keys, self._reader.recognise(crops), strict=True))

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

    def turned_to(self, rotation: int) -> "PageLines":
        """The lines the way up that this clockwise turn of the picture, degrees, makes upright."""
        turn = (rotation - self.rotation) % 360
        return self.turned(turn) if turn else self


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
    page_lines = _beneath_watermark(page_lines, reader, within)
    if is_sideways(page_lines.quads):
        page_lines = page_lines.turned(90)
    return turned_upright(page_lines)


def _beneath_watermark(page_lines: PageLines, reader: TextReader, within: Quad | None) -> PageLines:
    """The lines of the paper itself where a tiled watermark lies over it."""
    over = watermark_lines(page_lines.quads, page_lines.matrix)
    if not over:
        return page_lines
    own = tuple(quad for quad in page_lines.quads if quad not in over)
    legible = without_watermark(page_lines.legible, over, own)
    if legible is None:
        return page_lines
    image, tint = page_lines.image, page_lines.tint
    small = reduced(legible, LONG_SIDE)
    found = reader.locate(small if tint is None else without_red(small, tint)) or ()
    quads = tuple(scaled_quad(quad, image.shape[1] / small.shape[1]) for quad in found)
    quads = tuple(quad for quad in quads if lies_within(quad, within))
    return PageLines(image, quads, reader, small=page_lines.small, legible=legible, tint=tint)


def is_sideways(quads: tuple[Quad, ...]) -> bool:
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


def turned_upright(page_lines: PageLines) -> PageLines:
    """The lines turned round where those that read badly read better the other way up.

    Args:
        page_lines: Lines that run across their picture.
    """
    upright = _worth(page_lines, sample_lines(page_lines.quads))
    if upright >= SURE:
        return page_lines
    turned = page_lines.turned(180)
    flipped = _worth(turned, sample_lines(page_lines.quads))
    if flipped < SURE:
        # More lines where a sample reads badly either way: on the cards of minority areas it may
        # be all in a second script.
        longest = longest_lines(page_lines.quads)
        upright, flipped = _worth(page_lines, longest), _worth(turned, longest)
    return turned if flipped > upright + 0.05 else page_lines


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


def _worth(page_lines: PageLines, indices: tuple[int, ...]) -> float:
    """Mean confidence over all characters of some lines."""
    page_lines.prepare(indices)
    glyphs = [g.confidence for i in indices for g in page_lines.line(i).recognised.glyphs]
    return sum(glyphs) / len(glyphs) if glyphs else 0.0
