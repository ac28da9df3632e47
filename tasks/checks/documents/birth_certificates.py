"""The birth certificate: its child, its parents and its own number and dates."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from models.checks.finding import Evidence, Finding, Verdict, finding
from models.checks.reason import Code
from models.identity.id_number import valid_id_number
from models.intake.application import PersonRole, Relationship
from models.kinship.claim import KinshipAnswer
from models.reading.document import DocumentKind
from tasks.checks.application.form import CERTIFICATE_NUMBER
from tasks.checks.check_context import Answer, Case, answer, check, filed, seen, subject_of
from tasks.checks.consistency.agreement import birth_verdict
from tasks.identity.assign_documents import Paper
from tasks.identity.identities import date_or_none, signs_on
from tasks.identity.similarity import (
    MISREAD_DIGITS,
    Likeness,
    compare_names,
    compare_serials,
    digits_apart,
)

_CERTIFICATE: Final = DocumentKind.BIRTH_CERTIFICATE
_PARENT_SLOTS: Final = (("mother", "女"), ("father", "男"))


@check
def certificate_is_the_child_s(case: Case) -> Answer:
    """Name, birth date and sex of the newborn are those of the person whose certificate it is."""
    papers = list(case.papers.people_of(_CERTIFICATE))
    faults = (
        fault
        for paper, role in papers
        for fault in (*_name_faults(case, paper, role), *_birth_faults(case, paper, role))
    )
    return answer(faults, *(seen(paper, "newborn_name") for paper, _ in papers))


def _name_faults(case: Case, paper: Paper, role: PersonRole) -> Iterator[Finding]:
    """A child may be renamed after the certificate, so a person decides about another name."""
    read, stated = paper.reading.value("newborn_name"), case.stated(role).name
    if read and stated and compare_names(read, stated) is not Likeness.SAME:
        yield finding(
            Code.X06,
            seen(paper, "newborn_name"),
            filed(f"{role.value}.name", stated),
            subject=subject_of(role),
            verdict=Verdict.CANNOT_TELL,
        )


def _birth_faults(case: Case, paper: Paper, role: PersonRole) -> Iterator[Finding]:
    number = case.stated(role).number
    if number is None:
        return
    source = filed(f"{role.value}.id_number", number.text)
    born = date_or_none(case.trusted(paper, "birth_time"))
    if born and born != number.birth_date:
        yield finding(
            Code.X02,
            seen(paper, "birth_time"),
            source,
            subject=subject_of(role),
            verdict=_birth_verdict(case, paper, born, number.birth_date),
        )
    sex = case.trusted(paper, "newborn_sex")
    if sex in {"男", "女"} and sex != number.sex:
        verdict = Verdict.FAILED if paper.sure else Verdict.CANNOT_TELL
        yield finding(
            Code.X03,
            seen(paper, "newborn_sex"),
            source,
            subject=subject_of(role),
            verdict=verdict,
        )


def _birth_verdict(case: Case, paper: Paper, printed: dt.date, born: dt.date) -> Verdict:
    """The name alone has to tie the certificate to the child here, so it must be surely read."""
    if case.trusts(paper, "newborn_name"):
        named = compare_names(
            paper.reading.value("newborn_name") or "",
            case.stated(PersonRole(paper.meant_for or "member")).name or "",
        )
        if named is Likeness.SAME:
            rules = case.policy.plausibility
            lunar = rules.lunar_min_days <= abs((printed - born).days) <= rules.lunar_max_days
            return Verdict.CANNOT_TELL if lunar else Verdict.FAILED
    return birth_verdict(case, paper, printed, born)


@check
def certificate_names_the_claimed_parent(case: Case) -> Answer:
    """Where the form makes one the other's parent, the child's certificate names that parent.

    A child that the book calls adopted keeps the certificate of its birth. Where the book leaves
    room for an adoption that nothing names, a person looks and nobody is blamed.
    """
    found, looked_at = [], []
    for paper, child in case.papers.people_of(_CERTIFICATE):
        parent = _claimed_parent(case.application.relationship, child)
        fault = _parent_fault(case, paper, parent) if parent else None
        looked_at += [seen(paper)] if parent else []
        if fault and not _proven_without(case, paper):
            found.append(_in_doubt(fault) if _may_be_adopted(case) else fault)
    return answer(found, *looked_at)


def _in_doubt(fault: Finding) -> Finding:
    return finding(fault.code, *fault.evidence, subject=fault.subject, verdict=Verdict.CANNOT_TELL)


def _may_be_adopted(case: Case) -> bool:
    """Whether a book with both of them leaves the claim open, whatever the certificate says."""
    verdict = case.kinship
    if verdict is None or verdict.answer is not KinshipAnswer.NOT_DETERMINED:
        return False
    pages = [
        role
        for page, role in case.papers.people_of(DocumentKind.HUKOU_MEMBER)
        if page.reading.place in verdict.documents
    ]
    return set(pages) == set(PersonRole)


def _claimed_parent(claimed: Relationship | None, child: PersonRole) -> PersonRole | None:
    if claimed is Relationship.CHILD and child is PersonRole.MEMBER:
        return PersonRole.APPLICANT
    if claimed is Relationship.PARENT and child is PersonRole.APPLICANT:
        return PersonRole.MEMBER
    return None


def _proven_without(case: Case, paper: Paper) -> bool:
    documents = case.kinship.documents if case.kinship else ()
    return case.proven and paper.reading.place not in documents


def _parent_fault(case: Case, paper: Paper, parent: PersonRole) -> Finding | None:
    stated = case.stated(parent)
    if stated.number is None or stated.name is None:
        return None  # the form itself has to be mended first, and is told so
    slot = next(name for name, sex in _PARENT_SLOTS if sex == stated.number.sex)
    verdict = _slot_verdict(case, paper, slot, parent)
    if verdict is Verdict.PASSED:
        return None
    evidence: tuple[Evidence, ...] = (
        seen(paper, f"{slot}_name"),
        seen(paper, f"{slot}_id_number"),
        filed(f"{parent.value}.id_number", stated.number.text),
    )
    return finding(Code.X06, *evidence, subject=subject_of(parent), verdict=verdict)


def _slot_verdict(case: Case, paper: Paper, slot: str, parent: PersonRole) -> Verdict:
    stated = case.stated(parent)
    signs = signs_on(paper.reading, case.policy.reading, f"{slot}_")
    if signs.number is None or stated.number is None or not signs.number_sure:
        return Verdict.CANNOT_TELL
    if signs.number == stated.number.text:
        sure = case.trusts(paper, f"{slot}_name")
        return _parent_name_verdict(signs.name, stated.name, sure=sure)
    if not valid_id_number(signs.number, today=case.on):
        return Verdict.CANNOT_TELL
    far = digits_apart(signs.number, stated.number.text) > MISREAD_DIGITS
    return Verdict.FAILED if far or signs.number_twice else Verdict.CANNOT_TELL


def _parent_name_verdict(read: str | None, stated: str | None, *, sure: bool) -> Verdict:
    if read is None or stated is None or not sure:
        return Verdict.CANNOT_TELL
    likeness = compare_names(read, stated)
    if likeness is Likeness.SAME:
        return Verdict.PASSED
    return Verdict.FAILED if likeness is Likeness.DIFFERENT else Verdict.CANNOT_TELL


@check
def certificate_number_is_the_stated_one(case: Case) -> Answer:
    """The member's certificate bears the number that the form gives."""
    stated = case.application.member.birth_certificate_number
    return answer(
        finding(
            Code.X07,
            seen(paper, "certificate_number"),
            filed("member.birth_certificate_number", stated),
            subject=subject_of(PersonRole.MEMBER),
            verdict=_serial_verdict(case, paper, read, stated),
        )
        for paper in case.papers.of(_CERTIFICATE, PersonRole.MEMBER)
        if stated
        and CERTIFICATE_NUMBER.match(stated)
        and (read := paper.reading.value("certificate_number"))
        and compare_serials(read, stated) is not Likeness.SAME
    )


