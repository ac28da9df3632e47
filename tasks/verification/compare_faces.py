"""Step three: is the person of the selfie the person of the member's card?"""

from models.audit.event import EventTag
from models.cases.case_round import Stage
from models.decision.decision import Dossier
from models.faces.face_verdict import FaceVerdict
from models.intake.application import Application, PersonRole
from models.reading.document import DocumentKind
from storage.bootstrap import Repositories
from tasks.faces.face_pair import face_bands
from tasks.faces.match_faces import match_faces
from tasks.identity.assign_documents import AssignedDocument, AssignedDocuments, sort_papers
from tasks.rounds.round_context import HandedOn, RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import face_key
from tasks.verification.face_permit import reason_not_to_compare


def compare_faces(repositories: Repositories, round_id: str, readings: str) -> str | None:
    """Compare the faces of a round where that is due and allowed; keep the verdict only.

    Args:
        repositories: Where everything is kept.
        round_id: The round.
        readings: Digest of what reading kept.

    Returns:
        The digest of the verdict; None for a form that cannot be judged.
    """
    context = RoundContext.load(repositories, round_id, HandedOn(readings=readings))
    application, digest = context.arrival.application, None
    if application is not None:
        verdict, digest = repositories.archive.find_or_keep(
            face_key(round_id), FaceVerdict, lambda: _verdict(context, application)
        )
        record_event(
            repositories,
            context.round,
            EventTag.SELFIE_COMPARED,
            {
                "compared": verdict.compared,
                "band": verdict.band.value if verdict.band else "",
                "score": round(verdict.score or 0.0, 4),
                "engine": verdict.engine,
                "thresholds": verdict.thresholds,
                "reason": verdict.reason or "",
                "liveness": verdict.liveness,
            },
        )
    repositories.cases.advance(round_id, Stage.MATCHED)
    return digest


def _verdict(context: RoundContext, application: Application) -> FaceVerdict:
    policy = context.policy
    forbidden = reason_not_to_compare(application, policy)
    if forbidden:
        return FaceVerdict(compared=False, reason=forbidden)
    dossier = Dossier(application=application, readings=context.readings.papers)
    papers = sort_papers(dossier, policy.reading)
    selfie = _face(papers.of_kind(DocumentKind.SELFIE))
    member = _face(papers.of(DocumentKind.ID_CARD_PORTRAIT, PersonRole.MEMBER))
    if selfie is None or member is None:
        return FaceVerdict(
            compared=False,
            reason="no selfie" if selfie is None else "no portrait of the member",
            faces=_faces(papers),
        )
    applicant = _face(papers.of(DocumentKind.ID_CARD_PORTRAIT, PersonRole.APPLICANT))
    others = [
        paper.reading.portrait
        for paper in papers.of_kind(DocumentKind.ID_CARD_PORTRAIT)
        if paper.reading.portrait not in {None, member, applicant}
        and not (paper.sure and paper.meant_for is PersonRole.MEMBER)
    ]
    fetch = context.repositories.archive.get_bytes
    return match_faces(
        fetch(selfie),
        fetch(member),
        applicant_portrait=fetch(applicant) if applicant else None,
        other_portraits=tuple(fetch(key) for key in others if key),
        thresholds=face_bands(application, papers, policy).thresholds,
        faces=_faces(papers),
    )


def _face(papers: tuple[AssignedDocument, ...]) -> str | None:
    """The object key of the first cut-out face."""
    return next((p.reading.portrait for p in papers if p.reading.portrait), None)


def _faces(papers: AssignedDocuments) -> int | None:
    """How many faces the selfie shows."""
    counts = [p.reading.faces for p in papers.of_kind(DocumentKind.SELFIE)]
    return next((count for count in counts if count is not None), None)
