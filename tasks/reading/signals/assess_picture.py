"""Measure a photograph, give its quality, and say what is wrong with it.

A fault of the photograph is told only where something on it was not read surely. No signal proves
anything: each is a doubt that a person settles, or a request for a new picture.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind, FieldReading, Quad, Quality
from tasks.reading.confidence.weigh_fields import reaches_the_edge
from tasks.reading.files.picture import Pixels
from tasks.reading.kinds.spec import Coloured, Seal
from tasks.reading.layout.overlay_words import has_overlay
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.signals.colour import find_seal, liveliness
from tasks.reading.signals.photograph import (
    LightMeasures,
    covered_area,
    covered_share,
    measure_blur,
    measure_light,
)
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.tampering import PORTRAIT, measure_lattice, portrait_stillness, stillness
from tasks.reading.signals.thresholds import (
    BLURRED,
    COLOURLESS,
    COLOURLESS_CARD,
    COVERED,
    DARK,
    GLARE,
    GLARE_ON_FIELD,
    LATTICE,
    SMALL_GLYPHS,
    STILL,
    STILL_PORTRAIT,
    SURE_READING,
)

_TEXT_AT_BORDER: Final = 0.004  # of the long side


class SignalMeasures(NamedTuple):
    """What was seen on a picture.

    Attributes:
        blur: 0 sharp to 1 unreadable.
        light: Reflections and darkness.
        liveliness: How far the paper's coloured parts lie from its ground, grey levels.
        seal: Whether a red seal is on the paper; None where that cannot be told.
        lattice: How far a fine repetition stands out, decibels; 0 where it would tell nothing.
        still: Fields, and the portrait, whose ground lacks the grain of the ground around.
    """

    blur: float
    light: LightMeasures
    liveliness: float
    seal: bool | None
    lattice: float
    still: tuple[str, ...]


def measure_signals(scene: PictureScene) -> SignalMeasures:
    """Measure every signal of a picture that its kind of paper can give."""
    still = still_places(scene)
    return SignalMeasures(
        measure_blur(scene),
        measure_light(scene),
        liveliness(scene),
        find_seal(scene),
        measure_lattice(scene) if scene.spec.original_only or still else 0.0,
        still,
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
    near = _TEXT_AT_BORDER * max(height, width)
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


THIS_PICTURE: Final = ""
"""Stands for the file's name in evidence until the file is known."""

_WITHOUT_A_PAGE: Final = frozenset({DocumentKind.SELFIE, DocumentKind.OTHER})
"""Photographs of no paper."""

_AT_BORDER: Final = 0.02  # of the picture's longer side
_BLANK: Final = 0.5
"""From this confidence on, a field without a value was seen to be blank."""


def signal_findings(
    scene: PictureScene, measures: SignalMeasures, quality: Quality
) -> tuple[Finding, ...]:
    """Everything that is to be said about a picture."""
    found: list[Finding] = []
    if min((f.confidence for f in scene.fields.values()), default=0.0) < SURE_READING:
        found.extend(_faults_of_the_picture(scene, measures, quality))
    found.extend(_doubts_about_the_paper(scene, measures, quality))
    return tuple(found)


def _faults_of_the_picture(
    scene: PictureScene, measures: SignalMeasures, quality: Quality
) -> Iterator[Finding]:
    if quality.blur >= BLURRED:
        yield _doubt(Reason.PICTURE_BLURRED)
    hidden = hidden_fields(scene, measures)
    if hidden or (quality.glare >= GLARE and not scene.fields) or measures.light.dark >= DARK:
        yield _doubt(Reason.GLARE_OR_DARK, *hidden)
    if 0 < quality.glyph_height_px < SMALL_GLYPHS:
        yield _doubt(Reason.RESOLUTION_TOO_LOW)
    stamped = stamped_fields(scene)
    if scene.kind not in _WITHOUT_A_PAGE and (stamped or _is_incomplete(scene, quality)):
        width = scene.image.shape[1]
        cut = (name for name, field in scene.fields.items() if reaches_the_edge(field, width))
        yield _doubt(Reason.CROPPED_OR_COVERED, *dict.fromkeys((*stamped, *cut)))


def stamped_fields(scene: PictureScene) -> tuple[str, ...]:
    """The fields over which, or beside which, words of a stamp or a watermark were read."""
    return tuple(
        name
        for name, field in scene.fields.items()
        if field.confidence < SURE_READING and has_overlay(field.raw or "")
    )


def _doubts_about_the_paper(
    scene: PictureScene, measures: SignalMeasures, quality: Quality
) -> Iterator[Finding]:
    if scene.spec.seal is Seal.EXPECTED and (not quality.colour or quality.seal is False):
        yield finding(Reason.SEAL_OR_COLOUR_MISSING)
    grey_card = scene.spec.coloured is Coloured.CARD and not quality.colour
    if grey_card or (scene.spec.original_only and measures.lattice >= LATTICE):
        yield _doubt(Reason.SCREEN_OR_COPY)
    if measures.still and _still_for_no_other_reason(scene, measures, quality):
        yield _doubt(Reason.POSSIBLY_EDITED, *measures.still)


def _still_for_no_other_reason(
    scene: PictureScene, measures: SignalMeasures, quality: Quality
) -> bool:
    """A copy or print has lost its grain, which Q04 tells; a finger's skin has more than paper."""
    as_taken = quality.colour and measures.lattice < LATTICE
    return as_taken and covered_area(scene) < COVERED


def _is_incomplete(scene: PictureScene, quality: Quality) -> bool:
    """Whether a part is outside the picture or under a finger; the finger is costly, so last."""
    cut = quality.corners_visible < 4 and any(_may_be_cut(scene, f) for f in scene.fields.values())
    return cut or covered_area(scene) >= COVERED


def _may_be_cut(scene: PictureScene, field: FieldReading) -> bool:
    """Whether a field was not read surely because it was not found or stands at the border."""
    if field.quad is None:
        return field.value is None and field.confidence < _BLANK
    height, width = scene.image.shape[:2]
    near = _AT_BORDER * max(height, width)
    inner = all(near < x < width - near and near < y < height - near for x, y in field.quad)
    return field.confidence < SURE_READING and not inner


def hidden_fields(scene: PictureScene, measures: SignalMeasures) -> tuple[str, ...]:
    """The fields that a reflection covers, and those that it may have kept from being read."""
    if measures.light.glare < GLARE:
        return ()
    return tuple(
        name
        for name, field in scene.fields.items()
        if (
            covered_share(scene, measures.light, field.quad) >= GLARE_ON_FIELD
            if field.quad
            else field.value is None and field.confidence < _BLANK
        )
    )


def _doubt(code: Reason, *fields: str) -> Finding:
    evidence = tuple(Evidence(document=THIS_PICTURE, field=name) for name in fields)
    return finding(code, *evidence, verdict=CheckVerdict.CANNOT_TELL)
