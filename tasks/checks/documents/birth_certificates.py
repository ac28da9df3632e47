"""The birth certificate: its child, its parents and its own number and dates."""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import valid_id_number
from models.intake.application import PersonRole
from models.kinship.kin_class import KinClass
from models.reading.document import DocumentKind
from tasks.checks.application.form import CERTIFICATE_NUMBER
from tasks.checks.check_context import (
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    seen,
    seen_on,
    subject_of,
)
from tasks.checks.consistency.agreement import birth_verdict
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import (
    Similarity,
    compare_names,
    compare_serials,
)

_CERTIFICATE: Final = DocumentKind.BIRTH_CERTIFICATE
_ADOPTION: Final = frozenset({KinClass.ADOPTED_CHILD, KinClass.ADOPTIVE_PARENT})
_NUMBER: Final = "certificate_number"
_PARENT_SLOTS: Final = (("mother", "女"), ("father", "男"))


@check
def certificate_is_the_child_s(case: CheckContext) -> Answer:
    """Name, birth date and sex of the newborn are those of the person whose certificate it is."""
    papers = list(case.papers.people_of(_CERTIFICATE))
    faults = (
        fault
        for paper, role in papers
        for fault in (*_name_faults(case, paper, role), *_birth_faults(case, paper, role))
    )
    return answer(faults, *(seen(paper, "newborn_name") for paper, _ in papers))


def _name_faults(
    case: CheckContext, paper: AssignedDocument, role: PersonRole
) -> Iterator[Finding]:
    """A child may be renamed after the certificate, so a person decides about another name."""
    read, stated = paper.reading.value("newborn_name"), case.stated(role).name
    if read and stated and compare_names(read, stated) is not Similarity.SAME:
        yield finding(
            Reason.CERTIFICATE_NAMES_OTHER_PARENTS,
            seen(paper, "newborn_name"),
            filed(f"{role.value}.name", stated),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
        )


def _birth_faults(
    case: CheckContext, paper: AssignedDocument, role: PersonRole
) -> Iterator[Finding]:
    number = case.stated(role).number
    if number is None:
        return
    source = filed(f"{role.value}.id_number", number.text)
    born = date_or_none(case.trusted(paper, "birth_time"))
    if born and born != number.birth_date:
        yield finding(
            Reason.BIRTH_DATES_DIFFER,
            seen(paper, "birth_time"),
            source,
            subject=subject_of(role),
            verdict=_birth_verdict(case, paper, born, number.birth_date),
        )
    sex = case.trusted(paper, "newborn_sex")
    if sex in {"男", "女"} and sex != number.sex:
        verdict = CheckVerdict.FAILED if paper.sure else CheckVerdict.CANNOT_TELL
        yield finding(
            Reason.SEX_OR_NUMBER_CONFLICT,
            seen(paper, "newborn_sex"),
            source,
            subject=subject_of(role),
            verdict=verdict,
        )


def _birth_verdict(
    case: CheckContext, paper: AssignedDocument, printed: dt.date, born: dt.date
) -> CheckVerdict:
    """The name alone has to tie the certificate to the child here, so it must be surely read."""
    if case.trusts(paper, "newborn_name"):
        named = compare_names(
            paper.reading.value("newborn_name") or "",
            case.stated(PersonRole(paper.meant_for or "member")).name or "",
        )
        if named is Similarity.SAME:
            rules = case.policy.plausibility
            lunar = rules.lunar_min_days <= abs((printed - born).days) <= rules.lunar_max_days
            return CheckVerdict.CANNOT_TELL if lunar else CheckVerdict.FAILED
    return birth_verdict(case, paper, printed, born)


@check
def certificate_number_is_the_stated_one(case: CheckContext) -> Answer:
    """The member's certificate bears the number that the form gives, and no other child's does."""
    return answer((*_of_another_number(case), *_of_several_children(case)))


def _of_another_number(case: CheckContext) -> Iterator[Finding]:
    stated = case.application.member.birth_certificate_number
    return (
        finding(
            Reason.CERTIFICATE_CONTRADICTS_ITSELF,
            seen(paper, _NUMBER),
            filed("member.birth_certificate_number", stated),
            subject=subject_of(PersonRole.MEMBER),
            verdict=_serial_verdict(case, paper, read, stated),
        )
        for paper in case.papers.of(_CERTIFICATE, PersonRole.MEMBER)
        if stated
        and CERTIFICATE_NUMBER.match(stated)
        and (read := paper.reading.value(_NUMBER))
        and compare_serials(read, stated) is not Similarity.SAME
    )


