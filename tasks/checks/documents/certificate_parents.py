"""Whether the birth certificate names the parent whom the form claims, and nobody in that place."""

from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import valid_id_number
from models.intake.application import PersonRole, Relationship
from models.kinship.claim import KinshipAnswer
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word
from models.reading.document import DocumentKind
from tasks.checks.check_context import Answer, CheckContext, answer, check, filed, seen, subject_of
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.former_names import is_renamed
from tasks.identity.identities import date_or_none, signs_on
from tasks.identity.similarity import (
    MISREAD_DIGITS,
    Similarity,
    compare_names,
    compare_numbers,
    differ_surely,
    digits_apart,
)

_CERTIFICATE: Final = DocumentKind.BIRTH_CERTIFICATE
_PARENT_SLOTS: Final = (("mother", "女"), ("father", "男"))
_ADOPTION: Final = frozenset({KinClass.ADOPTED_CHILD, KinClass.ADOPTIVE_PARENT})


@check
def certificate_names_the_claimed_parent(case: CheckContext) -> Answer:
    """Where the form makes one the other's parent, the child's certificate names that parent.

    A child that the book calls adopted keeps the certificate of its birth. Where the book leaves
    room for an adoption that nothing names, a person looks and nobody is blamed: also where the
    book alone would prove the claim, for the certificate speaks against it.
    """
    found, looked_at = [], []
    for paper, child in case.papers.people_of(_CERTIFICATE):
        parent = _claimed_parent(case.application.relationship, child)
        fault = _parent_fault(case, paper, parent) if parent else None
        looked_at += [seen(paper)] if parent else []
        if fault and parent and not _says_nothing_against(case, paper, parent):
            elsewhere = case.proven and not _carries_the_proof(case, paper)
            doubt = elsewhere or _may_be_adopted(case) or _is_disputed(case, child, parent)
            found.append(_in_doubt(fault) if doubt else fault)
    return answer([*found, *_of_unclear_children(case)], *looked_at)


def _of_unclear_children(case: CheckContext) -> Iterator[Finding]:
    """Certificates whose child could not be made out, may be the claimed one, and name others."""
    claimed = case.application.relationship
    child = next((role for role in PersonRole if _claimed_parent(claimed, role)), None)
    parent = _claimed_parent(claimed, child) if child else None
    if child is None or parent is None or not case.proven or _is_adopted(case):
        return
    for paper in case.papers.of_kind(_CERTIFICATE):
        unclear = paper.meant_for is None and _may_be_born_by(case, paper, child)
        if unclear and _names_another(case, paper, parent):
            fault = _parent_fault(case, paper, parent)
            if fault is not None:
                yield _in_doubt(fault)


def _may_be_born_by(case: CheckContext, paper: AssignedDocument, child: PersonRole) -> bool:
    """Whether what was read of the newborn leaves room for this child."""
    stated, reading = case.stated(child), paper.reading
    name, born = reading.value("newborn_name"), date_or_none(reading.value("birth_time"))
    other_name = bool(
        name
        and stated.name
        and case.trusts(paper, "newborn_name")
        and compare_names(name, stated.name) is Similarity.DIFFERENT
    )
    other_day = bool(
        born and stated.born and case.trusts(paper, "birth_time") and born != stated.born
    )
    return not (other_name or other_day)


def _says_nothing_against(case: CheckContext, paper: AssignedDocument, parent: PersonRole) -> bool:
    """Whether other papers prove the claim and this one leaves it open, or the child is adopted."""
    if not case.proven or _carries_the_proof(case, paper):
        return False
    if _leaves_out(case, paper, parent):
        return False
    return _is_adopted(case) or not _names_another(case, paper, parent)


def _leaves_out(case: CheckContext, paper: AssignedDocument, parent: PersonRole) -> bool:
    """Whether a certificate was issued without the parent whom another one of the child names.

    It has a number of its own and the parent's place was seen to be empty: which of the two is in
    force, a person finds out.
    """
    stated = case.stated(parent).number
    number = case.trusted(paper, "certificate_number")
    if stated is None or number is None:
        return False
    fields = [f"{_slot_of(stated.sex)}_{part}" for part in ("name", "id_number")]
    empty = all(
        (told := paper.reading.fields.get(name)) is not None
        and told.value is None
        and told.confidence >= case.policy.reading.least(name)
        for name in fields
    )
    return empty and any(
        _carries_the_proof(case, other)
        and case.trusted(other, "certificate_number") not in {None, number}
        for other in case.papers.of_kind(_CERTIFICATE)
        if other.person == paper.person
    )


def _carries_the_proof(case: CheckContext, paper: AssignedDocument) -> bool:
    return case.kinship is not None and paper.reading.place in case.kinship.documents


