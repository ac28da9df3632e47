"""The papers that a policy may ask for: how each is recognised among those that were handed in."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.checks.reason import Reason
from models.intake.application import PersonRole
from models.kinship.claim import APPLICANT, MEMBER
from models.policy.proof_rules import RequiredPaper
from models.reading.document import DocumentKind
from tasks.checks.check_context import CheckContext
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.similarity import Similarity, compare_names


class WantedPaper(NamedTuple):
    """How a required paper is recognised, and what its absence is called."""

    kind: DocumentKind
    role: PersonRole | None
    code: Reason


RELATION_PAPERS: Final = frozenset(
    {
        DocumentKind.BIRTH_CERTIFICATE,
        DocumentKind.HUKOU_MEMBER,
        DocumentKind.KINSHIP_NOTARIAL,
        DocumentKind.MARRIAGE_CERTIFICATE,
    }
)
_APPLICANT, _MEMBER = PersonRole.APPLICANT, PersonRole.MEMBER
WANTED: Final = MappingProxyType(
    {
        RequiredPaper.MEMBER_ID_CARD_PORTRAIT: WantedPaper(
            DocumentKind.ID_CARD_PORTRAIT, _MEMBER, Reason.PORTRAIT_SIDE_MISSING
        ),
        RequiredPaper.MEMBER_ID_CARD_EMBLEM: WantedPaper(
            DocumentKind.ID_CARD_EMBLEM, _MEMBER, Reason.EMBLEM_SIDE_MISSING
        ),
        RequiredPaper.APPLICANT_HUKOU_PAGE: WantedPaper(
            DocumentKind.HUKOU_MEMBER, _APPLICANT, Reason.APPLICANT_HUKOU_PAGE_MISSING
        ),
        RequiredPaper.MEMBER_HUKOU_PAGE: WantedPaper(
            DocumentKind.HUKOU_MEMBER, _MEMBER, Reason.MEMBER_HUKOU_PAGE_MISSING
        ),
        RequiredPaper.BIRTH_CERTIFICATE: WantedPaper(
            DocumentKind.BIRTH_CERTIFICATE, None, Reason.RELATIONSHIP_PROOF_MISSING
        ),
        RequiredPaper.MARRIAGE_CERTIFICATE: WantedPaper(
            DocumentKind.MARRIAGE_CERTIFICATE, None, Reason.RELATIONSHIP_PROOF_MISSING
        ),
        RequiredPaper.KINSHIP_NOTARIAL: WantedPaper(
            DocumentKind.KINSHIP_NOTARIAL, None, Reason.RELATIONSHIP_PROOF_MISSING
        ),
        RequiredPaper.SELFIE: WantedPaper(DocumentKind.SELFIE, _MEMBER, Reason.NOT_ONE_FACE),
        RequiredPaper.INSURANCE_CERTIFICATE: WantedPaper(
            DocumentKind.INSURANCE_CERTIFICATE, _MEMBER, Reason.INSURANCE_CERTIFICATE_MISSING
        ),
        RequiredPaper.INCAPACITY_CERTIFICATE: WantedPaper(
            DocumentKind.INCAPACITY_CERTIFICATE, _MEMBER, Reason.INCAPACITY_CERTIFICATE_MISSING
        ),
    }
)

KINDS_OF: Final = MappingProxyType(
    {code: frozenset(w.kind for w in WANTED.values() if w.code is code) for code in Reason}
    | {Reason.RELATIONSHIP_PROOF_MISSING: RELATION_PAPERS}
)


def found_papers(case: CheckContext, paper: RequiredPaper) -> tuple[AssignedDocument, ...]:
    """What was handed in as this paper."""
    kind, role, _ = WANTED[paper]
    if role:
        return case.papers.of(kind, role)
    return tuple(p for p in case.papers.of_kind(kind) if _concerns(p))


def _concerns(paper: AssignedDocument) -> bool:
    """Whether a certificate is about one of the two, as far as it names people who can be told.

    A notarial certificate is read by a person; it counts as there.
    """
    named = {paper.person, *paper.parents, *paper.spouses}
    is_theirs = paper.meant_for is not None or bool(named & {APPLICANT, MEMBER})
    return is_theirs or paper.kind is DocumentKind.KINSHIP_NOTARIAL


def unrecognised(case: CheckContext, kinds: Iterable[DocumentKind]) -> tuple[AssignedDocument, ...]:
    """Uploaded papers that may be of one of these kinds but could not be recognised as anybody's.

    An unclear picture of unknown kind may be anything; a paper of the right kind whose bearer
    could not be made out may be the one; a picture that clearly shows something else is neither.
    """
    wanted = set(kinds)
    return tuple(p for p in case.papers.all if _may_be(case, p, wanted))


def _may_be(case: CheckContext, paper: AssignedDocument, kinds: set[DocumentKind]) -> bool:
    sure_of_kind = paper.reading.kind_confidence >= case.policy.reading.confidence.kind
    if paper.kind in kinds:
        nobody_s = paper.meant_for is None and not paper.sure
        return nobody_s and (not case.trusts(paper, "name") or _bears_a_stated_name(case, paper))
    return not sure_of_kind


def _bears_a_stated_name(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether it is one of the two by name, which alone does not say which (namesakes)."""
    read = paper.reading.value("name") or ""
    return any(
        stated is not None and compare_names(read, stated) is not Similarity.DIFFERENT
        for stated in (case.stated(role).name for role in PersonRole)
    )


def other_proof_is_offered(case: CheckContext) -> bool:
    """Whether a certificate beside the book was handed in, even if it could not be made out.

    Who has sent one is not asked for one: a person reads it first.
    """
    certificates = RELATION_PAPERS - {DocumentKind.HUKOU_MEMBER}
    return any(p.kind in certificates for p in case.papers.all)