def _of_several_children(case: CheckContext) -> Iterator[Finding]:
    """Certificates of two children under one number: each certificate has its own.

    Two readings hardly misread into one another, so equality is told however weak they are.
    """
    least = case.policy.reading.confidence.name_beside_number
    numbered = [
        (paper, number)
        for paper in case.papers.of_kind(_CERTIFICATE)
        if (number := paper.reading.value(_NUMBER)) and paper.reading.confidence(_NUMBER) >= least
    ]
    for (one, number), (other, its_number) in combinations(numbered, 2):
        if number == its_number and one.person != other.person and _differ(one, other):
            yield finding(
                Reason.CERTIFICATE_CONTRADICTS_ITSELF,
                seen(one, _NUMBER),
                seen(other, _NUMBER),
                verdict=CheckVerdict.CANNOT_TELL,
                zh="两份出生医学证明的编号相同",
                en="two birth certificates bear one number",
            )


def _differ(one: AssignedDocument, other: AssignedDocument) -> bool:
    """Whether two certificates name two children, and are not two pictures of one."""
    return any(
        None not in values and values[0] != values[1]
        for field in ("newborn_name", "birth_time")
        for values in [[paper.reading.value(field) for paper in (one, other)]]
    )


def _serial_verdict(
    case: CheckContext, paper: AssignedDocument, read: str, stated: str
) -> CheckVerdict:
    clear = compare_serials(read, stated) is Similarity.DIFFERENT
    sure = case.trusts(paper, _NUMBER)
    return CheckVerdict.FAILED if clear and sure else CheckVerdict.CANNOT_TELL


@check
def certificate_dates_fit(case: CheckContext) -> Answer:
    """Issued after the birth and before today, on a form that was printed before.

    Its parents are a woman and a man, as their numbers say, and were old enough: a certificate has
    a line for each. The age of the one who is claimed is asked by itself (X10).
    Its machine-readable code, where reading saw one, says the same number as the print.
    """
    papers = [paper for paper in case.papers.of_kind(_CERTIFICATE) if paper.meant_for]
    misdated = (
        finding(
            Reason.CERTIFICATE_CONTRADICTS_ITSELF,
            seen(paper, "issue_date"),
            seen(paper, _NUMBER),
        )
        for paper in papers
        if not _dates_fit(case, paper)
    )
    of_each = ((*_impossible_parents(case, paper), *_otherwise_coded(paper)) for paper in papers)
    return answer((*misdated, *(told for found in of_each for told in found)))


def _impossible_parents(case: CheckContext, paper: AssignedDocument) -> Iterator[Finding]:
    """A man in the mother's line, a woman in the father's, or a parent who was still a child."""
    born = date_or_none(case.trusted(paper, "birth_time"))
    stated = [case.stated(role).number for role in PersonRole]
    for slot, sex in _PARENT_SLOTS:
        field = f"{slot}_id_number"
        number = valid_id_number(case.trusted(paper, field), today=case.on)
        if number is None:
            continue
        least = case.policy.plausibility.parent_min_years
        young = born is not None and case.policy.ages.age(number.birth_date, born) < least
        if number.sex != sex or (young and number not in stated):
            yield finding(
                Reason.CERTIFICATE_CONTRADICTS_ITSELF,
                seen(paper, field),
                verdict=CheckVerdict.CANNOT_TELL,
            )


def _otherwise_coded(paper: AssignedDocument) -> Iterator[Finding]:
    """What reading said of the code."""
    for found in paper.reading.findings:
        if found.code is Reason.CERTIFICATE_CONTRADICTS_ITSELF:
            where = found.evidence or (seen(paper, _NUMBER),)
            yield seen_on(paper, found.model_copy(update={"evidence": where}))


def _dates_fit(case: CheckContext, paper: AssignedDocument) -> bool:
    issued = date_or_none(case.trusted(paper, "issue_date"))
    born = date_or_none(case.trusted(paper, "birth_time"))
    if issued is None:
        return True
    if issued > case.on or (born is not None and issued < born):
        return False
    return _letter_fits(case, case.trusted(paper, _NUMBER), issued.year)


def _letter_fits(case: CheckContext, number: str | None, issued: int) -> bool:
    """The letter is the year of printing; letters of later years are not known."""
    rules = case.policy.birth_certificate
    if number is None or not number[:1].isalpha():
        return True
    printed = rules.first_letter_year + ord(number[0]) - ord("A")
    if issued > rules.last_known_year:
        return True
    return printed <= issued <= printed + rules.max_years_in_stock
