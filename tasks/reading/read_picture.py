"""One decoded picture: find the paper, or the papers, in it and read each by itself."""

import datetime as dt
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import DocumentKind, FieldReading, Quad
from tasks.reading.engines.page_lines import PageLines, open_page_lines
from tasks.reading.engines.readers import Readers
from tasks.reading.files.picture import ScaledPage
from tasks.reading.image.geometry import lies_within, scaled_quad, turn_quad
from tasks.reading.kinds.read_text import PageText, read_kind, read_text
from tasks.reading.read_page import PageReading, read_page
from tasks.reading.segmentation.find_page import find_page
from tasks.reading.segmentation.page_outline import SURE, PageOutline, PaperCount, papers_shown
from tasks.reading.segmentation.split_papers import PaperPart, are_whole_papers, split_papers

MOST_CUTS: Final = 2
"""How often a picture is parted in two: both cards of a couple, both sides, are four papers."""
_LEAST_SIDE: Final = 32  # pixels; a smaller part is no paper
_BROADER: Final = 0.03  # of a page's size by which a part reaches beyond its edges


def read_picture(page: ScaledPage, readers: Readers, *, today: dt.date) -> tuple[PageReading, ...]:
    """Read every paper in a picture, from above or from the left.

    Args:
        page: The decoded picture.
        readers: The engines.
        today: No date on a paper lies after it.
    """
    page_lines = open_page_lines(page.image, readers.text)
    engine = _Engine(readers, today)
    outline = _page_of(page_lines, page_lines.quads)
    text = _text_of_one(page_lines, outline)
    if text is not None:
        return (
            read_page(page, readers, today=today, page_lines=page_lines, text=text, paper=outline),
        )
    return _read(page, page_lines, engine, MOST_CUTS, paper=outline)


def _text_of_one(page_lines: PageLines, outline: PageOutline | None) -> PageText | None:
    """The text where it is surely one paper's; None where there may be several papers."""
    if not page_lines.quads:
        return None
    shown = papers_shown(page_lines, read_kind(page_lines).kind, outline)
    if shown is PaperCount.UNKNOWN:
        return None
    text = read_text(page_lines)
    return text if shown is PaperCount.ONE or text.complete else None


class _Engine(NamedTuple):
    """What every part is read with."""

    readers: Readers
    today: dt.date


class _Piece(NamedTuple):
    """A half of a picture, cut out.

    Attributes:
        page: Its pixels.
        page_lines: Its own lines, upright.
        paper: Its paper in pixels of the page's picture, where its edges are seen.
        left: Where it was cut out, pixels of the picture.
        top: See `left`.
    """

    page: ScaledPage
    page_lines: PageLines
    paper: PageOutline | None
    left: int
    top: int


def _read(
    page: ScaledPage,
    page_lines: PageLines,
    engine: _Engine,
    cuts: int,
    *,
    paper: PageOutline | None = None,
) -> tuple[PageReading, ...]:
    pieces = _pieces(page, page_lines, engine) if cuts else ()
    parts = tuple(part for piece in pieces for part in _read_piece(page, piece, engine, cuts))
    if parts and are_separate_papers(parts):
        return parts
    return (
        read_page(page, engine.readers, today=engine.today, page_lines=page_lines, paper=paper),
    )


def are_separate_papers(parts: tuple[PageReading, ...]) -> bool:
    """Whether every part is a paper of its own.

    The columns of one form complete each other; two papers of a kind have fields in common.
    """
    return all(part.guess.kind is not DocumentKind.OTHER for part in parts) and all(
        a.guess.kind is not b.guess.kind or _fields_read(a) & _fields_read(b)
        for a, b in combinations(parts, 2)
    )


def _fields_read(part: PageReading) -> frozenset[str]:
    return frozenset(name for name, field in part.fields.items() if field.value is not None)


