"""Ways of parting lines in two, by the gaps between them."""

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from tasks.reading.image.geometry import Box

_GAP: Final = 0.5  # of a line's height: a narrower gap between columns is none


class GapCut(NamedTuple):
    """A way of parting lines in two.

    Attributes:
        first: Indices of the lines above, or to the left.
        second: The others.
        at: Where between them, in level rows.
        upright: The cut runs from top to bottom.
        gap: Width of the gap in usual line heights; negative where lines overlap.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    at: float
    upright: bool
    gap: float


def gap_cuts(boxes: Sequence[Box], lines: tuple[int, ...]) -> Iterator[GapCut]:
    """Every gap between some lines, across and from top to bottom.

    Args:
        boxes: Of all lines.
        lines: The indices of those that are to be parted.
    """
    unit = max(1.0, float(np.median([min(boxes[i].height, boxes[i].width) for i in lines])))
    starts = {i: boxes[i].middle - boxes[i].height / 2 for i in lines}
    ends = {i: boxes[i].middle + boxes[i].height / 2 for i in lines}
    for cut in _gaps(lines, starts, ends, unit, -_GAP):
        yield cut
    starts, ends = {i: boxes[i].left for i in lines}, {i: boxes[i].right for i in lines}
    for cut in _gaps(lines, starts, ends, unit, _GAP):
        yield cut._replace(upright=True)


def _gaps(
    lines: tuple[int, ...],
    starts: dict[int, float],
    ends: dict[int, float],
    unit: float,
    least: float,
) -> Iterator[GapCut]:
    """The gaps along one axis that are at least so many units wide."""
    order = sorted(lines, key=lambda i: starts[i] + ends[i])
    before = list(_running_most([ends[i] for i in order]))
    behind = [-most for most in _running_most([-starts[i] for i in reversed(order)])][::-1]
    for stop in range(1, len(order)):
        low, high = before[stop - 1], behind[stop]
        if high - low > least * unit:
            first, second = tuple(order[:stop]), tuple(order[stop:])
            yield GapCut(first, second, (low + high) / 2, upright=False, gap=(high - low) / unit)


def _running_most(values: list[float]) -> Iterator[float]:
    most = -math.inf
    for value in values:
        most = max(most, value)
        yield most
