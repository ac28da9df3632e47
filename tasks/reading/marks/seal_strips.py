"""The rims of an upright page's seals that are large enough to be read, as level strips."""

from typing import Final

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.marks.round_seal import SealOutline, find_rims, unrolled

RINGS: Final = ((0.62, 0.95), (0.64, 0.96))
"""Between which shares of the radius the words stand. Of four pairs of rings that were tried on 40
photographed pages, these read 27 alike, the others 23 to 26."""
OTHER_RINGS: Final = ((0.58, 0.92), (0.55, 0.97))
"""Tried where those name no station, as words do that lie a little off."""
_SEALS: Final = 2
"""So many seals of one paper are looked at: a cover bears the province's and the station's."""
_LETTER: Final = 14.0
"""Pixels of the picture below which a letter of the rim is not looked at."""
_OF_RADIUS: Final = 0.27  # a letter's height


def legible_rims(
    image: Pixels, small: Pixels, small_quads: tuple[Quad, ...]
) -> tuple[SealOutline, ...]:
    """The rims whose letters may be read, the plainest first, in pixels of `image`.

    Args:
        image: The upright page.
        small: The same, reduced.
        small_quads: Its printed lines, in pixels of `small`.
    """
    scale = image.shape[1] / small.shape[1]
    rims = (rim.scaled(scale) for rim in find_rims(small, small_quads)[:_SEALS])
    return tuple(rim for rim in rims if rim.axes[0] / 2 * _OF_RADIUS >= _LETTER)


def rim_strips(
    image: Pixels, rim: SealOutline, rings: tuple[tuple[float, float], ...]
) -> tuple[Pixels, ...]:
    """The words along a rim, unrolled between each pair of shares of the radius."""
    return tuple(unrolled(image, rim, low, high) for low, high in rings)
