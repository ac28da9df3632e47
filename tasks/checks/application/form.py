"""What the form says, in itself: complete, well formed, and asking for something on offer."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import IdNumber, IdNumberFault, parse_id_number
from models.identity.person_name import is_name, normalise_name
from models.intake.application import (
    BindingMethod,
    ConsentKind,
    InsuranceType,
    PersonRole,
    Relationship,
)
from tasks.checks.application.consent import agreed
from tasks.checks.application.reference_numbers import is_counted
from tasks.checks.check_context import (
    PASS,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    subject_of,
)

CERTIFICATE_NUMBER: Final = re.compile(r"^[A-Z]\d{9}$")


@check
def division_codes_are_known(case: CheckContext) -> Answer:
    """The divisions in both numbers are on record; one that is not is noted and blocks nothing.

    No table is complete, and a code that was retired long ago is still a good number.
    """
    if not case.divisions.eras:
        return PASS
    return answer(
        finding(
            Reason.DIVISION_UNKNOWN,
            filed(f"{role.value}.id_number", number.text),
            subject=subject_of(role),
        )
        for role in PersonRole
        if (number := case.stated(role).number)
        and not case.divisions.on_record(
            number.region, born=number.birth_date.year, year=case.on.year
        )
    )


@check
def applicant_is_verified(case: CheckContext) -> Answer:
    """The applicant proved the own name when logging in, not too long before submitting."""
    verified = case.application.applicant.real_name_verified_at
    oldest = case.application.submitted_at - dt.timedelta(
        days=case.policy.consents.real_name_max_age_days
    )
    stamp = filed("applicant.real_name_verified_at", str(verified) if verified else None)
    if verified and oldest <= verified <= case.application.submitted_at:
        return met(stamp)
    return answer(
        [finding(Reason.REAL_NAME_NOT_VERIFIED, stamp, subject=subject_of(PersonRole.APPLICANT))]
    )


@check
def applicant_is_of_age(case: CheckContext) -> Answer:
    """Nobody below the age of the policy applies alone (Civil Code 18 to 20).

    With a guardian's word, or from 16 on one's own wages, a person decides.
    """
    born, least = case.stated(PersonRole.APPLICANT).born, case.policy.ages.applicant_min_age
    if born is None or case.policy.ages.age(born, case.on) >= least:
        return PASS
    employed = case.application.applicant.insurance_type is InsuranceType.EMPLOYEE
    earns = employed and case.policy.ages.age(born, case.on) >= _MAY_WORK_FROM
    guarded = agreed(case, ConsentKind.GUARDIAN) is not None
    return answer(
        [
            finding(
                Reason.CONFIRMATION_MISSING,
                filed("applicant.id_number"),
                filed("consents.guardian"),
                subject=subject_of(PersonRole.APPLICANT),
                verdict=CheckVerdict.CANNOT_TELL if earns or guarded else CheckVerdict.FAILED,
                zh="申请人未成年",
                en="the applicant is under age",
            )
        ]
    )


_MAY_WORK_FROM: Final = 16
"""Completed years; nobody younger is employed (Labour Law 15)."""


@check
def names_are_well_formed(case: CheckContext) -> Answer:
    """Both people have a name that can be a name."""
    people = (
        (PersonRole.APPLICANT, case.application.applicant.name),
        (PersonRole.MEMBER, case.application.member.name),
    )
    faults = (
        finding(Reason.NAME_MALFORMED, filed(f"{role.value}.name", name), subject=subject_of(role))
        for role, name in people
        if not name or not is_name(normalise_name(name))
    )
    return answer(faults, *(filed(f"{role.value}.name", name) for role, name in people))


@check
def id_numbers_are_well_formed(case: CheckContext) -> Answer:
    """Both ID numbers have the right length, characters, province and check digit."""
    faults = _number_faults(case, Reason.ID_NUMBER_INVALID, frozenset(IdNumberFault) - _DATE_FAULT)
    return answer(faults, *_stated_numbers(case))


@check
def birth_dates_in_numbers_exist(case: CheckContext) -> Answer:
    """The birth date inside each ID number is a day that has been, in a living person's time."""
    return answer(
        (*_number_faults(case, Reason.BIRTH_DATE_INVALID, _DATE_FAULT), *_too_old(case)),
        *_stated_numbers(case),
    )


