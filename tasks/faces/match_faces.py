"""Is the person of the selfie the person of the portrait, and nobody else of the case?"""

from typing import Final, NamedTuple

import cv2
import numpy as np

from models.errors import MissingPartError
from models.faces.face_verdict import FaceBand, FaceThresholds, FaceVerdict
from tasks.faces.copied import is_copied
from tasks.faces.crop import sharpness
from tasks.faces.dlib_face import DlibEngine, dlib_engine
from tasks.faces.sface import Pixels, SFaceEngine, sface_engine

SMALL_SIDE: Final = 560
"""Pixels to which the shorter side of a smaller picture is enlarged before its face is found.

On printed portraits of 80 and 110 px the nearness of the right person and of relatives lies
further apart than at 330 px (d' 2.53 against 2.45, and 2.84 against 2.77; 82 right pairs, 188
relatives of the rendered gallery): `python -m benchmarks.faces.printed_faces`.
"""


class _Aligned(NamedTuple):
    """A picture's largest face, as both engines want it."""

    image: Pixels
    face: Pixels


def match_faces(
    selfie: bytes,
    member_portrait: bytes,
    *,
    thresholds: FaceThresholds,
    applicant_portrait: bytes | None = None,
    other_portraits: tuple[bytes, ...] = (),
    faces: int | None = None,
) -> FaceVerdict:
    """Compare a selfie with the member's portrait, and with every other portrait of the case.

    The likeliest impostor is the applicant, then another relative: the selfie must be nearer to
    the member's portrait than to any of theirs by a margin. A selfie that is nearly the portrait
    itself is probably a picture of the card. The second engine is evidence near the threshold:
    it can stop a score that hardly clears it, and carry one that hardly misses it.

    Args:
        selfie: The cut-out face, any picture format.
        member_portrait: The face cut from the member's card.
        thresholds: The bands in force.
        applicant_portrait: The face cut from the applicant's card, where there is one.
        other_portraits: Every further portrait of the case.
        faces: How many faces the whole selfie showed.
    """
    rivals = (applicant_portrait, *other_portraits)
    try:
        engine = sface_engine()
    except MissingPartError:
        return _by_second_engine(selfie, member_portrait, rivals, thresholds, faces)
    seen, expected = _aligned(engine, selfie), _aligned(engine, member_portrait)
    if seen is None or expected is None:
        which = "selfie" if seen is None else "portrait"
        return FaceVerdict(
            compared=False, reason=f"no face in the {which}", faces=faces, engine=engine.name
        )
    score = engine.compare(seen.face, expected.face)
    against = [_score(engine, seen, rival) for rival in rivals]
    nearest = max((value for value in against if value is not None), default=None)
    copied = is_copied(seen.face, expected.face, score, thresholds)
    distance = _second_opinion(seen.image, expected.image)
    band, reason = band_of(score, nearest, thresholds, distance, copied=copied)
    return FaceVerdict(
        compared=True,
        score=score,
        score_to_applicant=against[0],
        band=band,
        engine=engine.name,
        thresholds=thresholds.version,
        copied_portrait=copied,
        second_distance=distance,
        faces=faces,
        sharpness=sharpness(seen.face),
        reason=reason,
    )


def band_of(
    score: float,
    rival: float | None,
    thresholds: FaceThresholds,
    distance: float | None,
    *,
    copied: bool,
) -> tuple[FaceBand, str | None]:
    """The band, and why it was lowered where it was."""
    if score < thresholds.mismatch:
        return FaceBand.MISMATCH, None
    if score < _needed(thresholds, distance):
        return FaceBand.UNSURE, None
    if copied:
        return FaceBand.UNSURE, "the selfie is nearly the portrait itself"
    if rival is not None and score - rival < thresholds.margin:
        return FaceBand.UNSURE, "another person of the case is as near"
    if _stopped(score, thresholds, distance):
        return FaceBand.UNSURE, "the second engine disagrees"
    return FaceBand.MATCH, None


def _needed(thresholds: FaceThresholds, distance: float | None) -> float:
    """The least score of a match; less where the second engine would match by itself."""
    carried = distance is not None and distance <= thresholds.fallback_distance
    return thresholds.match - thresholds.lift if carried else thresholds.match


def _stopped(score: float, thresholds: FaceThresholds, distance: float | None) -> bool:
    """Whether the second engine's disagreement counts: only near the threshold."""
    near = score < thresholds.match + thresholds.second_reach
    return near and distance is not None and distance > thresholds.second_distance


def _score(engine: SFaceEngine, seen: _Aligned, portrait: bytes | None) -> float | None:
    other = _aligned(engine, portrait) if portrait else None
    return engine.compare(seen.face, other.face) if other else None


def _aligned(engine: SFaceEngine, content: bytes) -> _Aligned | None:
    image = _decoded(content)
    if image is None:
        return None
    found = engine.find(image)
    return _Aligned(image, engine.align(image, found[0])) if found else None


def _decoded(content: bytes) -> Pixels | None:
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        # It raises for an empty upload and for a picture that claims an absurd size.
        return None
    if image is None:
        return None
    scale = max(1.0, SMALL_SIDE / min(image.shape[:2]))
    enlarged = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(enlarged, np.uint8)


def _second_opinion(one: Pixels, other: Pixels) -> float | None:
    try:
        return dlib_engine().distance(one, other)
    except MissingPartError:
        return None


def _by_second_engine(
    selfie: bytes,
    portrait: bytes,
    rivals: tuple[bytes | None, ...],
    thresholds: FaceThresholds,
    faces: int | None,
) -> FaceVerdict:
    """Without the first engine: a strict match by the second one, or a person."""
    try:
        engine = dlib_engine()
    except MissingPartError:
        return FaceVerdict(compared=False, reason="no face engine is installed", faces=faces)
    distance = _distance(engine, selfie, portrait)
    if distance is None:
        return FaceVerdict(compared=False, reason="no face found", faces=faces, engine=engine.name)
    against = [_distance(engine, selfie, rival) for rival in rivals if rival]
    nearest = min((value for value in against if value is not None), default=None)
    clear = nearest is None or nearest - distance >= thresholds.margin
    match = clear and distance <= thresholds.fallback_distance
    return FaceVerdict(
        compared=True,
        second_distance=distance,
        band=FaceBand.MATCH if match else FaceBand.UNSURE,
        engine=engine.name,
        thresholds=thresholds.version,
        faces=faces,
        reason="the first face engine is missing",
    )


def _distance(engine: DlibEngine, selfie: bytes, portrait: bytes) -> float | None:
    one, other = _decoded(selfie), _decoded(portrait)
    return engine.distance(one, other) if one is not None and other is not None else None
