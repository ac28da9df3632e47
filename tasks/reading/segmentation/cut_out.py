"""Cut one paper out of a picture, from the upload itself where its print is small."""

from collections.abc import Callable
from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.engines.page_lines import PageLines, open_page_lines
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.files.picture import ScaledPage
from tasks.reading.image.geometry import lies_within, scaled_quad, turn_quad
from tasks.reading.segmentation.find_page import find_page
from tasks.reading.segmentation.find_papers import FoundPaper
from tasks.reading.segmentation.page_outline import SURE, PageOutline

_LEAST_SIDE: Final = 32  # pixels; a smaller part is no paper
_BROADER: Final = 0.03  # of a page's size by which a part reaches beyond its edges
_SMALL: Final = 34.0
"""Pixels of a line's box from which a larger picture reads no better: the recogniser takes 48."""


class PicturePart(NamedTuple):
    """A paper, cut out.

    Attributes:
        page: Its pixels; `size` counts pixels of the upload.
        page_lines: Its own lines, upright.
        outline: The paper in pixels of the page's picture, where its edges are seen.
        left: Where it was cut out, pixels of the upload.
        top: See `left`.
    """

    page: ScaledPage
    page_lines: PageLines
    outline: PageOutline | None
    left: float
    top: float


class PictureSource:
    """A decoded picture, and the same at full size for when it is needed."""

    def __init__(self, page: ScaledPage, full: Callable[[], ScaledPage | None]) -> None:
        """Hold both; `full` is called once at most."""
        self.page = page
        self._full = full
        self._decoded: ScaledPage | None = None

    def for_text_of(self, height: float) -> ScaledPage:
        """The picture in which letters of this height in `page`, pixels, are read best."""
        whole = max(self.page.image.shape[:2]) >= max(self.page.size)
        if height >= _SMALL or whole:
            return self.page
        if self._decoded is None:
            self._decoded = self._full() or self.page
        return self._decoded


def cut_out(
    source: PictureSource,
    page_lines: PageLines,
    found: FoundPaper,
    others: tuple[Quad, ...],
    reader: TextReader,
) -> PicturePart | None:
    """A paper with its own lines; None for what is too small to be one.

    Args:
        source: The picture.
        page_lines: It as it was looked at, `found` in its pixels.
        found: The paper.
        others: The lines of the other papers.
        reader: Finds its lines anew, at its own scale.
    """
    height, width = page_lines.image.shape[:2]
    own = _own_outline(page_lines, found, others)
    area = turn_quad(own.quad if own else found.area, -page_lines.rotation % 360, (width, height))
    page = source.for_text_of(found.text_height)
    area = scaled_quad(area, page.image.shape[1] / source.page.image.shape[1])
    left, top, right, bottom = _box(area, page.image.shape[1], page.image.shape[0])
    if min(right - left, bottom - top) < _LEAST_SIDE:
        return None
    scale = page.size[0] / page.image.shape[1]
    part = ScaledPage(
        np.ascontiguousarray(page.image[top:bottom, left:right]),
        (round((right - left) * scale), round((bottom - top) * scale)),
    )
    cut = _shifted(area, -left, -top)
    inner = open_page_lines(part.image, reader, within=cut)
    if found.whole:
        inner = inner.turned_to(page_lines.rotation + found.turn)
    upright = turn_quad(cut, inner.rotation, (right - left, bottom - top))
    outline = own._replace(quad=upright) if own else None
    return PicturePart(part, inner, outline, left * scale, top * scale)


def outline_of(page_lines: PageLines, lines: tuple[Quad, ...]) -> PageOutline | None:
    """The page around some lines, in pixels of the page's picture, where it is surely seen."""
    factor = page_lines.small.shape[1] / page_lines.image.shape[1]
    outline = find_page(page_lines.small, tuple(scaled_quad(quad, factor) for quad in lines))
    if outline is None or outline.certainty < SURE:
        return None
    return outline._replace(quad=scaled_quad(outline.quad, 1 / factor))


def _own_outline(
    page_lines: PageLines, found: FoundPaper, others: tuple[Quad, ...]
) -> PageOutline | None:
    """The paper's edges, a little enlarged, where they are seen around its lines alone."""
    outline = outline_of(page_lines, found.lines)
    if outline is None:
        return None
    corners = np.asarray(outline.quad)
    grown = corners + (corners - corners.mean(axis=0)) * _BROADER
    a, b, c, d = ((float(x), float(y)) for x, y in grown)
    if any(lies_within(quad, (a, b, c, d)) for quad in others):
        return None
    if not all(lies_within(quad, (a, b, c, d)) for quad in found.lines):
        return None
    if _size(outline.quad) > _size(found.area):
        return None
    return outline._replace(quad=(a, b, c, d))


def _size(quad: Quad) -> float:
    return cv2.contourArea(np.asarray(quad, np.float32))


def _box(area: Quad, width: int, height: int) -> tuple[int, int, int, int]:
    """The upright rectangle around an area, inside a picture of this size."""
    (left, top), (right, bottom) = np.min(area, axis=0), np.max(area, axis=0)
    return (
        int(np.clip(np.floor(left), 0, width)),
        int(np.clip(np.floor(top), 0, height)),
        int(np.clip(np.ceil(right), 0, width)),
        int(np.clip(np.ceil(bottom), 0, height)),
    )


def _shifted(quad: Quad, right: float, down: float) -> Quad:
    a, b, c, d = ((round(x + right, 1), round(y + down, 1)) for x, y in quad)
    return a, b, c, d
