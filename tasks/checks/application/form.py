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
    Channel,
    InsuranceType,
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
    subject_of,
)

CERTIFICATE_NUMBER: Final = re.compile(r"^[A-Z]\d{9}$")


@check
def product_is_offered(case: CheckContext) -> Answer:
    """The application names a product that this place offers."""
    if case.policy.offer:
        return met(filed("product", case.application.product))
    return answer([finding(Reason.PRODUCT_UNCLEAR, filed("product", case.application.product))])


@check
def binding_method_is_offered(case: CheckContext) -> Answer:
    """The member is identified in a way that the product allows."""
    offer, method = case.policy.offer, case.application.binding_method
    if method and (offer is None or method in offer.binding_methods):
        return met(filed("binding_method", method))
    return answer([finding(Reason.BINDING_METHOD_UNSUPPORTED, filed("binding_method", method))])


@check
def channel_is_offered(case: CheckContext) -> Answer:
    """The application came through a channel that this place opens for the product."""
    offer, channel = case.policy.offer, case.application.channel
    if offer is None or channel in offer.channels:
        return met(filed("channel", channel))
    verdict = CheckVerdict.FAILED if channel else CheckVerdict.CANNOT_TELL
    return answer([finding(Reason.CHANNEL_NOT_OFFERED, filed("channel", channel), verdict=verdict)])


@check
def employer_batch_is_complete(case: CheckContext) -> Answer:
    """Where an employer's list came, it names employer, batch and this application.

    An application that came alone belongs to no batch that could be incomplete.
    """
    batch = case.dossier.employer_batch
    if case.application.channel is not Channel.EMPLOYER or batch is None:
        return PASS
    employers_list = Evidence(document="batch.json")
    if batch.complete:
        return met(employers_list)
    return answer([finding(Reason.EMPLOYER_BATCH_INCOMPLETE, employers_list)])


@check
def mutual_aid_is_filed(case: CheckContext) -> Answer:
    """Mutual aid was filed (备案) first, where the place asks for that."""
    offer, filing = case.policy.offer, case.application.filing_id
    if offer is None or not offer.filing_needed:
        return PASS
    if (filing or "").strip():
        return met(filed("filing_id"))
    return answer([finding(Reason.POOLING_NOT_FILED, filed("filing_id"))])


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
    """The birth date inside each ID number is a day that has been."""
    return answer(
        _number_faults(case, Reason.BIRTH_DATE_INVALID, _DATE_FAULT), *_stated_numbers(case)
    )


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
    """Binding by birth certificate names one letter and nine digits."""
    number = case.application.member.birth_certificate_number
    needed = case.application.binding_method is BindingMethod.BIRTH_CERTIFICATE
    if CERTIFICATE_NUMBER.match(number or "") or (number is None and not needed):
        return PASS
    return answer(
        [
            finding(
                Reason.CERTIFICATE_NUMBER_MALFORMED,
                filed("member.birth_certificate_number", number),
                subject=subject_of(PersonRole.MEMBER),
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
    return answer([finding(Reason.RELATIONSHIP_NOT_ELIGIBLE, filed("relationship", relationship))])


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


@check
def member_is_insured(case: CheckContext) -> Answer:
    """The member is insured, by the form or by a certificate."""
    if scheme := case.application.member.insurance_type:
        return met(filed("member.insurance_type", scheme))
    papers = case.papers.of(DocumentKind.INSURANCE_CERTIFICATE, PersonRole.MEMBER)
    if sure := [seen(p) for p in papers if p.sure]:
        return met(*sure)
    anybody = case.papers.of_kind(DocumentKind.INSURANCE_CERTIFICATE)
    return answer(
        [
            finding(
                Reason.MEMBER_NOT_INSURED,
                filed("member.insurance_type"),
                subject=subject_of(PersonRole.MEMBER),
                verdict=CheckVerdict.CANNOT_TELL if anybody else CheckVerdict.FAILED,
            )
        ]
    )


@check
def applicant_has_employee_account(case: CheckContext) -> Answer:
    """Mutual aid spends an employee's account, so the applicant must have one."""
    offer, scheme = case.policy.offer, case.application.applicant.insurance_type
    if offer is None or not offer.applicant_needs_employee_account:
        return PASS
    if scheme is InsuranceType.EMPLOYEE:
        return met(filed("applicant.insurance_type", scheme))
    return answer(
        [
            finding(
                Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT,
                filed("applicant.insurance_type", scheme),
                subject=subject_of(PersonRole.APPLICANT),
                verdict=CheckVerdict.FAILED if scheme else CheckVerdict.CANNOT_TELL,
            )
        ]
    )