def _serial_verdict(case: Case, paper: Paper, read: str, stated: str) -> Verdict:
    clear = compare_serials(read, stated) is Likeness.DIFFERENT
    sure = case.trusts(paper, "certificate_number")
    return Verdict.FAILED if clear and sure else Verdict.CANNOT_TELL


@check
def certificate_dates_fit(case: Case) -> Answer:
    """Issued after the birth and before today, on a form that was printed before.

    Its machine-readable code, where reading saw one, says the same number as the print.
    """
    papers = [paper for paper in case.papers.of_kind(_CERTIFICATE) if paper.meant_for]
    misdated = (
        finding(Code.X07, seen(paper, "issue_date"), seen(paper, "certificate_number"))
        for paper in papers
        if not _dates_fit(case, paper)
    )
    return answer((*misdated, *(told for paper in papers for told in _otherwise_coded(paper))))


def _otherwise_coded(paper: Paper) -> Iterator[Finding]:
    """What reading said of the code."""
    for told in paper.reading.findings:
        if told.code is Code.X07:
            where = told.evidence or (seen(paper, "certificate_number"),)
            yield told.model_copy(update={"evidence": where})


def _dates_fit(case: Case, paper: Paper) -> bool:
    issued = date_or_none(case.trusted(paper, "issue_date"))
    born = date_or_none(case.trusted(paper, "birth_time"))
    if issued is None:
        return True
    if issued > case.on or (born is not None and issued < born):
        return False
    return _letter_fits(case, case.trusted(paper, "certificate_number"), issued.year)


def _letter_fits(case: Case, number: str | None, issued: int) -> bool:
    """The letter is the year of printing; letters of later years are not known."""
    rules = case.policy.birth_certificate
    if number is None or not number[:1].isalpha():
        return True
    printed = rules.first_letter_year + ord(number[0]) - ord("A")
    if issued > rules.last_known_year:
        return True
    return printed <= issued <= printed + rules.max_years_in_stock