def _pieces(page: ScaledPage, page_lines: PageLines, engine: _Engine) -> tuple[_Piece, ...]:
    parting = split_papers(page_lines)
    if parting is None:
        return ()
    pieces = tuple(
        piece for half in parting.halves if (piece := _cut_out(page, page_lines, half, engine))
    )
    if len(pieces) < 2:
        return ()
    return pieces if parting.proven or are_whole_papers(*(p.page_lines for p in pieces)) else ()


def _read_piece(
    page: ScaledPage, piece: _Piece, engine: _Engine, cuts: int
) -> tuple[PageReading, ...]:
    scale = page.size[0] / page.image.shape[1]
    parts = _read(piece.page, piece.page_lines, engine, cuts - 1, paper=piece.paper)
    return tuple(_moved(part, piece.left * scale, piece.top * scale) for part in parts)


def _cut_out(
    page: ScaledPage, page_lines: PageLines, half: PaperPart, engine: _Engine
) -> _Piece | None:
    height, width = page_lines.image.shape[:2]
    own = _own_page(page_lines, half)
    area = turn_quad(own.quad if own else half.area, -page_lines.rotation % 360, (width, height))
    left, top, right, bottom = _box(area, page.image.shape[1], page.image.shape[0])
    if min(right - left, bottom - top) < _LEAST_SIDE:
        return None
    scale = page.size[0] / page.image.shape[1]
    part = ScaledPage(
        np.ascontiguousarray(page.image[top:bottom, left:right]),
        (round((right - left) * scale), round((bottom - top) * scale)),
    )
    cut = _shifted(area, -left, -top)
    inner = open_page_lines(part.image, engine.readers.text, within=cut)
    upright = turn_quad(cut, inner.rotation, (right - left, bottom - top))
    return _Piece(part, inner, own._replace(quad=upright) if own else None, left, top)


def _own_page(page_lines: PageLines, half: PaperPart) -> PageOutline | None:
    """The half's own paper, a little enlarged, where its edges are seen around it alone."""
    outline = _page_of(page_lines, tuple(page_lines.quads[i] for i in half.lines))
    if outline is None:
        return None
    mine = set(half.lines)
    corners = np.asarray(outline.quad)
    grown = corners + (corners - corners.mean(axis=0)) * _BROADER
    a, b, c, d = ((float(x), float(y)) for x, y in grown)
    others = (quad for i, quad in enumerate(page_lines.quads) if i not in mine)
    if any(lies_within(quad, (a, b, c, d)) for quad in others):
        return None
    return outline._replace(quad=(a, b, c, d))


def _page_of(page_lines: PageLines, lines: tuple[Quad, ...]) -> PageOutline | None:
    """The page around some lines, in pixels of the page's picture, where it is surely seen."""
    factor = page_lines.small.shape[1] / page_lines.image.shape[1]
    outline = find_page(page_lines.small, tuple(scaled_quad(quad, factor) for quad in lines))
    if outline is None or outline.certainty < SURE:
        return None
    return outline._replace(quad=scaled_quad(outline.quad, 1 / factor))


def _box(area: Quad, width: int, height: int) -> tuple[int, int, int, int]:
    """The upright rectangle around an area, inside a picture of this size."""
    (left, top), (right, bottom) = np.min(area, axis=0), np.max(area, axis=0)
    return (
        int(np.clip(np.floor(left), 0, width)),
        int(np.clip(np.floor(top), 0, height)),
        int(np.clip(np.ceil(right), 0, width)),
        int(np.clip(np.ceil(bottom), 0, height)),
    )


def _moved(part: PageReading, right: float, down: float) -> PageReading:
    """A part's reading with its quads in pixels of the whole upload."""

    def placed(field: FieldReading) -> FieldReading:
        if field.quad is None:
            return field
        return field.model_copy(update={"quad": _shifted(field.quad, right, down)})

    return part._replace(fields={name: placed(field) for name, field in part.fields.items()})


def _shifted(quad: Quad, right: float, down: float) -> Quad:
    a, b, c, d = ((round(x + right, 1), round(y + down, 1)) for x, y in quad)
    return a, b, c, d
