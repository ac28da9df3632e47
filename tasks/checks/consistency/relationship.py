"""Whether the papers prove the claimed relation, and whether the two ages let it be true."""

import datetime as dt
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import IdNumber
from models.intake.application import PersonRole, Relationship
from models.kinship.claim import KinshipAnswer, KinshipVerdict
from models.policy.measures import Plausibility
from models.reading.document import DocumentKind
from tasks.checks.application.form import birth_dates_in_numbers_exist, id_numbers_are_well_formed
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
)
from tasks.checks.consistency.agreement import numbers_agree, sexes_agree
from tasks.checks.consistency.one_book import pages_lie_in_one_book
from tasks.checks.documents.birth_certificates import certificate_is_the_child_s
from tasks.checks.documents.certificate_parents import certificate_names_the_claimed_parent
from tasks.checks.documents.completeness import required_papers_are_there
from tasks.checks.documents.needed_documents import is_needed, unread_fields
from tasks.checks.documents.wanted_papers import RELATION_PAPERS, other_proof_is_offered
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.kinship.collect_claims import is_collective

_WORD: Final = "relation_to_householder"


@check
def relationship_is_proven(case: CheckContext) -> Answer:
    """The papers leave exactly the relation that the form claims."""
    verdict = case.kinship
    if verdict is None:
        return UNSETTLED
    if case.proven:
        return Answer(evidence=_carriers(case, verdict))
    if verdict.answer is KinshipAnswer.CONTRADICTED:
        doubt = _rests_on_a_doubt(case, verdict)
        return answer(
            [
                _found(
                    case,
                    verdict,
                    Reason.RELATIONSHIP_CONTRADICTED,
                    CheckVerdict.CANNOT_TELL if doubt else None,
                )
            ]
        )
    if collective := _collective_pages(case):
        offered = other_proof_is_offered(case)
        why = CheckVerdict.CANNOT_TELL if offered else CheckVerdict.FAILED
        return answer(
            [
                finding(
                    Reason.COLLECTIVE_HOUSEHOLD, *(seen(p, _WORD) for p in collective), verdict=why
                )
            ]
        )
    if _told_already(case):
        return UNSETTLED
    return answer(
        [_found(case, verdict, Reason.RELATIONSHIP_NOT_DETERMINED, CheckVerdict.CANNOT_TELL)]
    )


def _told_already(case: CheckContext) -> bool:
    """Something else is why, and is told: the form, another's paper, a page not read, two books."""
    if any(case.stated(role).name is None for role in PersonRole):
        return True
    by_form = id_numbers_are_well_formed, birth_dates_in_numbers_exist
    if any(other(case).verdict is not CheckVerdict.PASSED for other in by_form):
        return True
    by_papers = (
        numbers_agree,
        sexes_agree,
        certificate_is_the_child_s,
        certificate_names_the_claimed_parent,
    )
    if any(other(case).verdict is CheckVerdict.FAILED for other in by_papers):
        return True
    unread = any(
        p.kind in RELATION_PAPERS and is_needed(case, p) and unread_fields(case, p)
        for p in case.papers.all
    )
    complete = required_papers_are_there(case).verdict is CheckVerdict.PASSED
    return unread or not complete or pages_lie_in_one_book(case).verdict is CheckVerdict.FAILED


def _rests_on_a_doubt(case: CheckContext, verdict: KinshipVerdict) -> bool:
    """Whether a contradiction leans on a page whose book or bearer is not settled."""
    return any(
        not p.sure or (p.kind is DocumentKind.HUKOU_MEMBER and not p.book_sure)
        for p in case.papers.all
        if p.reading.place in verdict.documents
    )


def _found(
    case: CheckContext, verdict: KinshipVerdict, code: Reason, why: CheckVerdict | None
) -> Finding:
    evidence = _carriers(case, verdict) or (filed("relationship", verdict.claimed),)
    return finding(code, *evidence, verdict=why or CheckVerdict.FAILED)


def _carriers(case: CheckContext, verdict: KinshipVerdict) -> tuple[Evidence, ...]:
    carrying = [p for p in case.papers.all if p.reading.place in verdict.documents]
    return tuple(
        seen(p, _WORD) if p.kind is DocumentKind.HUKOU_MEMBER else seen(p) for p in carrying
    )


def _collective_pages(case: CheckContext) -> tuple[AssignedDocument, ...]:
    return tuple(
        page
        for page, _ in case.papers.people_of(DocumentKind.HUKOU_MEMBER)
        if is_collective(page.book, case.papers)
    )


@check
def ages_fit_the_relationship(case: CheckContext) -> Answer:
    """The two birth dates lie as far apart as such relatives' do."""
    applicant, member = case.born(PersonRole.APPLICANT), case.born(PersonRole.MEMBER)
    claimed = case.application.relationship
    if applicant is None or member is None or claimed is None:
        return PASS
    numbers = {role: case.stated(role).number for role in PersonRole}
    if _gap_fits(case.policy.plausibility, claimed, applicant, member, numbers):
        return met(filed("relationship", claimed))
    return answer([finding(Reason.AGE_GAP_IMPLAUSIBLE, filed("relationship", claimed))])


def _gap_fits(
    rules: Plausibility,
    claimed: Relationship,
    applicant: dt.date,
    member: dt.date,
    numbers: dict[PersonRole, IdNumber | None],
) -> bool:
    elder_is_member = claimed in {Relationship.PARENT, Relationship.GRANDPARENT}
    elder, younger = (member, applicant) if elder_is_member else (applicant, member)
    years = _years(elder, younger)
    if claimed in {Relationship.PARENT, Relationship.CHILD}:
        parent = numbers[PersonRole.MEMBER if elder_is_member else PersonRole.APPLICANT]
        woman = parent is not None and parent.sex == "女"
        most = rules.mother_max_years if woman else rules.father_max_years
        return rules.parent_min_years <= years <= most
    if claimed in {Relationship.GRANDPARENT, Relationship.GRANDCHILD}:
        return years >= rules.grandparent_min_years
    if claimed is Relationship.SIBLING:
        return _siblings_fit(rules, applicant, member)
    return True


def _siblings_fit(rules: Plausibility, one: dt.date, other: dt.date) -> bool:
    """Twins are born within a day; other children of one mother most of a year apart."""
    days = abs((one - other).days)
    twins = days <= 1
    return twins or rules.sibling_min_months * 30 <= days <= rules.sibling_max_years * 366


def _years(elder: dt.date, younger: dt.date) -> int:
    before_birthday = (younger.month, younger.day) < (elder.month, elder.day)
    return younger.year - elder.year - before_birthday


@check
def spouses_were_of_age(case: CheckContext) -> Answer:
    """Husband and wife had reached the age of marriage when they registered it."""
    if case.application.relationship is not Relationship.SPOUSE:
        return PASS
    rules, ages = case.policy.plausibility, case.policy.ages
    least = {"男": rules.marriage_min_age_man, "女": rules.marriage_min_age_woman}
    day = _married_on(case) or case.on
    young = [
        role
        for role in PersonRole
        if (number := case.stated(role).number)
        and ages.age(number.birth_date, day) < least[number.sex]
    ]
    return answer(
        finding(Reason.BELOW_MARRIAGE_AGE, filed(f"{role.value}.id_number"), filed("relationship"))
        for role in young
    )


def _married_on(case: CheckContext) -> dt.date | None:
    dates = [
        date_or_none(case.trusted(p, "registration_date")) for p in case.papers.of_their_marriage
    ]
    return min((d for d in dates if d), default=None)
