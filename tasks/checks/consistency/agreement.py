"""Whether the papers and the form speak of the same two people.

A conflict needs two sure readings. What a misread could explain is put before a person, and a
number that fails its own check says nothing against anybody.
"""

import datetime as dt
from typing import Final

from models.checks.finding import Finding, Verdict, finding
from models.checks.reason import Code
from models.identity.id_number import valid_id_number
from models.intake.application import PersonRole, Relationship
from models.kinship.relation_word import read_relation_word
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    PASS,
    Answer,
    Case,
    Tally,
    answer,
    check,
    filed,
    seen,
    subject_of,
)
from tasks.identity.assign_documents import Paper
from tasks.identity.identities import date_or_none, signs_on
from tasks.identity.similarity import (
    MISREAD_DIGITS,
    Likeness,
    compare_names,
    compare_numbers,
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
def names_agree(case: Case) -> Answer:
    """Every paper of a person bears the name that the form gives."""
    tally = Tally()
    for paper, role in case.papers.people_of(*PERSONAL):
        read, stated = paper.reading.value("name"), case.stated(role).name
        if read is None or stated is None:
            continue
        likeness = compare_names(read, stated)
        if likeness is Likeness.SAME:
            tally.evidence.append(seen(paper, "name"))
            continue
        tally.findings.append(
            finding(
                Code.X01,
                seen(paper, "name"),
                filed(f"{role.value}.name", stated),
                subject=subject_of(role),
                verdict=_name_verdict(case, paper, likeness, stated),
            )
        )
    return tally.answer()


def _name_verdict(case: Case, paper: Paper, likeness: Likeness, stated: str) -> Verdict:
    """A clear difference fails; a look-alike, an unsure reading or a former name is a doubt."""
    former = paper.reading.value("former_name")
    renamed = former is not None and compare_names(former, stated) is not Likeness.DIFFERENT
    clear = likeness is Likeness.DIFFERENT and case.trusts(paper, "name") and not renamed
    return Verdict.FAILED if clear and case.trusts(paper, "id_number") else Verdict.CANNOT_TELL


@check
def numbers_agree(case: Case) -> Answer:
    """Every paper of a person bears the number that the form gives."""
    tally = Tally()
    for paper, role in case.papers.people_of(*PERSONAL):
        read, stated = paper.reading.value("id_number"), case.stated(role).number
        if read is None or stated is None:
            continue
        if compare_numbers(read, stated.text, today=case.on) is Likeness.SAME:
            tally.evidence.append(seen(paper, "id_number"))
        elif valid_id_number(read, today=case.on):
            tally.findings.append(
                finding(
                    Code.X03,
                    seen(paper, "id_number"),
                    filed(f"{role.value}.id_number", stated.text),
                    subject=subject_of(role),
                    verdict=_number_verdict(case, paper, read, stated.text),
                )
            )
    return tally.answer()


def _number_verdict(case: Case, paper: Paper, read: str, stated: str) -> Verdict:
    """Another valid number fails when both readers saw it, or no double misread explains it."""
    signs = signs_on(paper.reading, case.policy.reading)
    far = digits_apart(read, stated) > MISREAD_DIGITS
    return (
        Verdict.FAILED if signs.number_sure and (signs.number_twice or far) else Verdict.CANNOT_TELL
    )


@check
def birth_dates_agree(case: Case) -> Answer:
    """Printed birth dates are the date inside the person's number."""
    tally = Tally()
    for paper, role in case.papers.people_of(*PERSONAL):
        born, printed = case.stated(role).born, date_or_none(case.trusted(paper, "birth_date"))
        if born is None or printed is None or _speaks_of_another(case, paper, role):
            continue
        if printed == born:
            tally.evidence.append(seen(paper, "birth_date"))
            continue
        tally.findings.append(
            finding(
                Code.X02,
                seen(paper, "birth_date"),
                filed(f"{role.value}.id_number", _number_text(case, role)),
                subject=subject_of(role),
                verdict=birth_verdict(case, paper, printed, born),
            )
        )
    return tally.answer()


def birth_verdict(case: Case, paper: Paper, printed: dt.date, born: dt.date) -> Verdict:
    """A gap of a month or two is how a lunar date looks in an old book: a person decides."""
    rules = case.policy.plausibility
    lunar = rules.lunar_min_days <= abs((printed - born).days) <= rules.lunar_max_days
    return Verdict.CANNOT_TELL if lunar or not paper.sure else Verdict.FAILED


def _speaks_of_another(case: Case, paper: Paper, role: PersonRole) -> bool:
    """The number on the paper is another person's; that conflict is told once, as such."""
    read, stated = paper.reading.value("id_number"), _number_text(case, role)
    return bool(
        read
        and stated
        and valid_id_number(read, today=case.on)
        and compare_numbers(read, stated, today=case.on) is not Likeness.SAME
    )


def _number_text(case: Case, role: PersonRole) -> str | None:
    number = case.stated(role).number
    return number.text if number else None


@check
def sexes_agree(case: Case) -> Answer:
    """Printed sexes and relation words fit the number; spouses are a man and a woman."""
    found = [
        wrong
        for paper, role in case.papers.people_of(*PERSONAL)
        if not _speaks_of_another(case, paper, role)
        for wrong in _sex_conflicts(case, paper, role)
    ]
    sexes = [n.sex for role in PersonRole if (n := case.stated(role).number)]
    if case.application.relationship is Relationship.SPOUSE and len(sexes) > len(set(sexes)):
        found.append(finding(Code.X03, filed("relationship", Relationship.SPOUSE)))
    return answer(found) if found else PASS


def _sex_conflicts(case: Case, paper: Paper, role: PersonRole) -> list[Finding]:
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
            Code.X03,
            seen(paper, name),
            filed(f"{role.value}.id_number", number.text),
            subject=subject_of(role),
            verdict=Verdict.FAILED if paper.sure else Verdict.CANNOT_TELL,
        )
        for name, sex in shown.items()
        if sex in {"男", "女"} and sex != number.sex
    ]
