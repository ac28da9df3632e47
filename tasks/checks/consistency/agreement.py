"""Whether the papers and the form speak of the same two people.

A conflict needs two sure readings. What a misread could explain is put before a person, and a
number that fails its own check says nothing against anybody.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import permutations
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import full_id_number, valid_id_number
from models.intake.application import PersonRole, Relationship
from models.kinship.relation_word import read_relation_word
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    PASS,
    Answer,
    AnswerTally,
    CheckContext,
    answer,
    check,
    filed,
    seen,
    subject_of,
)
from tasks.checks.consistency.certificate_people import (
    SLOTS,
    births_beside_numbers,
    names_beside_numbers,
    sexes_beside_numbers,
)
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

PERSONAL: Final = (
    DocumentKind.ID_CARD_PORTRAIT,
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.INSURANCE_CERTIFICATE,
    DocumentKind.INCAPACITY_CERTIFICATE,
)
"""Papers that name one person with a number."""


@check
def names_agree(case: CheckContext) -> Answer:
    """Every paper of a person bears the name that the form gives, also beside the own number.

    Where a certificate makes one of the two the other's parent, its own check says so (X06).
    """
    tally = AnswerTally()
    tally.findings += names_beside_numbers(case)
    for paper, role in case.papers.people_of(*PERSONAL):
        read, stated = paper.reading.value("name"), case.stated(role).name
        if read is None or stated is None:
            continue
        if compare_names(read, stated) is Similarity.SAME:
            tally.evidence.append(seen(paper, "name"))
            continue
        tally.findings.append(
            finding(
                Reason.NAMES_DIFFER,
                seen(paper, "name"),
                filed(f"{role.value}.name", stated),
                subject=subject_of(role),
                verdict=_name_verdict(case, paper, role, stated),
            )
        )
    return tally.answer()


def _name_verdict(
    case: CheckContext, paper: AssignedDocument, role: PersonRole, stated: str
) -> CheckVerdict:
    """A clear difference fails; a look-alike, an unsure reading or a former name is a doubt."""
    read = paper.reading.value("name") or ""
    renamed = is_renamed(case.papers, role, read, stated)
    clear = differ_surely(read, stated) and case.trusts(paper, "name") and not renamed
    return (
        CheckVerdict.FAILED
        if clear and case.trusts(paper, "id_number")
        else CheckVerdict.CANNOT_TELL
    )


@check
def numbers_agree(case: CheckContext) -> Answer:
    """Every paper of a person bears the number that the form gives, and nobody else's beside it."""
    tally = AnswerTally()
    tally.findings += (
        finding(
            Reason.SEX_OR_NUMBER_CONFLICT,
            seen(paper, field),
            filed(f"{role.value}.id_number", _number_text(case, role)),
            subject=subject_of(role),
        )
        for paper, role, field in exchanged_numbers(case)
    )
    for paper, role in case.papers.people_of(*PERSONAL):
        read, stated = paper.reading.value("id_number"), case.stated(role).number
        if read is None or stated is None:
            continue
        if compare_numbers(read, stated.text, today=case.on) is Similarity.SAME:
            tally.evidence.append(seen(paper, "id_number"))
        elif _is_somebody_s(case, read):
            tally.findings.append(
                finding(
                    Reason.SEX_OR_NUMBER_CONFLICT,
                    seen(paper, "id_number"),
                    filed(f"{role.value}.id_number", stated.text),
                    subject=subject_of(role),
                    verdict=_number_verdict(case, paper, read, stated.text),
                )
            )
    return tally.answer()


_PREFIXES: Final = MappingProxyType(
    dict.fromkeys(PERSONAL, ("",))
    | {kind: tuple(f"{slot}_" for slot in slots) for kind, slots in SLOTS.items()}
)


def exchanged_numbers(case: CheckContext) -> tuple[tuple[AssignedDocument, PersonRole, str], ...]:
    """Papers on which one's name stands beside the number that the form gives the other.

    The two numbers, or the two names, were typed into the wrong fields. One number in both fields
    is told as what it is (B06); of two people of one name no name says whose number it is.
    """
    applicant, member = (case.stated(role).name or "" for role in PersonRole)
    if _number_text(case, PersonRole.APPLICANT) == _number_text(case, PersonRole.MEMBER):
        return ()
    if compare_names(applicant, member) is Similarity.SAME:
        return ()
    return tuple(
        (paper, role, f"{prefix}id_number")
        for paper in case.papers.all
        for prefix in _PREFIXES.get(paper.kind, ())
        for role, other in permutations(PersonRole)
        if _is_named(case, paper, prefix, role) and _is_numbered(case, paper, prefix, other)
    )


def _is_named(case: CheckContext, paper: AssignedDocument, prefix: str, role: PersonRole) -> bool:
    name, stated = case.trusted(paper, f"{prefix}name"), case.stated(role).name
    return bool(name and stated) and compare_names(name or "", stated or "") is Similarity.SAME


