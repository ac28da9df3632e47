"""Measure a photograph: every signal, and the quality that a reading publishes."""

from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Quad, Quality
from tasks.reading.files.picture import Pixels
from tasks.reading.kinds.spec import Coloured, Seal
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.signals.colour import find_seal, liveliness
from tasks.reading.signals.photograph import LightMeasures, measure_blur, measure_light
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.tampering import PORTRAIT, measure_lattice, portrait_stillness, stillness
from tasks.reading.signals.thresholds import (
    BLURRED,
    COLOURLESS,
    COLOURLESS_CARD,
    STILL,
    STILL_PORTRAIT,
)

_AT_BORDER: Final = 0.004  # of the long side


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


def measure_signals(scene: PictureScene) -> SignalMeasures:
    """Take every look."""
    return SignalMeasures(
        measure_blur(scene),
        measure_light(scene),
        liveliness(scene),
        find_seal(scene),
        measure_lattice(scene),
        still_places(scene),
    )


def still_places(scene: PictureScene) -> tuple[str, ...]:
    """What looks painted over or pasted in: names of fields, and of the portrait."""
    found = [name for name, value in stillness(scene).items() if value >= STILL]
    portrait = portrait_stillness(scene)
    if portrait is not None and portrait >= STILL_PORTRAIT:
        found.append(PORTRAIT)
    return tuple(found)


def measure_quality(
    scene: PictureScene, measures: SignalMeasures, *, rotation: int, scale: float
) -> Quality:
    """The signals of one page.

    Args:
        scene: The upright picture.
        measures: What was seen on it.
        rotation: Quarter turns undone, degrees.
        scale: Pixels of the upload for one pixel of the scene's image.
    """
    heights = sorted(_line_height(quad) for quad in scene.quads)
    return Quality(
        blur=max(0.0, measures.blur),
        glare=min(1.0, measures.light.glare),
        glyph_height_px=round(heights[len(heights) // 2] * scale, 1) if heights else 0.0,
        rotation=rotation,
        corners_visible=corners_inside(scene.image, scene.quads, scene.page),
        seal=_seal(scene, measures),
        colour=measures.seal is True or measures.liveliness >= _least_colour(scene),
    )


def _least_colour(scene: PictureScene) -> float:
    return COLOURLESS_CARD if scene.spec.coloured is Coloured.CARD else COLOURLESS


def _seal(scene: PictureScene, measures: SignalMeasures) -> bool | None:
    """Whether a red seal is seen; None where none belongs, or where all is a blur."""
    if scene.spec.seal is Seal.NOT_ASKED:
        return None
    return None if measures.seal is False and measures.blur >= BLURRED else measures.seal


def corners_inside(image: Pixels, quads: tuple[Quad, ...], page: PageOutline | None = None) -> int:
    """How many corners of the page lie in the picture.

    Args:
        image: The picture.
        quads: Its lines of text.
        page: The paper where its edges were seen. Where they were not, only text that runs into
            a border proves that something is missing: a page that fills the picture to its margins
            shows no corner and loses no text.
    """
    height, width = image.shape[:2]
    if page is not None:
        return page.corners
    near = _AT_BORDER * max(height, width)
    points = np.array(quads, np.float64).reshape(-1, 2)
    if not len(points):
        return 4
    (left, top), (right, bottom) = (
        points.min(0) <= near,
        points.max(0)
        >= (
            width - near,
            height - near,
        ),
    )
    lost = (left or top, right or top, right or bottom, left or bottom)
    return 4 - sum(bool(corner) for corner in lost)


def _line_height(quad: Quad) -> float:
    (ax, ay), _, _, (dx, dy) = quad
    return float(np.hypot(dx - ax, dy - ay))
