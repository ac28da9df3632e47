"""What signals are measured on: an upright picture, its lines and fields, where its paper is.

Everything costly is made once, on a reduced picture, and only when a signal asks for it.
"""

from functools import cached_property
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import DocumentKind, FieldReading, Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.pixels import reduced
from tasks.reading.kinds.registry import SPECS
from tasks.reading.kinds.spec import KindSpec
from tasks.reading.segmentation.page_outline import PageOutline

THUMB: Final = 480
Mask = NDArray[np.uint8]
"""Of the thumb's size, 1 where something is."""
Floats = NDArray[np.float32]
Points = NDArray[np.floating[Any]]

LEVELS: Final = 384.0  # a pixel of middle brightness has this much light in its three channels
_GROWN: Final = 1.2  # heights of a line by which a paper surely reaches beyond its text


class PictureScene:
    """One upright picture."""

    def __init__(
        self,
        image: Pixels,
        small: Pixels,
        quads: tuple[Quad, ...],
        kind: DocumentKind,
        fields: dict[str, FieldReading],
        *,
        page: PageOutline | None = None,
    ) -> None:
        """Hold what is known.

        Args:
            image: Upright, as read.
            small: The same, reduced.
            quads: Its lines of text, pixels of `image`.
            kind: What paper it is.
            fields: What was read, with quads in pixels of `image`.
            page: The paper in pixels of `image`, where its edges were seen.
        """
        self.image = image
        self.quads = quads
        self.kind = kind
        self.fields = fields
        self.page = page
        self.thumb = reduced(small, THUMB)
        self.scale = self.thumb.shape[1] / image.shape[1]

    @property
    def spec(self) -> KindSpec:
        """What there is to know of its kind."""
        return SPECS[self.kind]

    @cached_property
    def hull(self) -> Mask:
        """Where text stands: the hull of all lines."""
        return self._filled(self._text_points())

    @cached_property
    def text(self) -> Mask:
        """The lines themselves, a little widened."""
        mask = np.zeros(self.thumb.shape[:2], np.uint8)
        for quad in self.quads:
            cv2.fillPoly(mask, [np.rint(np.array(quad) * self.scale).astype(np.int32)], 1)
        return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)

    @cached_property
    def paper(self) -> Mask:
        """Where the paper is: within its corners, or as far as its text reaches and a bit more."""
        if self.page is not None:
            return self._filled(np.array(self.page.quad) * self.scale)
        if not self.quads:
            return np.ones(self.thumb.shape[:2], np.uint8)
        size = max(3, round(self.line_height * _GROWN) * 2 + 1)
        return np.asarray(cv2.dilate(self.hull, np.ones((size, size), np.uint8)), np.uint8)

    @cached_property
    def chroma(self) -> tuple[Floats, Floats]:
        """How far red leads green and blue, and blue green, as shares of the light of a pixel.

        Shares, because a shadow makes all three channels darker and no colour of it.
        """
        soft = cv2.GaussianBlur(self.thumb, (0, 0), 0.8).astype(np.float32)
        blue, green, red = cv2.split(soft)
        light = blue + green + red + np.float32(30)
        warm, cold = (red - (green + blue) / 2) / light, (blue - green) / light
        return np.asarray(warm, np.float32), np.asarray(cold, np.float32)

    @cached_property
    def off_ground(self) -> tuple[Floats, Floats]:
        """How much redder, and how much bluer than green, each pixel is than its ground would be.

        In grey levels at middle brightness.
        """
        warm, cold = (np.asarray((c - _ground(c)) * LEVELS, np.float32) for c in self.chroma)
        return warm, cold

    @cached_property
    def grey(self) -> Pixels:
        """The thumb without colour."""
        return np.asarray(cv2.cvtColor(self.thumb, cv2.COLOR_BGR2GRAY), np.uint8)

    @cached_property
    def line_height(self) -> float:
        """Median height of a line in pixels of the thumb; 0 without lines."""
        heights = [float(np.hypot(q[3][0] - q[0][0], q[3][1] - q[0][1])) for q in self.quads]
        return float(np.median(heights)) * self.scale if heights else 0.0

    def field_mask(self, quad: Quad) -> Mask:
        """Where a quad of `image` lies on the thumb."""
        return self._filled(np.array(quad) * self.scale)

    def _text_points(self) -> Points:
        if not self.quads:
            return np.zeros((0, 2))
        around = cv2.convexHull(np.array(self.quads, np.float32).reshape(-1, 2))
        return np.asarray(around, np.float32)[:, 0] * np.float32(self.scale)

    def _filled(self, points: Points) -> Mask:
        mask = np.zeros(self.thumb.shape[:2], np.uint8)
        if len(points) >= 3:
            cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 1)
        return mask


def _ground(ratio: Floats) -> Floats:
    """The tint of the ground nearby: the median over a coarse grid, interpolated."""
    height, width = ratio.shape
    small = cv2.resize(
        ratio, (max(2, width // 4), max(2, height // 4)), interpolation=cv2.INTER_AREA
    )
    scaled = np.clip(small * 400 + 128, 0, 255).astype(np.uint8)
    median = cv2.medianBlur(scaled, 31).astype(np.float32)
    back = cv2.resize((median - 128) / 400, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(back, np.float32)
