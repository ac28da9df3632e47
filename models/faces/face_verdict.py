"""The answer to "same person?", in three bands; never about kinship, never a rejection alone."""

from enum import StrEnum

from pydantic import Field

from models.record import Record


class FaceBand(StrEnum):
    """How near two faces are, by thresholds of one engine."""

    MATCH = "match"
    UNSURE = "unsure"
    MISMATCH = "mismatch"


class FaceThresholds(Record):
    """Bands of the face comparison; cosine similarity for SFace, distance for the second engine.

    Attributes:
        version: Names this set in decisions.
        match: At or above: match.
        mismatch: Below: mismatch; between the two a person decides.
        margin: The selfie must be nearer to the member's portrait than to any other by this.
        copied: At or above: the selfie is probably the card's own picture.
        copied_hash_distance: pHash distance (bits) at or below which it is that picture.
        second_distance: The second engine agrees at or below this distance.
        second_reach: A score that clears `match` by this much stands against its disagreement.
        lift: A score that misses `match` by no more than this is a match where the second engine
            alone would match.
        fallback_distance: Alone, the second engine matches at or below this distance.
        min_sharpness: Laplacian variance of the 112 px crop under which to ask again.
    """

    version: str
    match: float = Field(gt=0, le=1)
    mismatch: float = Field(ge=-1, le=1)
    margin: float = Field(ge=0, le=1)
    copied: float = Field(gt=0, le=1)
    copied_hash_distance: int = Field(ge=0, le=64)
    second_distance: float = Field(ge=0)
    second_reach: float = 2.0
    lift: float = 0.0
    fallback_distance: float
    min_sharpness: float


class FaceVerdict(Record):
    """What the face comparison found.

    Attributes:
        compared: False where no comparison was due or possible; `reason` says why.
        score: Selfie to the member's portrait.
        score_to_applicant: Selfie to the applicant's portrait, where there is one.
        band: After thresholds, margin and second opinion; None when not compared.
        engine: Name and version.
        thresholds: Version of the thresholds in force.
        copied_portrait: The selfie is probably a picture of the card's own portrait.
        second_distance: The second engine's distance, where it looked.
        faces: Faces in the selfie.
        sharpness: Laplacian variance of the aligned selfie crop.
        reason: Why not compared, or why the band was lowered; a short English key.
        liveness: A still picture proves none.
    """

    compared: bool
    score: float | None = None
    score_to_applicant: float | None = None
    band: FaceBand | None = None
    engine: str = ""
    thresholds: str = ""
    copied_portrait: bool = False
    second_distance: float | None = None
    faces: int | None = None
    sharpness: float | None = None
    reason: str | None = None
    liveness: str = "not performed"
