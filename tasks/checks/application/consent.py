"""What was agreed to: the notice, the commitment, and whose word a consent is."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Finding, Subject, finding
from models.checks.reason import Reason
from models.clock import CHINA
from models.identity.person_name import is_name, normalise_name
from models.intake.application import (
    Consent,
    ConsentGiver,
    ConsentKind,
    PersonRole,
    Relationship,
)
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    PASS,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    seen,
)
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import Similarity, compare_names

_LETTER: Final = DocumentKind.COMMITMENT_LETTER
_SIGNED: Final = frozenset({"true", "yes", "1", "是", "已签名"})
_APPLICANT, _MEMBER, _GUARDIAN, _SPOUSE, _MOTHER = ConsentGiver
_GIVERS: Final = MappingProxyType(
    {
        ConsentKind.NOTICE: frozenset({_APPLICANT, _MOTHER, _GUARDIAN}),
        ConsentKind.COMMITMENT: frozenset({_APPLICANT}),
        ConsentKind.FACE: frozenset({_MEMBER, _GUARDIAN, _SPOUSE}),
        ConsentKind.GUARDIAN: frozenset({_GUARDIAN, _MOTHER}),
        ConsentKind.SPOUSE: frozenset({_SPOUSE, _MEMBER}),
    }
)
"""Who can agree to what; a consent that does not say by whom is taken as given by the right one."""


def agreed(case: CheckContext, kind: ConsentKind) -> Consent | None:
    """The consent of this kind that counts: by the right person, to a text in force, not stale."""
    return next(
        (
            consent
            for consent in case.application.consents_to(kind)
            if (consent.by is None or _may_give(case, consent.by, kind))
            and holds(case, consent)
            and _named_rightly(case, consent)
        ),
        None,
    )


def _may_give(case: CheckContext, giver: ConsentGiver, kind: ConsentKind) -> bool:
    """Whether somebody in this part can agree to this for the person whose word is asked.

    An adult speaks for himself: a spouse's word is the member's only where the member is the
    spouse, and a guardian speaks for minors and for whoever cannot speak.
    """
    if giver not in _GIVERS[kind]:
        return False
    form = case.application
    if kind is ConsentKind.NOTICE and giver in {_GUARDIAN, _MOTHER}:
        return _applies_as(case, giver)
    if kind is ConsentKind.FACE and giver is _SPOUSE:
        return form.relationship is Relationship.SPOUSE
    if kind is ConsentKind.FACE and giver is _GUARDIAN:
        adult = case.member_age is None or case.member_age >= _ADULT
        return form.member.incapacitated or not adult
    return True


def _applies_as(case: CheckContext, giver: ConsentGiver) -> bool:
    """Whether the applicant is who says so: the mother or the guardian of the member."""
    number, claimed = case.stated(PersonRole.APPLICANT).number, case.application.relationship
    if giver is _MOTHER:
        return claimed is Relationship.CHILD and number is not None and number.sex == "女"
    return case.member_age is not None and case.member_age < _ADULT


_ADULT: Final = 18
"""Completed years from which nobody has a guardian by age alone (Civil Code 17)."""


def holds(case: CheckContext, consent: Consent) -> bool:
    """Whether the text was in force when it was agreed to, and that is not too long ago."""
    rules, on = case.policy.consents, consent.agreed_at.astimezone(CHINA).date()
    return (
        bool(consent.version.strip())
        and rules.accepts_version(consent.kind, consent.version, on)
        and rules.holds(on, case.on)
    )


def _named_rightly(case: CheckContext, consent: Consent) -> bool:
    """Whether a name beside a consent is that person's; a guardian's is any that can be a name."""
    if consent.by in {_GUARDIAN, _MOTHER} or consent.kind is ConsentKind.GUARDIAN:
        return not consent.name or is_name(normalise_name(consent.name))
    own = consent.kind in {ConsentKind.NOTICE, ConsentKind.COMMITMENT}
    stated = case.stated(PersonRole.APPLICANT if own else PersonRole.MEMBER).name
    return not (consent.name and stated) or (
        compare_names(consent.name, stated) is not Similarity.DIFFERENT
    )


@check
def notice_is_agreed(case: CheckContext) -> Answer:
    """The notice, in a version in force, was read and agreed to before the submission."""
    if not case.policy.consents.notice:
        return PASS
    if agreed(case, ConsentKind.NOTICE):
        return met(filed("consents.notice"))
    return answer([_of_applicant(Reason.NOTICE_NOT_AGREED, "consents.notice")])


@check
def commitment_is_made(case: CheckContext) -> Answer:
    """The applicant committed to the truth, on the screen or by a letter."""
    if not case.policy.consents.commitment:
        return PASS
    if agreed(case, ConsentKind.COMMITMENT):
        return met(filed("consents.commitment"))
    letters = case.papers.of_kind(_LETTER)
    if not letters:
        return answer([_of_applicant(Reason.COMMITMENT_MISSING, "consents.commitment")])
    if any(_since_withdrawal(case, letter) for letter in letters):
        return met(*(seen(letter) for letter in letters))
    return answer(
        [
            finding(
                Reason.COMMITMENT_MISSING,
                *(seen(letter) for letter in letters),
                subject=Subject.APPLICANT,
                verdict=CheckVerdict.CANNOT_TELL,
            )
        ]
    )


def _since_withdrawal(case: CheckContext, letter: AssignedDocument) -> bool:
    """Whether no commitment was taken back, or this letter was surely signed on a later day."""
    withdrawn = [
        consent.withdrawn_at.astimezone(CHINA).date()
        for consent in case.application.consents
        if consent.kind is ConsentKind.COMMITMENT and consent.withdrawn_at is not None
    ]
    signed_on = date_or_none(case.trusted(letter, "sign_date"))
    return not withdrawn or (signed_on is not None and signed_on > max(withdrawn))


def _of_applicant(reason: Reason, field: str) -> Finding:
    return finding(reason, filed(field), subject=Subject.APPLICANT)


@check
def commitment_letter_is_signed_and_consistent(case: CheckContext) -> Answer:
    """A commitment letter is signed, in time, and says of whom and of which relation the form says.

    Where the commitment was made on the screen, a letter that nobody can read changes nothing.
    """
    on_screen = agreed(case, ConsentKind.COMMITMENT) is not None
    findings = [_fault_of(case, letter) for letter in case.papers.of_kind(_LETTER)]
    kept = [f for f in findings if f and not (on_screen and f.verdict is CheckVerdict.CANNOT_TELL)]
    return answer(kept)


def _fault_of(case: CheckContext, letter: AssignedDocument) -> Finding | None:
    if wrong := next(_contradictions(case, letter), None):
        return finding(Reason.COMMITMENT_INCONSISTENT, seen(letter, wrong))
    likeness = _names_alike(case, letter)
    unsigned = case.trusted(letter, "signed") is None
    if unsigned or likeness != [Similarity.SAME, Similarity.SAME]:
        return finding(
            Reason.COMMITMENT_INCONSISTENT, seen(letter), verdict=CheckVerdict.CANNOT_TELL
        )
    return None


def _contradictions(case: CheckContext, letter: AssignedDocument) -> Iterator[str]:
    """The fields of a letter that surely say something else than the form."""
    signed = case.trusted(letter, "signed")
    if signed is not None and signed.lower() not in _SIGNED:
        yield "signed"
    if Similarity.DIFFERENT in _names_alike(case, letter):
        yield "member_name"
    related, claimed = case.trusted(letter, "relationship"), case.application.relationship
    if related is not None and claimed is not None and related != claimed.value:
        yield "relationship"
    signed_on = date_or_none(case.trusted(letter, "sign_date"))
    if signed_on is not None and not _in_time(case, signed_on):
        yield "sign_date"


def _in_time(case: CheckContext, day: dt.date) -> bool:
    return day <= case.on and case.policy.consents.holds(day, case.on)


def _names_alike(case: CheckContext, letter: AssignedDocument) -> list[Similarity]:
    return [
        compare_names(name, stated)
        for role in PersonRole
        if (name := case.trusted(letter, f"{role.value}_name"))
        and (stated := case.stated(role).name)
    ]
