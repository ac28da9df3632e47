"""What was agreed to: the notice, the commitment, and the confirmations of others."""

from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.intake.application import ConsentKind, PersonRole, Relationship
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
    subject_of,
)
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.similarity import Similarity, compare_names

_LETTER: Final = DocumentKind.COMMITMENT_LETTER
_SIGNED: Final = frozenset({"true", "yes", "1", "是", "已签名"})


@check
def notice_is_agreed(case: CheckContext) -> Answer:
    """The notice was read and agreed to before the submission."""
    if not case.policy.consents.notice:
        return PASS
    if case.application.has_consent(ConsentKind.NOTICE):
        return met(filed("consents.notice"))
    return answer(
        [
            finding(
                Reason.NOTICE_NOT_AGREED,
                filed("consents.notice"),
                subject=subject_of(PersonRole.APPLICANT),
            )
        ]
    )


@check
def commitment_is_made(case: CheckContext) -> Answer:
    """The applicant committed to the truth, on the screen or by a letter."""
    if not case.policy.consents.commitment:
        return PASS
    if case.application.has_consent(ConsentKind.COMMITMENT):
        return met(filed("consents.commitment"))
    if letters := case.papers.of_kind(_LETTER):
        return met(*(seen(letter) for letter in letters))
    return answer(
        [
            finding(
                Reason.COMMITMENT_MISSING,
                filed("consents.commitment"),
                subject=subject_of(PersonRole.APPLICANT),
            )
        ]
    )


@check
def commitment_letter_is_signed_and_consistent(case: CheckContext) -> Answer:
    """A commitment letter bears a signature and the names of the form.

    Where the commitment was made on the screen, a letter that nobody can read changes nothing.
    """
    on_screen = case.application.has_consent(ConsentKind.COMMITMENT)
    findings = [_fault_of(case, letter) for letter in case.papers.of_kind(_LETTER)]
    kept = [f for f in findings if f and not (on_screen and f.verdict is CheckVerdict.CANNOT_TELL)]
    return answer(kept)


def _fault_of(case: CheckContext, letter: AssignedDocument) -> Finding | None:
    signed = case.trusted(letter, "signed")
    if signed is not None and signed.lower() not in _SIGNED:
        return finding(Reason.COMMITMENT_INCONSISTENT, seen(letter, "signed"))
    likeness = [
        compare_names(name, stated)
        for role in PersonRole
        if (name := case.trusted(letter, f"{role.value}_name"))
        and (stated := case.stated(role).name)
    ]
    if Similarity.DIFFERENT in likeness:
        return finding(Reason.COMMITMENT_INCONSISTENT, seen(letter))
    if signed is None or likeness != [Similarity.SAME, Similarity.SAME]:
        return finding(
            Reason.COMMITMENT_INCONSISTENT, seen(letter), verdict=CheckVerdict.CANNOT_TELL
        )
    return None


@check
def guardian_or_spouse_has_confirmed(case: CheckContext) -> Answer:
    """Somebody's guardian confirms for a small child; the spouse where a place asks for it."""
    rules, relationship = case.policy.consents, case.application.relationship
    missing = []
    age = case.member_age
    if (
        age is not None
        and relationship not in {None, Relationship.OTHER}
        and age < rules.guardian_below_age
        and relationship not in rules.guardian_implied_by
        and not case.application.has_consent(ConsentKind.GUARDIAN)
    ):
        missing.append(_unconfirmed("consents.guardian"))
    if (
        rules.spouse_confirmation
        and relationship is Relationship.SPOUSE
        and not case.application.has_consent(ConsentKind.SPOUSE)
    ):
        missing.append(_unconfirmed("consents.spouse"))
    return answer(missing)


def _unconfirmed(field: str) -> Finding:
    return finding(Reason.CONFIRMATION_MISSING, filed(field), subject=subject_of(PersonRole.MEMBER))
