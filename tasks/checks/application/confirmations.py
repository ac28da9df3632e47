"""Who has to confirm beside the applicant: a guardian, the spouse, the mother; and who they are."""

from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.intake.application import (
    BindingMethod,
    Consent,
    ConsentGiver,
    ConsentKind,
    PersonRole,
    Relationship,
)
from models.reading.document import DocumentKind
from tasks.checks.application.consent import agreed, holds
from tasks.checks.check_context import Answer, CheckContext, answer, check, filed, subject_of
from tasks.checks.documents.hukou_entries import tells_of_death
from tasks.identity.similarity import Similarity, compare_names
from tasks.kinship.proof.places import may_be_parent

_WORD: Final = "relation_to_householder"


@check
def guardian_or_spouse_has_confirmed(case: CheckContext) -> Answer:
    """A guardian confirms for whom no face is asked; the spouse where a place asks for it."""
    missing = [
        fault
        for fault in (_guardian_fault(case), _spouse_fault(case), _mother_fault(case))
        if fault is not None
    ]
    return answer(missing)


def _guardian_fault(case: CheckContext) -> Finding | None:
    """No face is asked of a minor, so somebody who may speak for the minor has to agree."""
    relationship = case.application.relationship
    if relationship in {None, Relationship.OTHER, *case.policy.consents.guardian_implied_by}:
        return None
    if not _guarded(case):
        return None
    consent = agreed(case, ConsentKind.GUARDIAN)
    if consent is None:
        return _unconfirmed("consents.guardian")
    if not consent.name and case.policy.consents.unnamed_guardian == "person":
        return _unconfirmed("consents.guardian", CheckVerdict.CANNOT_TELL)
    # A grandparent may be the guardian; whether the applicant is, the form cannot show.
    own = [case.stated(role).name for role in PersonRole]
    if consent.name and any(
        name and compare_names(consent.name, name) is not Similarity.DIFFERENT for name in own
    ):
        return _unconfirmed("consents.guardian", CheckVerdict.CANNOT_TELL)
    slots = ("mother",) if consent.by is ConsentGiver.MOTHER else _PARENTS
    if consent.name and (
        _is_dead(case, consent.name) or not _is_shown_as_parent(case, consent.name, slots)
    ):
        return _unconfirmed("consents.guardian", CheckVerdict.CANNOT_TELL)
    return None


_PARENTS: Final = ("mother", "father")
"""Parents are the guardians of their children; another guardian shows a paper (Civil Code 27)."""


def _is_shown_as_parent(case: CheckContext, name: str, slots: tuple[str, ...]) -> bool:
    """Whether the member's certificate, or a page of the member's book, shows a parent so named.

    A name that stands on no paper is anybody's.
    """
    certified = _is_on_certificate(case, name, slots)
    return _is_parent_in_book(case, name, slots) if certified is None else certified


def _is_parent_in_book(case: CheckContext, name: str, slots: tuple[str, ...]) -> bool:
    """Whether somebody so named has a parent's place beside the member's page, by their words."""
    pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    return any(
        child.meant_for is PersonRole.MEMBER
        and parent.book == child.book
        and compare_names(case.trusted(parent, "name") or "", name) is Similarity.SAME
        and (len(slots) > 1 or parent.reading.value("sex") == "女")
        and may_be_parent(case.trusted(parent, _WORD), of=case.trusted(child, _WORD))
        for child in pages
        for parent in pages
    )


def _guarded(case: CheckContext) -> bool:
    group, age = case.member_group, case.member_age
    if group is None or age is None:
        return False
    return group not in case.policy.face.required_for or (
        age < case.policy.consents.guardian_below_age
    )


def _spouse_fault(case: CheckContext) -> Finding | None:
    asked = case.policy.consents.spouse_confirmation
    if not asked or case.application.relationship is not Relationship.SPOUSE:
        return None
    return None if agreed(case, ConsentKind.SPOUSE) else _unconfirmed("consents.spouse")


def _mother_fault(case: CheckContext) -> Finding | None:
    """Binding by certificate is the mother's: she applies, or she has agreed (source: W1, W2)."""
    form, number = case.application, case.stated(PersonRole.APPLICANT).number
    if form.binding_method is not BindingMethod.BIRTH_CERTIFICATE or number is None:
        return None
    applies = form.relationship is Relationship.CHILD and number.sex == "女"
    if applies or any(_by_the_mother(case, consent) for consent in form.consents):
        return None
    return _unconfirmed("consents.mother", CheckVerdict.CANNOT_TELL)


def _by_the_mother(case: CheckContext, consent: Consent) -> bool:
    if consent.by is not ConsentGiver.MOTHER or consent not in case.application.consents_to(
        consent.kind
    ):
        return False
    hers = (
        bool(_is_on_certificate(case, consent.name, ("mother",)))
        if consent.name
        else case.policy.consents.unnamed_guardian == "accepted"
    )
    dead = consent.name is not None and _is_dead(case, consent.name)
    return hers and not dead and holds(case, consent)


def _is_dead(case: CheckContext, name: str) -> bool:
    """Whether a page of somebody so named is stamped for a death."""
    return any(
        compare_names(page.reading.value("name") or "", name) is not Similarity.DIFFERENT
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if tells_of_death(page)
    )


def _is_on_certificate(case: CheckContext, name: str, slots: tuple[str, ...]) -> bool | None:
    """Whether the member's certificate names such a parent; None where none tells."""
    names = [
        read
        for paper in case.papers.of(DocumentKind.BIRTH_CERTIFICATE, PersonRole.MEMBER)
        for slot in slots
        if (read := case.trusted(paper, f"{slot}_name"))
    ]
    if not names:
        return None
    return any(compare_names(name, read) is Similarity.SAME for read in names)


def _unconfirmed(field: str, verdict: CheckVerdict = CheckVerdict.FAILED) -> Finding:
    return finding(
        Reason.CONFIRMATION_MISSING,
        filed(field),
        subject=subject_of(PersonRole.MEMBER),
        verdict=verdict,
    )
