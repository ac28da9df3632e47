"""What a photograph is like, as the reading publishes it."""

from typing import Final

import numpy as np

from models.reading.document import DocumentKind, Quad, Quality
from tasks.reading.files.decode import Pixels
from tasks.reading.segmentation.find_page import PageOutline
from tasks.reading.signals.look import SignalMeasures
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.thresholds import BLURRED, COLOURLESS, COLOURLESS_CARD

WITH_SEAL: Final = frozenset(
    {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER, DocumentKind.BIRTH_CERTIFICATE}
)
_LOOKED_FOR: Final = WITH_SEAL | {DocumentKind.KINSHIP_NOTARIAL}
"""Where a seal is looked for; on a notarial certificate nothing is said of one that is missing,
but only one that is seen lets the certificate prove anything alone."""
COLOURED_CARDS: Final = frozenset({DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM})


def measure(scene: PictureScene, look: SignalMeasures, *, rotation: int, scale: float) -> Quality:
    """The signals of one page.

    Args:
        scene: The upright picture.
        look: What was seen on it.
        rotation: Quarter turns undone, degrees.
        scale: Pixels of the upload for one pixel of the scene's image.
    """
    heights = sorted(_height(quad) for quad in scene.quads)
    return Quality(
        blur=max(0.0, look.blur),
        glare=min(1.0, look.light.glare),
        glyph_height_px=round(heights[len(heights) // 2] * scale, 1) if heights else 0.0,
        rotation=rotation,
        corners_visible=corners_inside(scene.image, scene.quads, scene.page),
        seal=_seal(scene, look),
        colour=look.seal is True or look.liveliness >= _least_colour(scene.kind),
    )


def _least_colour(kind: DocumentKind) -> float:
    return COLOURLESS_CARD if kind in COLOURED_CARDS else COLOURLESS


def _seal(scene: PictureScene, look: SignalMeasures) -> bool | None:
    """Whether a red seal is seen; None where none belongs, or where all is a blur."""
    if scene.kind not in _LOOKED_FOR:
        return None
    return None if look.seal is False and look.blur >= BLURRED else look.seal


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


_AT_BORDER: Final = 0.004  # of the long side


def _height(quad: Quad) -> float:
    (ax, ay), _, _, (dx, dy) = quad
    return float(np.hypot(dx - ax, dy - ay))