def _is_adopted(case: CheckContext) -> bool:
    """Whether a page that carries the proof speaks of an adoption (养)."""
    documents = case.kinship.documents if case.kinship else ()
    return any(
        read_relation_word(page.reading.value("relation_to_householder")).kin in _ADOPTION
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if page.reading.place in documents
    )


def _names_another(case: CheckContext, paper: AssignedDocument, parent: PersonRole) -> bool:
    """Whether somebody else stands in the parent's place, as far as it was read at all.

    An unsure reading proves nothing, but it may speak against what another paper proves. What a
    misreading explains, a look-alike or a digit or two, does not.
    """
    stated, reading = case.stated(parent), paper.reading
    if stated.number is None or stated.name is None:
        return False
    slot = _slot_of(stated.number.sex)
    number, name = reading.value(f"{slot}_id_number"), reading.fields.get(f"{slot}_name")
    other_name = (
        name is not None
        and name.value is not None
        and name.confidence >= case.policy.reading.confidence.name_beside_number
        and compare_names(name.value, stated.name) is Similarity.DIFFERENT
    )
    if number is None:
        return other_name
    if compare_numbers(number, stated.number.text, today=case.on) is Similarity.SAME:
        return other_name and case.trusts(paper, f"{slot}_name")
    valid = valid_id_number(number, today=case.on) is not None
    far = digits_apart(number, stated.number.text) > MISREAD_DIGITS
    return other_name or (valid and far)


def _slot_of(sex: str) -> str:
    return next(name for name, theirs in _PARENT_SLOTS if theirs == sex)


def _in_doubt(fault: Finding) -> Finding:
    return finding(
        fault.code, *fault.evidence, subject=fault.subject, verdict=CheckVerdict.CANNOT_TELL
    )


def _is_disputed(case: CheckContext, child: PersonRole, parent: PersonRole) -> bool:
    """Whether another certificate of the same child does name this parent: one of them is wrong."""
    papers = case.papers.of(_CERTIFICATE, child)
    return any(_parent_fault(case, paper, parent) is None for paper in papers)


def _may_be_adopted(case: CheckContext) -> bool:
    """Whether a book with both of them, or a notary, leaves the claim open beside the certificate.

    Adoptive parents send a notarial certificate; they are not asked for what they have sent.
    """
    verdict = case.kinship
    if verdict is None or verdict.answer is not KinshipAnswer.NOT_DETERMINED:
        return False
    if any(
        paper.reading.place in verdict.documents
        for paper in case.papers.of_kind(DocumentKind.KINSHIP_NOTARIAL)
    ):
        return True
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


def _parent_fault(
    case: CheckContext, paper: AssignedDocument, parent: PersonRole
) -> Finding | None:
    stated = case.stated(parent)
    if stated.number is None or stated.name is None:
        return None  # the form itself has to be mended first, and is told so
    slot = _slot_of(stated.number.sex)
    verdict = _slot_verdict(case, paper, slot, parent)
    if verdict is CheckVerdict.PASSED:
        return None
    evidence: tuple[Evidence, ...] = (
        seen(paper, f"{slot}_name"),
        seen(paper, f"{slot}_id_number"),
        filed(f"{parent.value}.id_number", stated.number.text),
    )
    return finding(
        Reason.CERTIFICATE_NAMES_OTHER_PARENTS,
        *evidence,
        subject=subject_of(parent),
        verdict=verdict,
    )


def _slot_verdict(
    case: CheckContext, paper: AssignedDocument, slot: str, parent: PersonRole
) -> CheckVerdict:
    stated = case.stated(parent)
    signs = signs_on(paper.reading, case.policy.reading, f"{slot}_")
    if signs.number is None or stated.number is None or not signs.number_sure:
        return CheckVerdict.CANNOT_TELL
    if compare_numbers(signs.number, stated.number.text, today=case.on) is Similarity.SAME:
        sure = case.trusts(paper, f"{slot}_name")
        verdict = _parent_name_verdict(signs.name, stated.name, sure=sure)
        differs = verdict is CheckVerdict.FAILED
        renamed = differs and is_renamed(case.papers, parent, signs.name or "", stated.name or "")
        return CheckVerdict.CANNOT_TELL if renamed else verdict
    if not valid_id_number(signs.number, today=case.on):
        return CheckVerdict.CANNOT_TELL
    far = digits_apart(signs.number, stated.number.text) > MISREAD_DIGITS
    return CheckVerdict.FAILED if far or signs.number_twice else CheckVerdict.CANNOT_TELL


def _parent_name_verdict(read: str | None, stated: str | None, *, sure: bool) -> CheckVerdict:
    if read is None or stated is None or not sure:
        return CheckVerdict.CANNOT_TELL
    if compare_names(read, stated) is Similarity.SAME:
        return CheckVerdict.PASSED
    return CheckVerdict.FAILED if differ_surely(read, stated) else CheckVerdict.CANNOT_TELL
