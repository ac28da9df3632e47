"""The two faces, how near they are, and how far that can be believed."""

from typing import NamedTuple

from models.faces.face_verdict import FaceThresholds, FaceVerdict
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from tasks.identity.assign_documents import AssignedDocuments
from tasks.reviewing.corrections.recheck import Recheck


class FacePairView(NamedTuple):
    """What the page shows of the comparison.

    Attributes:
        selfie: The paper's number; None where no face was cut out.
        portrait: The member's portrait.
        applicant: The applicant's portrait.
        portrait_from: First day of the card's term, which tells the portrait's age.
    """

    verdict: FaceVerdict
    thresholds: FaceThresholds
    selfie: int | None
    portrait: int | None
    applicant: int | None
    portrait_from: str


def face_pair(rechecked: Recheck) -> FacePairView | None:
    """The pair of a case; None where no faces were asked for and none were cut out."""
    verdict = rechecked.dossier.face
    papers = rechecked.papers
    selfie = _place(papers, DocumentKind.SELFIE, None)
    portrait = _place(papers, DocumentKind.ID_CARD_PORTRAIT, PersonRole.MEMBER)
    if verdict is None or (selfie is None and not verdict.compared):
        return None
    return FacePairView(
        verdict=verdict,
        thresholds=rechecked.policy.face.thresholds,
        selfie=selfie,
        portrait=portrait,
        applicant=_place(papers, DocumentKind.ID_CARD_PORTRAIT, PersonRole.APPLICANT),
        portrait_from=_valid_from(papers),
    )


def _place(papers: AssignedDocuments, kind: DocumentKind, role: PersonRole | None) -> int | None:
    return next(
        (
            number
            for number, paper in enumerate(papers.all)
            if paper.kind is kind
            and paper.reading.portrait
            and (role is None or paper.meant_for is role)
        ),
        None,
    )


def _valid_from(papers: AssignedDocuments) -> str:
    emblems = papers.of(DocumentKind.ID_CARD_EMBLEM, PersonRole.MEMBER)
    return next((p.reading.value("valid_from") or "" for p in emblems), "")
