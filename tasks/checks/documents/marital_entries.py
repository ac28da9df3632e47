"""What hukou pages enter of somebody's marriage, held against the claim and against the age."""

import re
from typing import Final

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole, Relationship
from models.reading.document import DocumentKind
from tasks.checks.check_context import PASS, Answer, CheckContext, answer, check, seen, subject_of
from tasks.checks.documents.needed_documents import is_needed
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none

_FIELD: Final = "marital_status"
_NOT_MARRIED: Final = re.compile(r"未婚|离|丧|单身|独身|鳏|寡|孀")
_MARRIED_AGAIN: Final = re.compile(r"(?<!未)(?:再婚|复婚)")
_HAS_MARRIED: Final = re.compile(r"(?<!未)婚|有配偶|离|丧|鳏|寡|孀")
_SIMPLIFIED: Final = str.maketrans("離喪單獨鰥復複異", "离丧单独鳏复复异")
_MARRIED_FROM: Final = 18
"""Completed years below which no law since 1950 let anybody marry (Marriage Law of 1950, 4)."""


@check
def spouses_are_married_by_their_pages(case: CheckContext) -> Answer:
    """Spouses whom the book joins are not called unmarried, divorced or widowed on their pages.

    Divorced couples may go on sharing a book. A marriage certificate of a later day than the page
    outweighs what the page says.
    """
    if case.application.relationship is not Relationship.SPOUSE:
        return PASS
    return answer(
        finding(
            Reason.RELATIONSHIP_NOT_DETERMINED,
            seen(page, _FIELD),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
        )
        for page, role in case.papers.people_of(DocumentKind.HUKOU_MEMBER)
        if _unmarried(_entry(page)) and not _married_since(case, page)
    )


@check
def marital_entries_fit_ages(case: CheckContext) -> Answer:
    """No page that matters calls somebody married, divorced or widowed who is a child by the form.

    Such a page is another person's, or was altered or misread; a person looks.
    """
    return answer(
        finding(
            Reason.BIRTH_DATES_DIFFER,
            seen(page, _FIELD),
            subject=subject_of(role),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="户口页上的婚姻状况与年龄不符",
            en="the marital status on the page does not fit the age",
        )
        for page, role in case.papers.people_of(DocumentKind.HUKOU_MEMBER)
        if case.trusts(page, _FIELD)
        and _HAS_MARRIED.search(_entry(page))
        and _is_child(case, role)
        and is_needed(case, page)
    )


def _is_child(case: CheckContext, role: PersonRole) -> bool:
    born = case.stated(role).born
    return born is not None and case.policy.ages.age(born, case.on) < _MARRIED_FROM


def _entry(page: AssignedDocument) -> str:
    """What is entered, without the gaps of its print and in simplified characters."""
    return "".join((page.reading.value(_FIELD) or "").split()).translate(_SIMPLIFIED)


def _unmarried(entry: str) -> bool:
    """Whether an entry says unmarried, divorced or widowed, in whatever form it is printed."""
    return _NOT_MARRIED.search(entry) is not None and _MARRIED_AGAIN.search(entry) is None


def _married_since(case: CheckContext, page: AssignedDocument) -> bool:
    printed = date_or_none(case.trusted(page, "registration_date"))
    days = [
        date_or_none(case.trusted(p, "registration_date")) for p in case.papers.of_their_marriage
    ]
    return printed is not None and any(day is not None and day > printed for day in days)
