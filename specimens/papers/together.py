"""Several papers in one picture: a card's two sides on a sheet, an open book, cards on a table."""

from typing import Final, Literal, NamedTuple

import cv2
import numpy as np

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.photography.backgrounds import lay_background
from specimens.printing.paper import PrintedPaper
from specimens.printing.print_sheet import Corners, Pixels

Arrangement = Literal["sheet", "turned_sheet", "book", "beside", "scattered", "upon"]
_SHEET_MARGIN: Final = 0.09
_CARDS: Final = frozenset({DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM})
_PALE: Final = 250
_FOLD: Final = 4  # pixels


class _Size(NamedTuple):
    """Pixels."""

    width: int
    height: int


class PaperPlace(NamedTuple):
    """Where a paper comes to lie: its middle, its angle in degrees clockwise, its size."""

    x: float
    y: float
    angle: float = 0.0
    scale: float = 1.0


class _Layout(NamedTuple):
    """A page's size, where its two papers lie, and whether they lie on a table."""

    size: _Size
    spots: tuple[PaperPlace, PaperPlace]
    table: bool = False


def lay_together(papers: tuple[PrintedPaper, ...], dice: Dice, *, on_sheet: bool) -> PrintedPaper:
    """One flat page that holds several papers, the first one above or to the left.

    Args:
        papers: Drawn at one scale.
        dice: Chance.
        on_sheet: Lay them apart on white paper, as a copier does; else join them as an open book.

    Returns:
        A page whose `parts` are the papers and whose fields are named "1/name", "2/name".
    """
    return arrange(papers, dice, "sheet" if on_sheet else "book")


def arrange(papers: tuple[PrintedPaper, ...], dice: Dice, how: Arrangement) -> PrintedPaper:
    """One flat page that holds two papers.

    Args:
        papers: Drawn at one scale.
        dice: Chance.
        how: "sheet": one above the other on white paper, as a copier does; "turned_sheet": the
            second one upside down; "book": two pages one above the other, joined in a dark
            valley; "beside": the same from left to right; "scattered": at angles and of unlike
            sizes on a table; "upon": the second lies on the first.

    Returns:
        A page whose `parts` are the papers and whose fields are named "1/name", "2/name".
    """
    first, second = (_Size(p.image.shape[1], p.image.shape[0]) for p in papers)
    layout = _LAYOUTS[how](first, second, dice)
    page = _table(layout.size, dice) if layout.table else _white(layout.size)
    quads: dict[str, Corners] = {}
    for number, (paper, spot) in enumerate(zip(papers, layout.spots, strict=True), 1):
        placed = lay_paper(page, paper, spot, shadow=layout.table)
        quads |= {f"{number}/{name}": quad for name, quad in placed.items()}
    if how == "book":
        page = _shade_fold(page, first.height)
    if how == "beside":
        page = _shade_fold(page.transpose(1, 0, 2), first.width).transpose(1, 0, 2)
    return PrintedPaper(
        DocumentKind.OTHER,
        np.ascontiguousarray(page),
        {},
        quads,
        papers[0].width * page.shape[1] / first.width,
        marks={"layout": "several", "arrangement": how},
        parts=papers,
    )


def _sheet(first: _Size, second: _Size, dice: Dice) -> _Layout:
    """One above the other on white paper, as a copier does."""
    wide = max(first.width, second.width)
    edge, gap = round(wide * _SHEET_MARGIN), round(first.width * dice.real(0.06, 0.14))
    size = _Size(wide + 2 * edge, first.height + second.height + gap + 2 * edge)
    upper = PaperPlace(edge + first.width / 2, edge + first.height / 2)
    lower = PaperPlace(edge + second.width / 2, edge + first.height + gap + second.height / 2)
    return _Layout(size, (upper, lower))


def _turned_sheet(first: _Size, second: _Size, dice: Dice) -> _Layout:
    """The second paper upside down, as it comes when the card is turned over lengthwise."""
    size, (upper, lower), _ = _sheet(first, second, dice)
    return _Layout(size, (upper, lower._replace(angle=180.0)))


def _book(first: _Size, second: _Size, dice: Dice) -> _Layout:
    """Joined in a fold that runs across."""
    del dice
    size = _Size(max(first.width, second.width), first.height + second.height + _FOLD)
    upper = PaperPlace(first.width / 2, first.height / 2)
    return _Layout(
        size, (upper, PaperPlace(second.width / 2, first.height + _FOLD + second.height / 2))
    )


