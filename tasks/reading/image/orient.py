"""Which way up: quarter turns told by the lines' shapes, upside down by how well they read."""

import math
from collections.abc import Callable
from typing import Final

from models.reading.document import Quad
from tasks.reading.engines.text_reader import Recognised, TextLine, TextReader
from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import cut_line

MIN_VOTE: Final = 1.3  # an upright character is no evidence; a line of several is
LINE_HEIGHT: Final = 48
SAMPLE: Final = 3
SURE: Final = 0.85  # mean confidence from which a sample is certainly the right way up
GOOD_ASPECT: Final = 3.2  # of a label, which is read anyway


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
