"""Which lines of a page run along its rows: slanting ones are laid over it, as watermarks are."""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.geometry import moved_quad

SLANT: Final = math.tan(math.radians(6))
"""Rise of a line for its length, once the page is level. Lines of bent and tilted pages of our own
drawing stay below 3 degrees, watermarks are turned by 8 and more."""
_ELONGATED: Final = 2.0  # times its height that a line is long whose slant can be measured


def level_lines(
    page_lines: PageLines, is_own: Callable[[str], bool] = lambda _: False
) -> tuple[int, ...]:
    """The lines read so far that run along the rows, by index; all where hardly any does.

    Args:
        page_lines: The page.
        is_own: Tells of a text that it is the paper's. A label and a short value that was printed
            half a row lower share one slanting box (性别 and 男, at 9 degrees).
    """
    known = page_lines.known()
    level = tuple(i for i in known if not _slants(page_lines, i) or is_own(known[i].text))
    return level if len(level) * 2 > len(known) else tuple(known)


def _slants(page_lines: PageLines, index: int) -> bool:
    quad = np.asarray(moved_quad(page_lines.quads[index], page_lines.matrix), np.float64)
    along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
    height = float(np.linalg.norm(quad[3] - quad[0]))
    length = float(np.hypot(*along))
    return length > _ELONGATED * height and abs(float(along[1])) > SLANT * abs(float(along[0]))
