"""Look for a stated number on a page where reading gave its field no place."""

import math
from typing import Final

from models.reading.document import Quad
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.confidence.stated_values import FARTHEST
from tasks.reading.engines.page_lines import PageLines, open_page_lines
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.files.picture import Pixels
from tasks.reading.stated_values.augmented_line import (
    AugmentedLine,
    LegiblePage,
    mean_log_likelihoods,
)
from tasks.reading.stated_values.weigh_stated import WRITTEN_VARIANTS

_LEAST_LENGTH: Final = 6.0  # heights; 18 digits of half a height and more are longer


class NumberLines:
    """The lines of one page that are long enough for an identity number."""

    def __init__(self, image: Pixels, reader: TextReader, rotation: int | None) -> None:
        """Find them.

        Args:
            image: The page, in any direction.
            reader: Finds and reads.
            rotation: The clockwise turn, degrees, that makes it upright, as reading found it: of
                small print alone it is not always seen. None: as its lines tell.
        """
        lines = open_page_lines(image, reader)
        lines = lines if rotation is None else lines.turned_to(rotation)
        page = LegiblePage(lines.legible, 1.0, lines.tint)
        self._places = [AugmentedLine(page, quad, reader) for quad in _long_enough(lines)]

    def place_of(self, number: str) -> AugmentedLine | None:
        """The line that shows a number best; None where every line shows something else."""
        ranked = [(self._under_best(place, number), i) for i, place in enumerate(self._places)]
        under_best, best = min(ranked, default=(math.inf, 0))
        return self._places[best] if under_best <= FARTHEST else None

    @staticmethod
    def _under_best(place: AugmentedLine, number: str) -> float:
        emissions = place.emissions(0)
        if emissions is None:
            return math.inf
        (likelihood,) = mean_log_likelihoods(
            (emissions,), (number,), WRITTEN_VARIANTS[FieldSort.ID_NUMBER]
        )
        return emissions.upper_bound - float(likelihood)


def _long_enough(lines: PageLines) -> list[Quad]:
    pairs = zip(lines.quads, lines.boxes, strict=True)
    return [quad for quad, box in pairs if box.width >= _LEAST_LENGTH * box.height]