def _beside(first: _Size, second: _Size, dice: Dice) -> _Layout:
    """Joined in a fold that runs from top to bottom."""
    del dice
    size = _Size(first.width + second.width + _FOLD, max(first.height, second.height))
    left = PaperPlace(first.width / 2, first.height / 2)
    return _Layout(
        size, (left, PaperPlace(first.width + _FOLD + second.width / 2, second.height / 2))
    )


def _scattered(first: _Size, second: _Size, dice: Dice) -> _Layout:
    """At angles and of unlike sizes on a table."""
    size = _Size(round(first.width * 1.5), round((first.height + second.height) * 1.35))
    aside = (dice.sway(first.width * 0.12), dice.sway(first.width * 0.12))
    upper = PaperPlace(size.width * 0.5 + aside[0], size.height * 0.27, dice.sway(14))
    lower = PaperPlace(
        size.width * 0.5 + aside[1], size.height * 0.74, dice.sway(14), dice.real(0.8, 1.0)
    )
    return _Layout(size, (upper, lower), table=True)


def _upon(first: _Size, second: _Size, dice: Dice) -> _Layout:
    """The second one lies on the lower part of the first."""
    size = _Size(round(first.width * 1.12), round(first.height * 1.25))
    lower = PaperPlace(
        size.width * dice.real(0.3, 0.7), size.height - second.height * 0.42, dice.sway(9)
    )
    return _Layout(size, (PaperPlace(size.width / 2, first.height * 0.53), lower), table=True)


_LAYOUTS: Final = {
    "sheet": _sheet,
    "turned_sheet": _turned_sheet,
    "book": _book,
    "beside": _beside,
    "scattered": _scattered,
    "upon": _upon,
}


def _table(size: _Size, dice: Dice) -> Pixels:
    ground = lay_background(size, dice.fork("table"))
    return np.clip(ground, 0, 255).astype(np.uint8)


def _white(size: _Size) -> Pixels:
    return np.full((size.height, size.width, 3), _PALE, np.uint8)


def lay_paper(
    page: Pixels, paper: PrintedPaper, spot: PaperPlace, *, shadow: bool
) -> dict[str, Corners]:
    """Put a paper on a page; where its fields come to lie."""
    height, width = paper.image.shape[:2]
    middle = (width / 2, height / 2)
    turn = cv2.getRotationMatrix2D(middle, -spot.angle, spot.scale).astype(np.float64)
    turn[:, 2] += (spot.x - width / 2, spot.y - height / 2)
    size = (page.shape[1], page.shape[0])
    edge = np.full((height, width), 255, np.uint8)
    if paper.kind in _CARDS:
        edge = _rounded(edge)
    cover = cv2.warpAffine(edge, turn, size, flags=cv2.INTER_LINEAR)
    drawn = cv2.warpAffine(paper.image, turn, size, flags=cv2.INTER_CUBIC)
    if shadow:
        soft = cv2.GaussianBlur(cover, (0, 0), max(2.0, width * 0.01)).astype(np.float32) / 255
        page[:] = (page * (1 - 0.4 * soft[:, :, None])).astype(np.uint8)
    share = cover.astype(np.float32)[:, :, None] / 255
    page[:] = (page * (1 - share) + drawn * share).astype(np.uint8)
    return {name: _carried(quad, turn) for name, quad in paper.quads.items()}


def _carried(quad: Corners, turn: Corners) -> Corners:
    return np.asarray(quad @ turn[:, :2].T + turn[:, 2], dtype=np.float64)


def _rounded(edge: Pixels) -> Pixels:
    """A card's outline: its corners are round."""
    height, width = edge.shape
    radius = round(width * 0.037)
    shape = np.zeros_like(edge)
    cv2.rectangle(shape, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(shape, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(shape, (x, y), radius, 255, -1, cv2.LINE_AA)
    return shape


def _shade_fold(page: Pixels, at: int) -> Pixels:
    """The dark valley between two pages of an open book."""
    rows = np.arange(page.shape[0], dtype=np.float32)
    valley = 1 - 0.35 * np.exp(-np.abs(rows - at) / (page.shape[0] * 0.012))
    return np.asarray(cv2.convertScaleAbs(page * valley[:, None, None]), dtype=np.uint8)
