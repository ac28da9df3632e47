"""Whether every paper is there that the policy asks of such an application.

A paper that was uploaded and could not be recognised may be the missing one: then nobody is told
that it is missing, and a person looks.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Finding, Subject, finding
from models.checks.reason import Reason
from models.intake.application import BindingMethod, PersonRole
from models.policy.proof_rules import ProofSet, RequiredPaper
from models.policy.rule_group import AgeGroup
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    PASS,
    UNSETTLED,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    seen,
    subject_of,
)
from tasks.checks.documents.wanted_papers import KINDS_OF, WANTED, found_papers, unrecognised
from tasks.identity.assign_documents import AssignedDocument

_CARD: Final = frozenset({Reason.PORTRAIT_SIDE_MISSING, Reason.EMBLEM_SIDE_MISSING})
_SUBJECTS: Final = MappingProxyType({w.code: subject_of(w.role) for w in WANTED.values() if w.role})


@check
def required_papers_are_there(case: CheckContext) -> Answer:
    """Everything that the evidence set for this age, product, method and route asks for.

    Of a member of exactly 16, whom the published rules put into both groups or into neither, a
    policy may want the papers of both; then a person decides where they are not there.
    """
    if case.member_group is None:
        return _certificate_of_bond(case)
    sets = [_set_for(case, group) for group in _groups(case)]
    if None in sets:
        return UNSETTLED
    lacking = [_lacking(case, wanted) for wanted in sets if wanted]
    missing = [fault for faults, _ in lacking for fault in faults]
    if len(sets) > 1:
        missing = [finding(f.code, *f.evidence, subject=f.subject, verdict=_OPEN) for f in missing]
    return answer(missing, *(seen(p) for _, there in lacking for p in there))


def _certificate_of_bond(case: CheckContext) -> Answer:
    """Whoever is bound by a certificate and has no number is known by that certificate alone.

    Where one was read unsurely, that is told already.
    """
    form, kind = case.application, DocumentKind.BIRTH_CERTIFICATE
    by_certificate = form.binding_method is BindingMethod.BIRTH_CERTIFICATE
    if form.member.id_number or not by_certificate or case.papers.of(kind, PersonRole.MEMBER):
        return UNSETTLED
    others = case.papers.of_kind(kind)
    if any(not case.trusts(paper, "newborn_name") for paper in others):
        return UNSETTLED
    candidates = others or unrecognised(case, {kind})
    number = filed("member.birth_certificate_number", form.member.birth_certificate_number)
    return answer(
        [
            finding(
                Reason.RELATIONSHIP_PROOF_MISSING,
                *(tuple(seen(paper) for paper in candidates) or (number,)),
                subject=subject_of(PersonRole.MEMBER),
                verdict=_OPEN if candidates else CheckVerdict.FAILED,
            )
        ]
    )


_OPEN: Final = CheckVerdict.CANNOT_TELL
_BETWEEN_GROUPS: Final = 16


def _groups(case: CheckContext) -> tuple[AgeGroup, ...]:
    group, both = case.member_group, case.policy.ages.ambiguous_age_action == "both_or_person"
    if group is None:
        return ()
    return tuple(AgeGroup) if both and case.member_age == _BETWEEN_GROUPS else (group,)


def _lacking(
    case: CheckContext, wanted: ProofSet
) -> tuple[tuple[Finding, ...], list[AssignedDocument]]:
    """What is missing of a set, and what of it is there."""
    chosen = _nearest_set(case, wanted.one_set_of)
    begun = any(found_papers(case, paper) for paper in chosen)
    asked = (*wanted.all_of, *(chosen if begun else ()))
    there = frozenset(paper for paper in asked if found_papers(case, paper))
    codes = _codes_of(wanted.all_of, there)
    of_set = _codes_of_set(chosen, there)
    # Whose certificate could not be made out may have sent what another set asks for.
    kinds = {WANTED[paper].kind for one in wanted.one_set_of for paper in one}
    missing = (*_missing(case, codes), *_missing(case, of_set, kinds))
    return missing, [p for paper in asked for p in found_papers(case, paper)]


def _codes_of(
    papers: Iterable[RequiredPaper], there: Collection[RequiredPaper]
) -> tuple[Reason, ...]:
    return tuple(WANTED[paper].code for paper in papers if paper not in there)


def _codes_of_set(
    chosen: tuple[RequiredPaper, ...], there: Collection[RequiredPaper]
) -> tuple[Reason, ...]:
    """What one of the sets to choose from lacks: where none is begun, a proof of any sort."""
    if chosen and not any(paper in there for paper in chosen):
        return (Reason.RELATIONSHIP_PROOF_MISSING,)
    return _codes_of(chosen, there)


def missing_by_kind(wanted: ProofSet, kinds: Iterable[DocumentKind]) -> tuple[Finding, ...]:
    """What a set still lacks where only the kinds of the papers are known, not whose they are.

    Args:
        wanted: The set.
        kinds: One for each paper that is there: two hukou pages are taken for both persons'.
    """
    held = Counter(kinds)
    of_all = _matched(wanted.all_of, held)
    left = held - Counter(WANTED[paper].kind for paper in of_all)
    chosen = _nearest(wanted.one_set_of, lambda papers: len(_matched(papers, left)))
    codes = (
        *_codes_of(wanted.all_of, of_all),
        *_codes_of_set(chosen, _matched(chosen, left)),
    )
    return tuple(
        finding(code, filed("documents"), subject=_SUBJECTS.get(code, Subject.APPLICATION))
        for code in dict.fromkeys(codes)
    )


def _matched(
    papers: Iterable[RequiredPaper], held: Mapping[DocumentKind, int]
) -> frozenset[RequiredPaper]:
    """Those of these papers for which there is one of their kind, each counted once."""
    left, matched = Counter(held), set()
    for paper in papers:
        kind = WANTED[paper].kind
        if left[kind] > 0:
            left[kind] -= 1
            matched.add(paper)
    return frozenset(matched)


def asked_for(case: CheckContext) -> frozenset[tuple[DocumentKind, PersonRole | None]]:
    """The papers of the set that this application follows, as kind and person."""
    wanted = _evidence_set(case)
    if wanted is None:
        return frozenset()
    followed = _proving_set(case, wanted.one_set_of) or _nearest_set(case, wanted.one_set_of)
    papers = (*wanted.all_of, *followed)
    roles = [(WANTED[p].kind, WANTED[p].role) for p in papers]
    return frozenset(
        (kind, who) for kind, role in roles for who in ((role,) if role else tuple(PersonRole))
    )


def _evidence_set(case: CheckContext) -> ProofSet | None:
    return _set_for(case, case.member_group) if case.member_group else None


def _set_for(case: CheckContext, group: AgeGroup) -> ProofSet | None:
    return case.policy.evidence.set_for(group, case.application)


def _proving_set(
    case: CheckContext, sets: tuple[tuple[RequiredPaper, ...], ...]
) -> tuple[RequiredPaper, ...] | None:
    """The set whose papers are all there and carry the proof; what else was sent is beside it."""
    if not case.proven or case.kinship is None:
        return None
    carriers = set(case.kinship.documents)
    return next(
        (
            one
            for one in sets
            if all(
                carriers.intersection(p.reading.place for p in found_papers(case, paper))
                for paper in one
            )
        ),
        None,
    )


def _nearest_set(
    case: CheckContext, sets: tuple[tuple[RequiredPaper, ...], ...]
) -> tuple[RequiredPaper, ...]:
    return _nearest(sets, lambda one: sum(bool(found_papers(case, paper)) for paper in one))


def _nearest(
    sets: tuple[tuple[RequiredPaper, ...], ...],
    count_there: Callable[[tuple[RequiredPaper, ...]], int],
) -> tuple[RequiredPaper, ...]:
    """The set that lacks least, and of those the one of which most is there."""

    def lacks(one: tuple[RequiredPaper, ...]) -> tuple[int, int]:
        there = count_there(one)
        return (0 if there == len(one) else 1, -there)

    return min(sets, key=lacks, default=())


def _missing(
    case: CheckContext, codes: Iterable[Reason], instead: Iterable[DocumentKind] = ()
) -> Iterable[Finding]:
    """A finding for each missing paper; in doubt where an upload may be it, or one instead."""
    for code in dict.fromkeys(codes):
        candidates = (
            unrecognised(case, {*KINDS_OF[code], *instead})
            or _stands_in(case, code)
            or _proven_instead(case, code)
        )
        yield finding(
            code,
            *(tuple(seen(p) for p in candidates) or (filed("documents"),)),
            subject=_SUBJECTS.get(code, Subject.APPLICATION),
            verdict=CheckVerdict.CANNOT_TELL if candidates else CheckVerdict.FAILED,
        )


def papers_missing(case: CheckContext, papers: Iterable[RequiredPaper]) -> Iterable[Finding]:
    """Findings for those of these papers that are not there."""
    return _missing(case, [WANTED[p].code for p in papers if not found_papers(case, p)])


def _stands_in(case: CheckContext, code: Reason) -> tuple[AssignedDocument, ...]:
    """Papers of no known kind where a social-security card may replace the ID card."""
    if code not in _CARD or case.policy.evidence.social_security_card == "refused":
        return ()
    return case.papers.of_kind(DocumentKind.OTHER)


def _proven_instead(case: CheckContext, code: Reason) -> tuple[AssignedDocument, ...]:
    """The certificates that prove the relation without the hukou page that is missing.

    Not everybody has such a page (soldiers in service have none). Where nothing else rests on it,
    a person says whether it is needed, and nobody is asked for what may not exist.
    """
    if code not in _HUKOU_PAGES or case.kinship is None or not case.proven:
        return ()
    return tuple(
        paper
        for paper in case.papers.all
        if case.kinship.certified and paper.reading.place in case.kinship.documents
    )


_HUKOU_PAGES: Final = frozenset(
    {Reason.APPLICANT_HUKOU_PAGE_MISSING, Reason.MEMBER_HUKOU_PAGE_MISSING}
)


@check
def hukou_cover_is_there(case: CheckContext) -> Answer:
    """Where the book is the proof, its cover is there: it alone tells a collective household."""
    if case.policy.evidence.hukou_cover == "optional" or not rests_on_book(case):
        return PASS
    if covers := case.papers.of_kind(DocumentKind.HUKOU_COVER):
        return met(*(seen(c) for c in covers))
    return answer([finding(Reason.HUKOU_COVER_MISSING, filed("documents"))])


def rests_on_book(case: CheckContext) -> bool:
    """Whether the proof is the hukou book's, or would have to be."""
    if case.kinship and case.proven:
        return "hukou" in case.kinship.proof and not case.kinship.certified
    return any(p.meant_for for p in case.papers.of_kind(DocumentKind.HUKOU_MEMBER))
