"""Triangles to pixels: which triangle each pixel shows, and where on it; no loop over triangles."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.face_generator.figure.mesh import Floats, Ints

_BATCH: Final = 3_000_000
"""Candidate pixels that are tested at once: about 300 MB."""


class Fragments(NamedTuple):
    """What the camera sees.

    Attributes:
        triangle: Index of the triangle at each pixel, -1 for none; height x width.
        weights: The three corners' shares at each pixel; height x width x 3.
        depth: Nearness of each pixel (larger is nearer), minus infinity for none.
    """

    triangle: Ints
    weights: Floats
    depth: Floats


class _Candidates(NamedTuple):
    owner: Ints
    x: Ints
    y: Ints


def rasterise(
    screen: Floats, nearness: Floats, triangles: Ints, size: tuple[int, int]
) -> Fragments:
    """Draw triangles into a depth buffer.

    Args:
        screen: Vertices in pixels, x right and y down.
        nearness: Larger is nearer to the camera, one for each vertex.
        triangles: Corners; those that face away are left out.
        size: Height and width in pixels.
    """
    height, width = size
    seen = Fragments(
        np.full(height * width, -1, np.int64),
        np.zeros((height * width, 3)),
        np.full(height * width, -np.inf),
    )
    low, spans = _boxes(screen[triangles], size)
    counts = np.where(_doubled_area(screen[triangles]) < 0, spans.prod(1), 0)
    ends = np.cumsum(counts)
    start = 0
    while start < len(triangles):
        stop = int(np.searchsorted(ends, (ends[start - 1] if start else 0) + _BATCH))
        stop = max(stop, start + 1)
        batch = slice(start, stop)
        found = _pixels(low[batch], spans[batch], counts[batch])
        _draw(seen, screen, nearness, triangles, found._replace(owner=found.owner + start), width)
        start = stop
    return Fragments(
        seen.triangle.reshape(size), seen.weights.reshape(*size, 3), seen.depth.reshape(size)
    )


def _boxes(corners: Floats, size: tuple[int, int]) -> tuple[Ints, Ints]:
    limit = np.array([size[1], size[0]])
    low = np.clip(np.floor(corners.min(1)), 0, limit).astype(np.int64)
    high = np.clip(np.ceil(corners.max(1)) + 1, 0, limit).astype(np.int64)
    return low, np.maximum(high - low, 0)


def _doubled_area(corners: Floats) -> Floats:
    one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])


def _pixels(low: Ints, spans: Ints, counts: Ints) -> _Candidates:
    owner = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    across = spans[owner, 0]
    return _Candidates(owner, low[owner, 0] + within % across, low[owner, 1] + within // across)


def _draw(
    seen: Fragments,
    screen: Floats,
    nearness: Floats,
    triangles: Ints,
    found: _Candidates,
    width: int,
) -> None:
    if not len(found.owner):
        return
    corners = triangles[found.owner]
    a, b, c = (screen[corners[:, k]] for k in range(3))
    point = np.stack([found.x, found.y], 1).astype(float)
    whole = _cross(b - a, c - a)
    weights = np.stack(
        [_cross(c - b, point - b), _cross(a - c, point - c), _cross(b - a, point - a)], 1
    )
    weights /= whole[:, None]
    inside = weights.min(1) >= -1e-9
    weights, corners = weights[inside], corners[inside]
    place = (found.y * width + found.x)[inside]
    depth = (weights * nearness[corners]).sum(1)
    _keep_nearest(seen, place, found.owner[inside], weights, depth)


def _keep_nearest(
    seen: Fragments, place: Ints, owner: NDArray[np.int64], weights: Floats, depth: Floats
) -> None:
    nearer = depth > seen.depth[place]
    order = np.flatnonzero(nearer)[np.argsort(depth[nearer], kind="stable")]
    # With repeated places the last assignment stays, and the nearest comes last.
    seen.triangle[place[order]] = owner[order]
    seen.weights[place[order]] = weights[order]
    seen.depth[place[order]] = depth[order]


def _cross(one: Floats, other: Floats) -> Floats:
    return np.asarray(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])
