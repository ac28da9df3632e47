"""Recognise one place of a picture several times, each time cropped otherwise.

Known as test-time augmentation: what all crops say is surer than what one of them says.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Quad
from tasks.reading.engines.page_lines import LINE_HEIGHT, LONG_SIDE
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.files.picture import Pixels, ScaledPage
from tasks.reading.image.geometry import inner_quad, scaled_quad
from tasks.reading.image.pixels import (
    SealTint,
    cut_line,
    paper_tint,
    reduced,
    without_grain,
    without_red,
)
from tasks.reading.likelihood.emissions import Floats, LineEmissions
from tasks.reading.likelihood.text_lattice import log_likelihoods
from tasks.reading.stated_values.written_variants import WrittenVariant

AUGMENTATIONS: Final = ((0.0, 1.0), (0.0, 1.3), (0.15, 1.0), (0.15, 1.35))
"""Border as a share of the line's height, and stretch; see `cut_line`."""
_WIDER: Final = 0.5  # heights on both sides: an end that a tight box cut off


class LegiblePage(NamedTuple):
    """A page as lines are read on it.

    Attributes:
        image: Without grain.
        scale: Its pixels per pixel of the upload.
        tint: The paper's own, where red ink is faded.
    """

    image: Pixels
    scale: float
    tint: SealTint | None

    @classmethod
    def of(cls, page: ScaledPage) -> "LegiblePage":
        """Prepare a decoded page as reading does."""
        image = without_grain(page.image)
        tint = paper_tint(reduced(image, LONG_SIDE))
        return cls(image, page.image.shape[1] / page.size[0], tint)


class AugmentedLine:
    """What the recogniser sees in one place; each crop is read when it is first needed."""

    def __init__(self, picture: LegiblePage, quad: Quad, reader: TextReader) -> None:
        """Hold a place.

        Args:
            picture: The page.
            quad: The place in pixels of the upload, from the text's upper left.
            reader: The recogniser.
        """
        self._picture = picture
        self._quad = scaled_quad(quad, picture.scale)
        self._reader = reader
        self._seen: dict[tuple[bool, int], LineEmissions | None] = {}

    def emissions(self, number: int, *, wider: bool = False) -> LineEmissions | None:
        """Of the crop that `AUGMENTATIONS` describes there; None from an engine without any."""
        key = (wider, number)
        if key not in self._seen:
            self._seen[key] = self._reader.emissions(self._crop(number, wider=wider))
        return self._seen[key]

    def all(self, *, wider: bool = False) -> tuple[LineEmissions, ...]:
        """Of every crop of the place, or of a little more to its left and right."""
        crops = (self.emissions(i, wider=wider) for i in range(len(AUGMENTATIONS)))
        return tuple(emissions for emissions in crops if emissions is not None)

    def _crop(self, number: int, *, wider: bool) -> Pixels:
        border, stretch = AUGMENTATIONS[number]
        quad = _widened(self._quad) if wider else self._quad
        crop = cut_line(self._picture.image, quad, LINE_HEIGHT, border=border, stretch=stretch)
        return crop if self._picture.tint is None else without_red(crop, self._picture.tint)


def _widened(quad: Quad) -> Quad:
    share = _WIDER * math.dist(quad[0], quad[3]) / max(1.0, math.dist(quad[0], quad[1]))
    return inner_quad(quad, -share, 1 + share)


def mean_log_likelihoods(
    emissions: Sequence[LineEmissions], values: Sequence[str], variants: Sequence[WrittenVariant]
) -> Floats:
    """How likely each value makes what was seen, in nats, in the way that suits it best.

    The mean over the crops, not their sum: they show the same ink and are no independent witnesses.
    """
    ways = [
        np.mean(
            [
                log_likelihoods(one, texts, before=variant.before, after=variant.after)
                for one in emissions
            ],
            axis=0,
        )
        for variant in variants
        for texts in [[variant.write(value) for value in values]]
    ]
    best: Floats = np.max(ways, axis=0)
    return best
