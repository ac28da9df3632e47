"""From what was seen on a picture to what is said about it.

A fault of the photograph is told only where something on it was not read surely. No signal proves
anything: each is a doubt that a person settles, or a request for a new picture.
"""

from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind, FieldReading, Quality
from tasks.reading.confidence.weigh_fields import reaches_the_edge
from tasks.reading.kinds.spec import Coloured, Seal
from tasks.reading.signals.measure_picture import SignalMeasures
from tasks.reading.signals.photograph import covered_area, covered_share
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.thresholds import (
    BLURRED,
    COVERED,
    DARK,
    GLARE,
    GLARE_ON_FIELD,
    LATTICE,
    SMALL_GLYPHS,
    SURE_READING,
)

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
    if scene.kind not in _WITHOUT_A_PAGE and _is_incomplete(scene, quality):
        width = scene.image.shape[1]
        cut = (name for name, field in scene.fields.items() if reaches_the_edge(field, width))
        yield _doubt(Reason.CROPPED_OR_COVERED, *cut)


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
