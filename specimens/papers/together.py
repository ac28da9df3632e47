"""Several papers in one picture: both sides of a card on a sheet, two pages of an open book."""

from typing import Final

import cv2
import numpy as np

from models.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.paper import Paper
from specimens.sheet import Corners, Pixels

_SHEET_MARGIN: Final = 0.09


def lay_together(papers: tuple[Paper, ...], dice: Dice, *, on_sheet: bool) -> Paper:
    """One flat page that holds several papers, the first one above or to the left.

    Args:
        papers: Drawn at one scale.
        dice: Chance.
        on_sheet: Lay them apart on white paper, as a copier does; else join them as an open book.

    Returns:
        A page whose `parts` are the papers and whose fields are named "1/name", "2/name".
    """
    gap = round(papers[0].image.shape[1] * dice.real(0.06, 0.14)) if on_sheet else 4
    width = max(paper.image.shape[1] for paper in papers)
    height = sum(paper.image.shape[0] for paper in papers) + gap * (len(papers) - 1)
    edge = round(width * _SHEET_MARGIN) if on_sheet else 0
    page = np.full((height + 2 * edge, width + 2 * edge, 3), 250, np.uint8)
    quads: dict[str, Corners] = {}
    top = edge
    for number, paper in enumerate(papers, 1):
        page[top : top + paper.image.shape[0], edge : edge + paper.image.shape[1]] = paper.image
        shift = np.array([edge, top], dtype=np.float64)
        quads |= {f"{number}/{name}": quad + shift for name, quad in paper.quads.items()}
        top += paper.image.shape[0] + gap
    if not on_sheet:
        page = _shade_fold(page, papers[0].image.shape[0])
    millimetres = papers[0].width * page.shape[1] / papers[0].image.shape[1]
    return Paper(
        DocumentKind.OTHER, page, {}, quads, millimetres, marks={"layout": "several"}, parts=papers
    )


def _shade_fold(page: Pixels, at: int) -> Pixels:
    """The dark valley between two pages of an open book."""
    rows = np.arange(page.shape[0], dtype=np.float32)
    valley = 1 - 0.35 * np.exp(-np.abs(rows - at) / (page.shape[0] * 0.012))
    return np.asarray(cv2.convertScaleAbs(page * valley[:, None, None]), dtype=np.uint8)
