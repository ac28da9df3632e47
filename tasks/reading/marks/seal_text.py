"""Words of a red seal that were read as text: told by their ink, left out of the values.

Faded red ink still leaves shapes, and a seal repeats the very office that stands under it. Labels
may be printed in any colour, and some forms number themselves in red: only values without a digit
are looked at.
"""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import cut_line
from tasks.reading.layout.labels import SplitText
from tasks.reading.layout.text_spans import TextSpan

FAINT_IN_RED: Final = 0.45
"""Share of its contrast in green that ink keeps in red light: black keeps all, red next to none."""
_HEIGHT: Final = 24


def without_seal_text(sheet: PageLines, split: SplitText) -> SplitText:
    """Labels and values without values that are written in a seal's red."""
    if sheet.tint is None:
        return split
    kept = tuple(value for value in split.values if not _is_seal_text(sheet.image, value))
    return SplitText(split.labels, kept)


def _is_seal_text(image: Pixels, value: TextSpan) -> bool:
    """Whether all of its ink is red; black text under a seal keeps its contrast in red light."""
    if any(c.isdigit() for c in value.text):
        return False
    _, green, red = cv2.split(cut_line(image, value.quad, _HEIGHT))
    return _contrast(red) < FAINT_IN_RED * _contrast(green)


def _contrast(channel: NDArray[np.integer[Any] | np.floating[Any]]) -> float:
    """How much darker the ink is than the paper, grey levels."""
    return float(np.percentile(channel, 75) - np.percentile(channel, 4))
