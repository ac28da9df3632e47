"""Find every paper in a picture: where it lies, which lines are its own, which way up it is."""

from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Point, Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.geometry import Box, Matrix, level_matrix, place
from tasks.reading.segmentation.partition import LineGroup, part_lines
from tasks.reading.segmentation.survey import LineSurvey, SurveyLine
from tasks.reading.segmentation.whole_papers import WholePaper

_MARGIN: Final = 0.35
"""Of the longer side of a paper's text: so far at most the paper reaches beyond its text. The
emblem of a card stands a third of the text's width left of it."""
_FAR: Final = 0.25
"""Of a picture's longer side, that print spans at most which is worth a look from nearer."""


class FoundPaper(NamedTuple):
    """One paper, in pixels of the picture that was looked at.

    Attributes:
        area: Where it lies; reaches beyond the picture's border.
        lines: Its lines.
        turn: Degrees clockwise that make it upright.
        paper: What its labels say; None where none was read.
        text_height: Median height of its letters.
    """

    area: Quad
    lines: tuple[Quad, ...]
    turn: int
    paper: WholePaper | None
    text_height: float

    @property
    def whole(self) -> bool:
        """Whether everything that its kind cannot do without stands there."""
        return self.paper is not None and self.paper.complete


def find_papers(size: tuple[int, int], survey: LineSurvey) -> tuple[FoundPaper, ...]:
    """The papers in a picture, from above or from the left; one where nothing parts its lines.

    Args:
        size: Of the picture, width and height in pixels.
        survey: Its lines, found at a larger scale, most of them upright.
    """
    lines = survey.lines()
    if not lines:
        return ()
    matrix = level_matrix(_level_quads(lines), size)
    boxes = tuple(place(line.quad, matrix) for line in lines)
    return tuple(
        FoundPaper(
            _area(group, boxes, matrix),
            tuple(lines[i].quad for i in group.lines),
            group.turn,
            group.paper,
            float(np.median([lines[i].height for i in group.lines])),
        )
        for group in part_lines(lines, boxes)
    )


def surroundings(page_lines: PageLines, found: tuple[FoundPaper, ...]) -> FoundPaper | None:
    """The place where small print stands, none of which tells a paper; None where all may be it.

    Args:
        page_lines: The picture, with the lines that a first look found.
        found: What a closer look found.
    """
    lines = (*page_lines.quads, *(quad for paper in found for quad in paper.lines))
    if not lines:
        return None
    points = np.asarray(lines, dtype=np.float64).reshape(-1, 2)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    longest = max(right - left, bottom - top)
    if longest > _FAR * max(page_lines.image.shape[:2]):
        return None
    left, top, right, bottom = left - longest, top - longest, right + longest, bottom + longest
    area = ((left, top), (right, top), (right, bottom), (left, bottom))
    return FoundPaper(area, lines, 0, None, 0.0)


def _level_quads(lines: tuple[SurveyLine, ...]) -> tuple[Quad, ...]:
    """The lines that run along the picture's rows; all where none is known to."""
    level = tuple(line.quad for line in lines if line.turn in {0, 180})
    return level or tuple(line.quad for line in lines)


def _area(group: LineGroup, boxes: tuple[Box, ...], matrix: Matrix) -> Quad:
    """The rectangle around a group's text, grown as far as the cuts around it allow."""
    own = [boxes[i] for i in group.lines]
    left, right = min(b.left for b in own), max(b.right for b in own)
    top = min(b.middle - b.height / 2 for b in own)
    bottom = max(b.middle + b.height / 2 for b in own)
    margin = _MARGIN * max(right - left, bottom - top)
    left, right = max(left - margin, group.bounds.left), min(right + margin, group.bounds.right)
    top, bottom = max(top - margin, group.bounds.top), min(bottom + margin, group.bounds.bottom)
    back = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    a, b, c, d = (_moved(corner, back) for corner in corners)
    return a, b, c, d


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y, w = matrix @ np.array([point[0], point[1], 1.0])
    return float(x / w), float(y / w)
