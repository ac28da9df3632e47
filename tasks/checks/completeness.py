"""Whether every paper is there that the policy asks of such an application.

A paper that was uploaded and could not be recognised may be the missing one: then nobody is told
that it is missing, and a person looks.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.application import PersonRole
from models.document import DocumentKind
from models.finding import Finding, Verdict, finding
from models.policy import AgeGroup, EvidenceSet, RequiredPaper
from models.reason import Code
from tasks.checks.case import PASS, UNSETTLED, Answer, Case, answer, check, filed, seen, subject_of
from tasks.papers import Paper


class _Wanted(NamedTuple):
    """How a required paper is recognised, and what its absence is called."""

    kind: DocumentKind
    role: PersonRole | None
    code: Code


_APPLICANT, _MEMBER = PersonRole.APPLICANT, PersonRole.MEMBER
_WANTED: Final = MappingProxyType(
    {
        RequiredPaper.MEMBER_ID_CARD_PORTRAIT: _Wanted(
            DocumentKind.ID_CARD_PORTRAIT, _MEMBER, Code.D01
        ),
        RequiredPaper.MEMBER_ID_CARD_EMBLEM: _Wanted(
            DocumentKind.ID_CARD_EMBLEM, _MEMBER, Code.D02
        ),
        RequiredPaper.APPLICANT_HUKOU_PAGE: _Wanted(
            DocumentKind.HUKOU_MEMBER, _APPLICANT, Code.D10
        ),
        RequiredPaper.MEMBER_HUKOU_PAGE: _Wanted(DocumentKind.HUKOU_MEMBER, _MEMBER, Code.D11),
        RequiredPaper.BIRTH_CERTIFICATE: _Wanted(DocumentKind.BIRTH_CERTIFICATE, None, Code.D20),
        RequiredPaper.MARRIAGE_CERTIFICATE: _Wanted(
            DocumentKind.MARRIAGE_CERTIFICATE, None, Code.D20
        ),
        RequiredPaper.KINSHIP_NOTARIAL: _Wanted(DocumentKind.KINSHIP_NOTARIAL, None, Code.D20),
        RequiredPaper.SELFIE: _Wanted(DocumentKind.SELFIE, _MEMBER, Code.P02),
        RequiredPaper.INSURANCE_CERTIFICATE: _Wanted(
            DocumentKind.INSURANCE_CERTIFICATE, _MEMBER, Code.D31
        ),
        RequiredPaper.INCAPACITY_CERTIFICATE: _Wanted(
            DocumentKind.INCAPACITY_CERTIFICATE, _MEMBER, Code.D30
        ),
    }
)


@check
def required_papers_are_there(case: Case) -> Answer:
    """Everything that the evidence set for this age, product, method and route asks for."""
    wanted = _evidence_set(case)
    if wanted is None:
        return UNSETTLED
    missing = [paper for paper in wanted.all_of if not _found(case, paper)]
    chosen = _nearest_set(case, wanted.one_set_of)
    missing += [paper for paper in chosen if not _found(case, paper)]
    nothing_begun = bool(chosen) and not any(_found(case, paper) for paper in chosen)
    codes = [Code.D20] if nothing_begun else []
    codes += [_WANTED[p].code for p in missing if not (nothing_begun and p in chosen)]
    return answer(_missing(case, codes, missing))


def _evidence_set(case: Case) -> EvidenceSet | None:
    group, form = case.member_group, case.application
    if group is None:
        return None
    sets = case.policy.evidence.sets
    return next(
        (
            s
            for s in sets
            if s.fits(group, form.product, form.binding_method, form.identity_route)
        ),
        None,
    )


def _found(case: Case, paper: RequiredPaper) -> tuple[Paper, ...]:
    kind, role, _ = _WANTED[paper]
    return case.papers.of(kind, role) if role else case.papers.of_kind(kind)


def _nearest_set(
    case: Case, sets: tuple[tuple[RequiredPaper, ...], ...]
) -> tuple[RequiredPaper, ...]:
    """The set that lacks least, and of those the one of which most is there."""

    def lacks(one: tuple[RequiredPaper, ...]) -> tuple[int, int]:
        there = sum(bool(_found(case, paper)) for paper in one)
        return (0 if there == len(one) else 1, -there)

    return min(sets, key=lacks, default=())


def _missing(
    case: Case, codes: Iterable[Code], papers: Iterable[RequiredPaper]
) -> Iterable[Finding]:
    kinds = {_WANTED[p].kind for p in papers}
    candidates = unrecognised(case, kinds)
    for code in dict.fromkeys(codes):
        if candidates:
            yield finding(
                code, *(seen(p) for p in candidates), verdict=Verdict.CANNOT_TELL
            )
        else:
            yield finding(code, filed("documents"), subject=_subject(code))


def _subject(code: Code) -> None | object:
    return None


def unrecognised(case: Case, kinds: Iterable[DocumentKind]) -> tuple[Paper, ...]:
    """Uploaded papers that may be of one of these kinds but could not be recognised as anybody's.

    An unclear picture of unknown kind may be anything; a paper of the right kind whose bearer
    could not be made out may be the one; a picture that clearly shows something else is neither.
    """
    wanted = set(kinds)
    return tuple(p for p in case.papers.all if _may_be(case, p, wanted))


def _may_be(case: Case, paper: Paper, kinds: set[DocumentKind]) -> bool:
    sure_of_kind = paper.reading.kind_confidence >= case.policy.reading.confidence.kind
    if paper.kind in kinds:
        nobody_s = paper.meant_for is None and not paper.sure
        return nobody_s and not case.trusts(paper, "name")
    return not sure_of_kind
