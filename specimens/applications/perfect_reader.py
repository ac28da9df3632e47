"""What a perfect reader would have read: to try the decisions apart from the reading."""

import hashlib
from typing import Any

from models.checks.finding import Evidence, finding
from models.checks.reason import Reason
from models.faces.face_verdict import FaceBand, FaceThresholds, FaceVerdict
from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from specimens.applications.invented_application import InventedApplication

_SURE = 0.99


def perfect_readings(application: InventedApplication) -> tuple[DocumentReading, ...]:
    """Every paper as its truth says; pictures are taken to be good ones."""
    return tuple(
        _reading(name, part, application.files.get(name, b""))
        for name, parts in application.truth["files"].items()
        for part in parts
    )


def perfect_face(
    application: InventedApplication, thresholds: FaceThresholds
) -> FaceVerdict | None:
    """What comparing the selfie with the member's portrait should say; None without a selfie."""
    selfie = next(
        (
            part["conditions"]
            for parts in application.truth["files"].values()
            for part in parts
            if part["kind"] == DocumentKind.SELFIE
        ),
        None,
    )
    if selfie is None:
        return None
    people = int(selfie.get("faces", "1"))
    same = selfie.get("face") == application.truth["faces"]["member"]
    copied = "defect" in selfie
    band = FaceBand.UNSURE if copied else FaceBand.MATCH if same else FaceBand.MISMATCH
    return FaceVerdict(
        compared=people == 1,
        score=0.9 if copied else 0.7 if same else 0.05,
        score_to_applicant=0.1,
        band=band if people == 1 else None,
        engine="perfect",
        thresholds=thresholds.version,
        copied_portrait=copied,
        faces=people,
        sharpness=thresholds.min_sharpness * 4,
    )


def _reading(name: str, part: dict[str, Any], data: bytes) -> DocumentReading:
    conditions = part["conditions"]
    kind = DocumentKind(part["kind"])
    colour = conditions.get("defect") != "photocopy"
    sealed = conditions.get("seal")
    cancelled = finding(Reason.HUKOU_PAGE_CANCELLED, Evidence(document=name))
    return DocumentReading(
        file=name,
        page=part["page"],
        part=part["part"],
        digest=hashlib.sha256(data).hexdigest(),
        kind=kind,
        kind_confidence=_SURE,
        fields={
            field: FieldReading(
                value=value,
                raw=value or "",
                confidence=_SURE,
                long_term=field == "valid_until" and part["long_term"],
            )
            for field, value in part["fields"].items()
        },
        quality=Quality(
            blur=0,
            glare=0,
            glyph_height_px=24,
            corners_visible=4,
            seal=sealed == "yes" and colour if sealed else None,
            colour=colour,
        ),
        faces=int(conditions.get("faces", "1")) if kind is DocumentKind.SELFIE else None,
        findings=(cancelled,) if conditions.get("cancelled") else (),
        engine="perfect",
    )
