"""Several papers copied on one sheet: in rows and columns, shrunk, each its own way up."""

from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.together import PaperPlace, lay_paper
from specimens.printing.paper import PrintedPaper
from specimens.printing.print_sheet import Corners, Pixels

A4: Final = (210.0, 297.0)
"""Width and height, millimetres."""
_GAP: Final = 2.0  # millimetres that stay free between two cells
_WANDER: Final = 0.4  # of the room that a cell leaves, by which its paper lies off the middle


class SheetLayout(NamedTuple):
    """How papers lie on a sheet.

    Attributes:
        columns: Cells from left to right.
        rows: Cells from above; there are at least as many cells as papers.
        shrink: The most that a paper keeps of its size; less where its cell is smaller.
        landscape: The sheet lies on its long side.
        turns: Degrees clockwise by which each paper is turned; missing ones stand upright.
        skew: Spread of the small angles at which papers were laid down, degrees.
        margin: Width of a scanner's grey lid around the sheet, millimetres.
        grey: The copier knows no colour.
        gap: Millimetres between papers that lie close together; None spreads them over the sheet.
    """

    columns: int
    rows: int
    shrink: float = 1.0
    landscape: bool = False
    turns: tuple[int, ...] = ()
    skew: float = 0.5
    margin: float = 0.0
    grey: bool = False
    gap: float | None = None


def copy_to_sheet(
    papers: tuple[PrintedPaper, ...], layout: SheetLayout, dice: Dice
) -> PrintedPaper:
    """One flat A4 page that holds several papers, row by row from above.

    Args:
        papers: Drawn at one scale, which is the sheet's too.
        layout: Where they lie.
        dice: Chance.

    Returns:
        A page whose `parts` are the papers and whose fields are named "1/name", "2/name".

    Raises:
        ValueError: More papers than cells.
    """
    if len(papers) > layout.columns * layout.rows:
        message = f"{len(papers)} papers in {layout.columns} x {layout.rows} cells"
        raise ValueError(message)
    scale = papers[0].image.shape[1] / papers[0].width
    size = A4[::-1] if layout.landscape else A4
    page = _blank_sheet(size, layout, scale, dice.fork("sheet"))
    quads: dict[str, Corners] = {}
    grid = _grid(papers, size, layout, scale)
    for number, paper in enumerate(papers, 1):
        place = _place(paper, number - 1, grid, layout, scale, dice.fork(f"place {number}"))
        laid = lay_paper(page, paper, place, shadow=False)
        quads |= {f"{number}/{name}": quad for name, quad in laid.items()}
    if layout.grey:
        plain = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
        page = np.asarray(cv2.cvtColor(plain, cv2.COLOR_GRAY2BGR), np.uint8)
    return PrintedPaper(
        DocumentKind.OTHER,
        page,
        {},
        quads,
        page.shape[1] / scale,
        marks={"layout": "several", "arrangement": f"{layout.columns}x{layout.rows}"},
        parts=papers,
    )


def _blank_sheet(
    size: tuple[float, float], layout: SheetLayout, scale: float, dice: Dice
) -> Pixels:
    """White paper, with a grey lid around it where the scanner saw beyond the sheet."""
    margin = round(layout.margin * scale)
    width, height = (round(side * scale) for side in size)
    shape = (height + 2 * margin, width + 2 * margin, 3)
    page = np.full(shape, dice.whole(120, 205), np.uint8)
    page[margin : margin + height, margin : margin + width] = dice.whole(244, 253)
    return page


class _Grid(NamedTuple):
    """Upper left corner of the first cell and the size of every cell, millimetres."""

    left: float
    top: float
    width: float
    height: float


def _grid(
    papers: tuple[PrintedPaper, ...], size: tuple[float, float], layout: SheetLayout, scale: float
) -> _Grid:
    width, height = size[0] / layout.columns, size[1] / layout.rows
    if layout.gap is None:
        return _Grid(0.0, 0.0, width, height)
    sides = [np.array(paper.image.shape[1::-1]) / scale for paper in papers]
    turned = any(turn % 180 for turn in layout.turns)
    wide, high = np.max([side.max() if turned else side for side in sides], axis=0) * np.ones(2)
    width = min(width, wide * layout.shrink + layout.gap)
    height = min(height, high * layout.shrink + layout.gap)
    left = (size[0] - width * layout.columns) / 2
    return _Grid(left, (size[1] - height * layout.rows) / 3, width, height)


def _place(
    paper: PrintedPaper, index: int, grid: _Grid, layout: SheetLayout, scale: float, dice: Dice
) -> PaperPlace:
    """Where a paper comes to lie in its cell, pixels of the sheet."""
    row, column = divmod(index, layout.columns)
    cell = np.array((grid.width, grid.height))
    turn = layout.turns[index] if index < len(layout.turns) else 0
    own = np.array((paper.image.shape[1], paper.image.shape[0])) / scale
    own = own[::-1] if turn % 180 else own
    kept = min(layout.shrink, *((cell - _GAP) / own))
    room = np.maximum(0, (cell - _GAP - own * kept) / 2) * _WANDER
    middle = (
        grid.left + (column + 0.5) * cell[0] + room[0] * dice.real(-1, 1) + layout.margin,
        grid.top + (row + 0.5) * cell[1] + room[1] * dice.real(-1, 1) + layout.margin,
    )
    return PaperPlace(
        middle[0] * scale, middle[1] * scale, turn + dice.sway(layout.skew), float(kept)
    )
