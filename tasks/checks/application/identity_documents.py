"""People whom the usual papers do not fit: no resident number, or no resident card.

Foreigners, residents of Hong Kong, Macao and Taiwan, and whoever has only a temporary card cannot
send what the rules for residents ask for. A person handles them; nobody asks for the impossible.
"""

import re
from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import is_permanent_resident_number, valid_id_number
from models.intake.application import Applicant, Member, PersonRole
from models.intake.declarations import IdentityDocumentKind
from tasks.checks.check_context import Answer, CheckContext, answer, check, filed, subject_of

_OTHER_NUMBERS: Final = (
    # Permanent residents before 2023; travel permits of Hong Kong and Macao; passports.
    (re.compile(r"[A-Z]{3}\d{12}"), IdentityDocumentKind.PERMANENT_RESIDENT),
    (re.compile(r"[HM]\d{8,10}"), IdentityDocumentKind.HK_MO_TW_PERMIT),
    (re.compile(r"[A-Z]{1,2}\d{6,8}|[A-Z]\d[A-Z\d]{7}"), IdentityDocumentKind.PASSPORT),
)
_HK_MO_TW: Final = frozenset({"81", "82", "83"})
"""What the numbers of residence permits begin with; they have the form of resident numbers."""


def special_document(case: CheckContext, role: PersonRole) -> IdentityDocumentKind | None:
    """What somebody proves who they are by, where that is no resident identity card; else None."""
    stated = _stated(case, role)
    document = stated.identity_document
    if document is not None and document.kind is not IdentityDocumentKind.RESIDENT_ID:
        return document.kind
    number = stated.id_number or ""
    if valid_id_number(number, today=case.on):
        return IdentityDocumentKind.HK_MO_TW_PERMIT if number[:2] in _HK_MO_TW else None
    if is_permanent_resident_number(number):
        return IdentityDocumentKind.PERMANENT_RESIDENT
    return next((kind for shape, kind in _OTHER_NUMBERS if shape.fullmatch(number)), None)


def _stated(case: CheckContext, role: PersonRole) -> Applicant | Member:
    form = case.application
    return form.applicant if role is PersonRole.APPLICANT else form.member


@check
def people_hold_resident_cards(case: CheckContext) -> Answer:
    """Both people are identified by a resident identity card, which is what is checked here."""
    return answer(fault for role in PersonRole for fault in _faults(case, role))


def _faults(case: CheckContext, role: PersonRole) -> Iterator[Finding]:
    kind, stated = special_document(case, role), _stated(case, role)
    if kind is not None:
        temporary = kind is IdentityDocumentKind.TEMPORARY_ID
        yield finding(
            Reason.PORTRAIT_SIDE_MISSING if temporary else Reason.ID_NUMBER_INVALID,
            filed(f"{role.value}.identity_document", kind.value),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
            zh=f"持{kind.zh}，由工作人员办理",
            en=f"holds a {kind.en}; a person handles it",
        )
        return
    document = stated.identity_document
    if document is not None and document.number not in {None, stated.id_number}:
        yield finding(
            Reason.ID_NUMBER_INVALID,
            filed(f"{role.value}.id_number", stated.id_number),
            filed(f"{role.value}.identity_document.number", document.number),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="填报的两个证件号码不一致",
            en="the form gives two numbers",
        )
    born = case.born(role)
    if document is not None and born is not None and document.birth_date not in {None, born}:
        yield finding(
            Reason.ID_NUMBER_INVALID,
            filed(f"{role.value}.id_number", stated.id_number),
            filed(f"{role.value}.identity_document.birth_date", str(document.birth_date)),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="填报的出生日期与号码中的不一致",
            en="the form gives another birth date than the number",
        )
