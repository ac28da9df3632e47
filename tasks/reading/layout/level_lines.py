"""Which lines of a page run along its rows: slanting ones are laid over it, as watermarks are."""

from collections.abc import Callable

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.watermark import SLANT, slant


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
    angle = slant(page_lines.quads[index], page_lines.matrix)
    return angle is not None and abs(angle) > SLANT
