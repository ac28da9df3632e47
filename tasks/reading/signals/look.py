"""All looks at one picture, taken together."""

from typing import NamedTuple

from tasks.reading.signals.blur import look_at_blur
from tasks.reading.signals.colour import liveliness
from tasks.reading.signals.lattice import look_for_lattice
from tasks.reading.signals.light import LightMeasures, look_at_light
from tasks.reading.signals.patches import PORTRAIT, portrait_stillness, stillness
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.seal import find_seal
from tasks.reading.signals.thresholds import STILL, STILL_PORTRAIT


class SignalMeasures(NamedTuple):
    """What was seen on a picture.

    Attributes:
        blur: 0 sharp to 1 unreadable.
        light: Reflections and darkness.
        liveliness: How far the paper's coloured parts lie from its ground, grey levels.
        seal: Whether a red seal is on the paper; None where that cannot be told.
        lattice: How far a fine repetition stands out, decibels.
        still: Fields, and the portrait, whose ground lacks the grain of the ground around.
    """

    blur: float
    light: LightMeasures
    liveliness: float
    seal: bool | None
    lattice: float
    still: tuple[str, ...]


def look_at(scene: PictureScene) -> SignalMeasures:
    """Take every look."""
    return SignalMeasures(
        look_at_blur(scene),
        look_at_light(scene),
        liveliness(scene),
        find_seal(scene),
        look_for_lattice(scene),
        still_places(scene),
    )


def still_places(scene: PictureScene) -> tuple[str, ...]:
    """What looks painted over or pasted in: names of fields, and of the portrait."""
    found = [name for name, value in stillness(scene).items() if value >= STILL]
    portrait = portrait_stillness(scene)
    if portrait is not None and portrait >= STILL_PORTRAIT:
        found.append(PORTRAIT)
    return tuple(found)
