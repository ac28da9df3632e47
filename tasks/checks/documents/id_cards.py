"""The emblem side of an ID card: in force, and with the term that its holder's age gives."""

import datetime as dt
from collections.abc import Iterator
from itertools import permutations
from types import MappingProxyType
from typing import Final, NamedTuple

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.identity.id_number import full_id_number
from models.intake.application import PersonRole
from models.policy.measures import ValidityRules
from models.policy.policy import AgeRules
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    Answer,
    AnswerTally,
    CheckContext,
    answer,
    as_note,
    check,
    met,
    seen,
    subject_of,
)
from tasks.checks.documents.completeness import asked_for
from tasks.checks.documents.wanted_papers import unrecognised
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none


class ValidityTerm(NamedTuple):
    """A printed term; `end` is None for long term."""

    start: dt.date
    end: dt.date | None


_OTHER_SIDE: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: DocumentKind.ID_CARD_EMBLEM,
        DocumentKind.ID_CARD_EMBLEM: DocumentKind.ID_CARD_PORTRAIT,
    }
)


@check
def both_sides_of_the_card_are_there(case: CheckContext) -> Answer:
    """The two pictures of an ID card show its two sides, not one side twice."""
    portraits = case.papers.of(DocumentKind.ID_CARD_PORTRAIT, PersonRole.MEMBER)
    emblems = case.papers.of(DocumentKind.ID_CARD_EMBLEM, PersonRole.MEMBER)
    one, other = sorted((portraits, emblems), key=len)
    if one or len(other) < 2:
        return met(*(seen(p) for p in (*portraits, *emblems)))
    missing = _OTHER_SIDE[other[0].kind]
    return answer(
        [
            finding(
                Reason.SAME_SIDE_TWICE,
                *(seen(p) for p in other),
                subject=subject_of(PersonRole.MEMBER),
                verdict=CheckVerdict.CANNOT_TELL
                if unrecognised(case, {missing})
                else CheckVerdict.FAILED,
            )
        ]
    )


@check
def cards_are_in_force(case: CheckContext) -> Answer:
    """No ID card that is asked for had expired on the day of submission; another's is noted."""
    tally = AnswerTally()
    for paper, role in case.papers.people_of(DocumentKind.ID_CARD_EMBLEM):
        end = date_or_none(case.trusted(paper, "valid_until"))
        if end and end < case.on:
            expired = finding(
                Reason.ID_CARD_EXPIRED,
                seen(paper, "valid_until"),
                subject=subject_of(role),
                verdict=_by_pairing(paper),
            )
            tally.findings.append(expired if _is_asked(case, role) else as_note(expired))
        elif end:
            tally.evidence.append(seen(paper, "valid_until"))
    tally.findings += _of_the_first_generation(case)
    return tally.answer()


def _of_the_first_generation(case: CheckContext) -> Iterator[Finding]:
    """Cards with a number of 15 digits: none of them has been in force since 2013."""
    for paper, role in case.papers.people_of(DocumentKind.ID_CARD_PORTRAIT):
        number = case.trusted(paper, "id_number") or ""
        if _is_asked(case, role) and full_id_number(number) != number:
            yield finding(
                Reason.ID_CARD_EXPIRED,
                seen(paper, "id_number"),
                subject=subject_of(role),
                verdict=CheckVerdict.CANNOT_TELL,
            )


@check
def card_terms_fit_ages(case: CheckContext) -> Answer:
    """Each card lasts as long as the law gives a holder of that age."""
    cards = [(p, r) for p, r in case.papers.people_of(DocumentKind.ID_CARD_EMBLEM) if p.sure]
    faults = (
        implausible if _is_asked(case, role) else as_note(implausible)
        for paper, role in cards
        for implausible in (_implausible(paper, role),)
        if not _may_be_held_by(case, paper, role)
    )
    return answer(faults, *(seen(paper, "valid_from") for paper, _ in cards))


def _implausible(paper: AssignedDocument, role: PersonRole) -> Finding:
    return finding(
        Reason.VALIDITY_TERM_IMPLAUSIBLE,
        seen(paper, "valid_from"),
        seen(paper, "valid_until"),
        subject=subject_of(role),
    )


def _is_asked(case: CheckContext, role: PersonRole) -> bool:
    """Whether anything rests on this person's card."""
    return (DocumentKind.ID_CARD_EMBLEM, role) in asked_for(case)


@check
def sides_belong_together(case: CheckContext) -> Answer:
    """Emblem sides that name nobody can be shared out so that every term fits its holder."""
    unsure = [(p, r) for p, r in case.papers.people_of(DocumentKind.ID_CARD_EMBLEM) if not p.sure]
    if not any(_is_asked(case, role) for _, role in unsure):
        return met(*(seen(p) for p, _ in unsure))
    papers, roles = [p for p, _ in unsure], [r for _, r in unsure]
    if len(papers) <= _MOST_EMBLEMS and any(
        all(_may_be_held_by(case, p, r) for p, r in zip(papers, order, strict=True))
        for order in permutations(roles)
    ):
        return met(*(seen(p) for p in papers))
    return answer(
        [
            finding(
                Reason.CARD_SIDES_MAY_DIFFER,
                *(seen(p) for p in papers),
                verdict=CheckVerdict.CANNOT_TELL,
            )
        ]
    )


_MOST_EMBLEMS: Final = 5
"""More are not tried in every order; a person sorts them."""


def _may_be_held_by(case: CheckContext, paper: AssignedDocument, role: PersonRole) -> bool:
    """Whether the term, as far as it was read, is one that this person's card can have."""
    term, born = _term(case, paper), case.born(role)
    if term is None or born is None:
        return True
    return term.start <= case.on and _fits(term, born, case.policy.validity, case.policy.ages)


def _by_pairing(paper: AssignedDocument) -> CheckVerdict:
    """Nobody is told that a card has expired which may be another person's."""
    return CheckVerdict.FAILED if paper.sure else CheckVerdict.CANNOT_TELL


def _term(case: CheckContext, paper: AssignedDocument) -> ValidityTerm | None:
    start = date_or_none(case.trusted(paper, "valid_from"))
    if start is None:
        return None
    if case.policy.reading.trusts_long_term(paper.reading.fields.get("valid_until")):
        return ValidityTerm(start, None)
    end = date_or_none(case.trusted(paper, "valid_until"))
    return ValidityTerm(start, end) if end else None


def _fits(term: ValidityTerm, born: dt.date, rules: ValidityRules, ages: AgeRules) -> bool:
    if term.start < born or term.start.year < rules.first_year:
        return False
    slack = dt.timedelta(days=rules.slack_days)
    around = {ages.age(born, day) for day in (term.start - slack, term.start, term.start + slack)}
    return any(_ends_after(term, _years(rules, max(age, 0))) for age in around)


def _years(rules: ValidityRules, age: int) -> int | None:
    return next(t.years for t in rules.terms if t.below_age is None or age < t.below_age)


def _ends_after(term: ValidityTerm, years: int | None) -> bool:
    if years is None or term.end is None:
        return years is None and term.end is None
    year = term.start.year + years
    leap_day = (term.start.month, term.start.day) == (2, 29)
    due = dt.date(year, 2, 28) if leap_day else term.start.replace(year=year)
    return abs((term.end - due).days) <= 1
