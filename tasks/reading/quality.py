"""What is wrong with a photograph: first of all, with as few false alarms as can be had."""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import DocumentKind, Quad, Quality
from models.finding import Finding, Verdict, finding
from models.reason import Code
from tasks.reading.crops import cut_line, reduced
from tasks.reading.decode import Pixels
from tasks.reading.seals import paper_tint

WITH_SEAL: Final = frozenset(
    {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER, DocumentKind.BIRTH_CERTIFICATE}
)
WITHOUT_A_PAGE: Final = frozenset({DocumentKind.SELFIE, DocumentKind.OTHER})
SMALL_GLYPHS: Final = 14.0  # pixels; under this more than one field in ten is misread
BLURRED: Final = 0.75
BLURRED_UNKNOWN: Final = 0.5
BURNT_OUT: Final = 0.12
DARK: Final = 40.0
COLOURLESS: Final = 6.0  # mean of max-min over the channels; a warm-white lamp alone gives 10
_THUMB: Final = 480


class Look(NamedTuple):
    """Measured on the whole upright picture."""

    glare: float
    brightness: float
    colour: bool
    seal: bool


def measure(
    image: Pixels,
    small: Pixels,
    quads: tuple[Quad, ...],
    *,
    kind: DocumentKind,
    rotation: int,
    scale: float,
) -> Quality:
    """The signals of one page.

    Args:
        image: The upright picture.
        small: The same, reduced.
        quads: Its lines of text.
        kind: What paper it is.
        rotation: Quarter turns undone, degrees.
        scale: Pixels of the upload for one pixel of `image`.
    """
    look = _look(small)
    heights = sorted(_height(quad) for quad in quads)
    return Quality(
        blur=_blur(image, quads),
        glare=look.glare,
        glyph_height_px=round(heights[len(heights) // 2] * scale, 1) if heights else 0.0,
        rotation=rotation,
        corners_visible=corners_inside(image, quads),
        seal=look.seal if kind in WITH_SEAL else None,
        colour=look.colour,
    )


def corners_inside(image: Pixels, quads: tuple[Quad, ...]) -> int:
    """How many corners of the page lie in the picture, by the sides that cut through text.

    A page that fills the picture to its margins shows no corner and loses no text: only text
    that runs into a border proves that something is missing.
    """
    height, width = image.shape[:2]
    near = 0.004 * max(height, width)
    xs = [x for quad in quads for x, _ in quad]
    ys = [y for quad in quads for _, y in quad]
    if not xs:
        return 4
    left, right = min(xs) <= near, max(xs) >= width - near
    top, bottom = min(ys) <= near, max(ys) >= height - near
    lost = (left or top, right or top, right or bottom, left or bottom)
    return 4 - lost.count(True)


def quality_findings(quality: Quality, kind: DocumentKind, weakest: float) -> tuple[Finding, ...]:
    """What to tell about the picture.

    Args:
        quality: Its signals.
        kind: What paper it is.
        weakest: The lowest confidence of a field that was read; a picture whose fields all read
            well is good enough, whatever its signals say.
    """
    found = []
    doubt = Verdict.CANNOT_TELL
    if weakest < 0.8:
        # Of a page that could not even be recognised a milder blur is reason enough to say so.
        if quality.blur >= (BLURRED_UNKNOWN if kind is DocumentKind.OTHER else BLURRED):
            found.append(finding(Code.Q01, verdict=doubt))
        if quality.glare >= BURNT_OUT:
            found.append(finding(Code.Q02, verdict=doubt))
        if 0 < quality.glyph_height_px < SMALL_GLYPHS:
            found.append(finding(Code.Q06, verdict=doubt))
        if quality.corners_visible < 4 and kind not in WITHOUT_A_PAGE:
            found.append(finding(Code.Q03, verdict=doubt))
    if kind in WITH_SEAL and (not quality.colour or quality.seal is False):
        found.append(finding(Code.D14))
    if kind not in WITH_SEAL and not quality.colour and kind is not DocumentKind.OTHER:
        found.append(finding(Code.Q04, verdict=doubt))
    return tuple(found)


def _height(quad: Quad) -> float:
    (ax, ay), _, _, (dx, dy) = quad
    return float(np.hypot(dx - ax, dy - ay))


def _blur(image: Pixels, quads: tuple[Quad, ...]) -> float:
    """From how steep the edges of the glyphs are: 0 sharp to 1 unreadable.

    The steepest step between neighbouring pixels of a 32 pixel high line, against its contrast.
    """
    longest = sorted(quads, key=lambda q: q[0][0] - q[1][0])[:5]
    values = [_softness(cut_line(image, quad, 32)) for quad in longest]
    return round(float(np.median(values)), 3) if values else 0.0


def _softness(strip: Pixels) -> float:
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY).astype(np.float32)
    contrast = float(np.percentile(grey, 98) - np.percentile(grey, 2))
    if contrast < 12:
        return 0.5
    step = float(np.percentile(np.abs(np.diff(grey, axis=1)), 97)) / contrast
    return float(np.clip(1.0 - (step - 0.08) / 0.35, 0.0, 1.0))


def _look(image: Pixels) -> Look:
    small = reduced(image, _THUMB)
    peak = small.max(axis=2).astype(np.int16)
    spread = peak - small.min(axis=2)
    glare = float((small.min(axis=2) >= 253).mean())
    seal = paper_tint(small) is not None
    middle = _middle(spread)
    # A single coloured thing (a seal) proves colour as well as a tinted ground does.
    colour = bool(np.mean(middle) >= COLOURLESS or np.percentile(middle, 99.5) >= 40)
    return Look(round(glare, 3), float(_middle(peak).mean()), colour, seal)


def _middle(values: NDArray[np.int16]) -> NDArray[np.int16]:
    height, width = values.shape
    return values[height // 6 : height * 5 // 6, width // 6 : width * 5 // 6]
