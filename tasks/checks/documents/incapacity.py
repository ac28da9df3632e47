"""The certificate of incapacity, which a person always reads."""

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    seen,
    subject_of,
)
from tasks.checks.documents.wanted_papers import found_papers, unrecognised
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none


@check
def incapacity_is_certified(case: CheckContext) -> Answer:
    """A declared incapacity is certified; a person always reads the certificate.

    Also one that nobody declared: whoever cannot act cannot agree by a face, or apply.
    """
    if not case.application.member.incapacitated:
        return _undeclared(case)
    papers = [p for paper in case.policy.evidence.incapacity for p in found_papers(case, paper)]
    papers = papers or list(unrecognised(case, {DocumentKind.INCAPACITY_CERTIFICATE}))
    expired = [p for p in papers if _expired(case, p)]
    if papers and len(expired) == len(papers):
        return answer(
            [
                finding(
                    Reason.INCAPACITY_CERTIFICATE_MISSING,
                    *(seen(p, "issue_date") for p in expired),
                    subject=subject_of(PersonRole.MEMBER),
                )
            ]
        )
    return answer(
        [
            finding(
                Reason.INCAPACITY_CERTIFICATE_MISSING,
                *(tuple(seen(p) for p in papers) or (filed("documents"),)),
                subject=subject_of(PersonRole.MEMBER),
                verdict=CheckVerdict.CANNOT_TELL if papers else CheckVerdict.FAILED,
            )
        ]
    )


def _undeclared(case: CheckContext) -> Answer:
    """Certificates of one of the two, in force, that the form does not speak of."""
    return answer(
        finding(
            Reason.INCAPACITY_CERTIFICATE_MISSING,
            seen(paper),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="申请中没有填写失能，却附有失能证明",
            en="a certificate of incapacity is there, and the form does not speak of one",
        )
        for paper, role in case.papers.people_of(DocumentKind.INCAPACITY_CERTIFICATE)
        if not _expired(case, paper)
    )


def _expired(case: CheckContext, paper: AssignedDocument) -> bool:
    issued = date_or_none(case.trusted(paper, "issue_date"))
    return bool(issued and (case.on - issued).days > case.policy.validity.incapacity_days)