def _is_numbered(
    case: CheckContext, paper: AssignedDocument, prefix: str, role: PersonRole
) -> bool:
    number, stated = case.trusted(paper, f"{prefix}id_number"), _number_text(case, role)
    return bool(number and stated) and (
        compare_numbers(number or "", stated or "", today=case.on) is Similarity.SAME
    )


def _is_somebody_s(case: CheckContext, number: str) -> bool:
    """Whether a number passes its own check; one of 15 digits has only a date that can be wrong."""
    return valid_id_number(full_id_number(number), today=case.on) is not None


def _number_verdict(
    case: CheckContext, paper: AssignedDocument, read: str, stated: str
) -> CheckVerdict:
    """Another valid number fails when both readers saw it, or no double misread explains it."""
    signs = signs_on(paper.reading, case.policy.reading)
    far = digits_apart(full_id_number(read), stated) > MISREAD_DIGITS
    return (
        CheckVerdict.FAILED
        if signs.number_sure and (signs.number_twice or far)
        else CheckVerdict.CANNOT_TELL
    )


@check
def birth_dates_agree(case: CheckContext) -> Answer:
    """Printed birth dates are the date inside the person's number, and no page is older."""
    tally = AnswerTally()
    tally.findings += _entered_before_birth(case)
    tally.findings += births_beside_numbers(case)
    for paper, role in case.papers.people_of(*PERSONAL):
        born, printed = case.stated(role).born, date_or_none(case.trusted(paper, "birth_date"))
        if born is None or printed is None or _speaks_of_another(case, paper, role):
            continue
        if printed == born:
            tally.evidence.append(seen(paper, "birth_date"))
            continue
        tally.findings.append(
            finding(
                Reason.BIRTH_DATES_DIFFER,
                seen(paper, "birth_date"),
                filed(f"{role.value}.id_number", _number_text(case, role)),
                subject=subject_of(role),
                verdict=birth_verdict(case, paper, printed, born),
            )
        )
    return tally.answer()


def _entered_before_birth(case: CheckContext) -> Iterator[Finding]:
    """Pages of a book that were entered before their bearer was born: another's, or misread."""
    for page, role in case.papers.people_of(DocumentKind.HUKOU_MEMBER):
        born, entered = (
            case.stated(role).born,
            date_or_none(case.trusted(page, "registration_date")),
        )
        if born and entered and entered < born and not _speaks_of_another(case, page, role):
            yield finding(
                Reason.BIRTH_DATES_DIFFER,
                seen(page, "registration_date"),
                filed(f"{role.value}.id_number", _number_text(case, role)),
                subject=subject_of(role),
                verdict=CheckVerdict.CANNOT_TELL,
            )


def birth_verdict(
    case: CheckContext, paper: AssignedDocument, printed: dt.date, born: dt.date
) -> CheckVerdict:
    """A gap of a month or two is how a lunar date looks in an old book: a person decides."""
    rules = case.policy.plausibility
    lunar = rules.lunar_min_days <= abs((printed - born).days) <= rules.lunar_max_days
    return CheckVerdict.CANNOT_TELL if lunar or not paper.sure else CheckVerdict.FAILED


def _speaks_of_another(case: CheckContext, paper: AssignedDocument, role: PersonRole) -> bool:
    """The number on the paper is another person's; that conflict is told once, as such."""
    read, stated = paper.reading.value("id_number"), _number_text(case, role)
    return bool(
        read
        and stated
        and _is_somebody_s(case, read)
        and compare_numbers(read, stated, today=case.on) is not Similarity.SAME
    )


def _number_text(case: CheckContext, role: PersonRole) -> str | None:
    number = case.stated(role).number
    return number.text if number else None


@check
def sexes_agree(case: CheckContext) -> Answer:
    """Printed sexes and relation words fit the number; spouses are a man and a woman."""
    found = [
        wrong
        for paper, role in case.papers.people_of(*PERSONAL)
        if not _speaks_of_another(case, paper, role)
        for wrong in _sex_conflicts(case, paper, role)
    ]
    found += sexes_beside_numbers(case)
    sexes = [n.sex for role in PersonRole if (n := case.stated(role).number)]
    if case.application.relationship is Relationship.SPOUSE and len(sexes) > len(set(sexes)):
        found.append(
            finding(Reason.SEX_OR_NUMBER_CONFLICT, filed("relationship", Relationship.SPOUSE))
        )
    return answer(found) if found else PASS


def _sex_conflicts(case: CheckContext, paper: AssignedDocument, role: PersonRole) -> list[Finding]:
    number = case.stated(role).number
    if number is None:
        return []
    word = case.trusted(paper, "relation_to_householder")
    shown = {
        "sex": case.trusted(paper, "sex"),
        "relation_to_householder": read_relation_word(word).sex if word else None,
    }
    return [
        finding(
            Reason.SEX_OR_NUMBER_CONFLICT,
            seen(paper, name),
            filed(f"{role.value}.id_number", number.text),
            subject=subject_of(role),
            verdict=CheckVerdict.FAILED if paper.sure else CheckVerdict.CANNOT_TELL,
        )
        for name, sex in shown.items()
        if sex in {"男", "女"} and sex != number.sex
    ]
