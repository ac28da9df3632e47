"""Red ink that is no value: the words of a seal, and stamps that cancel a registration card."""

import math
from collections.abc import Iterable
from statistics import median
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.reading.document import Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Recognised, TextReader, TextSpan
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import scaled_quad
from tasks.reading.image.grey_levels import Levels, percentile
from tasks.reading.image.pixels import cut_line, reduced
from tasks.reading.layout.split_labels import SplitText

SURE: Final = 0.8
LARGER: Final = 1.3
"""How many times the page's usual line the characters of such a stamp are high, at least."""
MUCH_LARGER: Final = 1.9
"""The same where the stamp has the colour of the print, among headings and joined rows."""
MOST: Final = 3  # lines read; a page has one such stamp
_SIDE: Final = 512
_COARSE_SIDE: Final = 320  # on which print is too small to be taken for a line, and a stamp is not
_LINE_HEIGHT: Final = 48
_RED_LEAD: Final = 18
"""By how much red leads the other channels in ink; paper and lamps stay below."""
_PLAIN: Final = 110  # ink from 0 to 255 that is more than a tint
FAINT_IN_RED: Final = 0.45
"""Share of its contrast in green that ink keeps in red light: black keeps all, red next to none."""
_SEAL_LINE: Final = 24
_INKED: Final = 12  # grey levels between ink and paper; grain alone has less
_BLACK_OF_A_SEAL: Final = 0.25
"""Share of stretches that may look black in a seal. Of 21 seals' words whose whole line is fainter
in red (36 drawn papers, phone and small, seeds 5000 to 5011) 20 had no more, a clerk's stamp half;
of four hospitals printed under a seal none had less than two thirds. Seals' words on small
pictures that keep their contrast in red (five of these) are told by neither."""
WORDS: Final = ("注销", "迁出", "死亡", "作废")


def cancelling_stamp(small: Pixels, quads: tuple[Quad, ...], reader: TextReader) -> Finding | None:
    """E03 where such a stamp is seen on an upright page; a doubt where it is hardly legible.

    The stamp lies across printed lines, and a line finder that sees both takes it for neither.
    So the print is taken away: in red ink, which is looked at by itself, or, for a stamp as black
    as the print, by making the page so small that only large writing is left.

    Args:
        small: The page, reduced.
        quads: Its printed lines, in pixels of `small`.
        reader: Finds and reads.
    """
    page = reduced(small, _SIDE)
    usual = median([_height(quad) for quad in quads] or [0.0])
    in_red = _large_writing(_red_ink(page), usual * LARGER * page.shape[1] / small.shape[1], reader)
    return _cancelling(in_red) or _cancelling(_coarse_writing(small, usual * MUCH_LARGER, reader))


def _cancelling(writing: tuple[Recognised, ...]) -> Finding | None:
    for read in writing:
        if any(word in read.text for word in WORDS):
            sure = read.confidence >= SURE
            return finding(
                Reason.HUKOU_PAGE_CANCELLED,
                verdict=CheckVerdict.FAILED if sure else CheckVerdict.CANNOT_TELL,
            )
    return None


def _coarse_writing(small: Pixels, least: float, reader: TextReader) -> tuple[Recognised, ...]:
    """The largest lines in any ink, found on a very small picture and read on `small`."""
    tiny = reduced(small, _COARSE_SIDE)
    scale = small.shape[1] / tiny.shape[1]
    found = (scaled_quad(quad, scale) for quad in reader.locate(tiny) or ())
    return _largest(small, found, least, reader)


def _largest(
    image: Pixels, quads: Iterable[Quad], least: float, reader: TextReader
) -> tuple[Recognised, ...]:
    large = sorted((q for q in quads if _height(q) >= least), key=_height, reverse=True)
    return reader.recognise(tuple(cut_line(image, quad, _LINE_HEIGHT) for quad in large[:MOST]))


def _large_writing(
    ink: NDArray[np.uint8], least: float, reader: TextReader
) -> tuple[Recognised, ...]:
    """The largest lines of red ink, read; none where no red is as high as such a line."""
    area = _inked_area(ink, least)
    if area is None:
        return ()
    black = np.asarray(cv2.cvtColor(255 - ink[area], cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    found = reader.locate(black)
    if found is None:
        return tuple(line.recognised for line in reader.lines(black))
    return _largest(black, found, least, reader)


def _inked_area(ink: NDArray[np.uint8], least: float) -> tuple[slice, slice] | None:
    """The rectangle around all coherent red that is at least `least` pixels high and wide."""
    gap = max(3, round(least / 2)) | 1
    joined = cv2.morphologyEx(
        (ink > _PLAIN).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    left, top, width, height, _ = stats[1:].T
    large = (width >= least) & (height >= least)
    if not large.any():
        return None
    margin = round(least / 2)
    low_x, low_y = int(left[large].min()) - margin, int(top[large].min()) - margin
    high_x = int((left + width)[large].max()) + margin
    high_y = int((top + height)[large].max()) + margin
    return slice(max(0, low_y), high_y), slice(max(0, low_x), high_x)


def _height(quad: Quad) -> float:
    return math.dist(quad[0], quad[3])


def _red_ink(image: Pixels) -> NDArray[np.uint8]:
    """How much red ink there is, 0 to 255."""
    blue, green, red = cv2.split(image)
    lead = red.astype(np.int16) - np.maximum(blue, green)
    ground = np.median(lead[::4, ::4])
    ink = np.clip((lead - ground - _RED_LEAD / 2) * 6, 0, 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), 0.8), dtype=np.uint8)


def without_seal_text(page_lines: PageLines, split: SplitText) -> SplitText:
    """Labels and values without values that are written in a seal's red."""
    if page_lines.tint is None:
        return split
    kept = tuple(value for value in split.values if not _is_seal_text(page_lines.image, value))
    return SplitText(split.labels, kept)


def _is_seal_text(image: Pixels, value: TextSpan) -> bool:
    """Whether all of its ink is red; black text under a seal keeps its contrast in red light.

    Each stretch as long as the line is high is asked by itself: over the whole of a faintly
    printed line the few strong strokes of a seal across it would outweigh the print.
    """
    if any(c.isdigit() for c in value.text):
        return False
    line = cut_line(image, value.quad, _SEAL_LINE)
    stretches = np.array_split(line, max(1, round(line.shape[1] / line.shape[0])), axis=1)
    inked = [s for s in stretches if _contrast(s[:, :, 1]) >= _INKED]
    black = [s for s in inked if _contrast(s[:, :, 2]) >= FAINT_IN_RED * _contrast(s[:, :, 1])]
    return len(black) <= _BLACK_OF_A_SEAL * len(inked)


def _contrast(channel: Levels) -> float:
    """How much darker the ink is than the paper, grey levels."""
    return percentile(channel, 75) - percentile(channel, 4)