def _too_old(case: CheckContext) -> Iterator[Finding]:
    """Whoever would be older than anybody is known to have become: a person looks."""
    for role in PersonRole:
        born = case.stated(role).born
        if born is not None and case.policy.ages.age(born, case.on) > _OLDEST:
            yield finding(
                Reason.BIRTH_DATE_INVALID,
                filed(f"{role.value}.id_number"),
                subject=subject_of(role),
                verdict=CheckVerdict.CANNOT_TELL,
            )


_OLDEST: Final = 122
"""Completed years of the oldest person whose age is documented (J. Calment, 1875 to 1997)."""


def _stated_numbers(case: CheckContext) -> tuple[Evidence, ...]:
    return tuple(
        filed(f"{role.value}.id_number", number.text)
        for role in PersonRole
        if (number := case.stated(role).number)
    )


_DATE_FAULT: Final = frozenset({IdNumberFault.BIRTH_DATE})


def _number_faults(
    case: CheckContext, code: Reason, faults: frozenset[IdNumberFault]
) -> Iterator[Finding]:
    application = case.application
    by_certificate = application.binding_method is BindingMethod.BIRTH_CERTIFICATE
    for role, number in (
        (PersonRole.APPLICANT, application.applicant.id_number),
        (PersonRole.MEMBER, application.member.id_number),
    ):
        if not number and role is PersonRole.MEMBER and by_certificate:
            continue
        parsed = parse_id_number(number or "", today=case.on)
        if not isinstance(parsed, IdNumber) and parsed in faults:
            yield finding(code, filed(f"{role.value}.id_number", number), subject=subject_of(role))


@check
def birth_certificate_number_is_well_formed(case: CheckContext) -> Answer:
    """Binding by birth certificate names one letter and nine digits.

    Digits that only fill the field (000000000, 123456789) may still be printed so: a person looks.
    """
    number = case.application.member.birth_certificate_number
    needed = case.application.binding_method is BindingMethod.BIRTH_CERTIFICATE
    well_formed = CERTIFICATE_NUMBER.match(number or "") is not None
    if (well_formed and not is_counted(number or "")) or (number is None and not needed):
        return PASS
    return answer(
        [
            finding(
                Reason.CERTIFICATE_NUMBER_MALFORMED,
                filed("member.birth_certificate_number", number),
                subject=subject_of(PersonRole.MEMBER),
                verdict=CheckVerdict.CANNOT_TELL if well_formed else CheckVerdict.FAILED,
            )
        ]
    )


@check
def relationship_is_given(case: CheckContext) -> Answer:
    """The form says what the member is to the applicant."""
    if case.application.relationship:
        return met(filed("relationship", case.application.relationship))
    return answer([finding(Reason.RELATIONSHIP_NOT_STATED, filed("relationship"))])


@check
def relationship_is_eligible(case: CheckContext) -> Answer:
    """Such a relative may be bound with this product in this place on this day."""
    relationship = case.application.relationship
    if relationship is None or case.policy.offer is None:
        return PASS
    if relationship in case.policy.eligible and relationship is not Relationship.OTHER:
        return met(filed("relationship", relationship))
    # The country allows it and nobody knows since when the place does: a person finds out.
    doubtful = relationship in case.policy.eligible_by_person
    return answer(
        [
            finding(
                Reason.RELATIONSHIP_NOT_ELIGIBLE,
                filed("relationship", relationship),
                verdict=CheckVerdict.CANNOT_TELL if doubtful else CheckVerdict.FAILED,
            )
        ]
    )


@check
def persons_are_two(case: CheckContext) -> Answer:
    """Nobody binds the own person."""
    applicant = case.stated(PersonRole.APPLICANT).number
    member = case.stated(PersonRole.MEMBER).number
    if applicant is None or applicant != member:
        return met(*_stated_numbers(case))
    return answer(
        [
            finding(
                Reason.BINDING_ONESELF,
                filed("member.id_number", member.text),
                subject=subject_of(PersonRole.MEMBER),
            )
        ]
    )
