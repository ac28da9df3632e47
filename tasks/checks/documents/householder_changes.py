"""Whether the words of a book were printed for the householder whom it shows.

A word is relative to whoever was householder on the day of its own page (K10).
"""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word
from models.reading.document import DocumentKind
from tasks.checks.check_context import PASS, Answer, CheckContext, answer, check, seen
from tasks.checks.documents.completeness import rests_on_book
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.booklets import householder_on
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import Similarity, compare_names


@check
def householder_did_not_change(case: CheckContext) -> Answer:
    """No word was printed before the householder's own page, where a place asks about that.

    A word is relative to whoever was householder on the day of its own page (K10). An older page
    still speaks of the earlier householder, unless the book's cover named this one by then. Nor
    does a page speak of a day that is still to come, or a cover of a householder who is.
    """
    if not rests_on_book(case) or not case.proven:
        return PASS
    newer = case.policy.plausibility.householder_page_newer
    changed = () if newer == "ignored" else _printed_for_another(case)
    return answer((*changed, *_printed_in_the_future(case), *_issued_before_birth(case)))


def _printed_in_the_future(case: CheckContext) -> Iterator[Finding]:
    """Pages of the proof, and their covers, of a day after the one on which they were handed in."""
    proving, covers = _proving(case)
    dated = [(page, "registration_date") for page in proving]
    dated += [(cover, "issue_date") for cover in covers]
    for paper, field in dated:
        printed = date_or_none(case.trusted(paper, field))
        if printed is not None and printed > case.on:
            yield _misdated(
                seen(paper, field),
                zh="户口页的登记日期晚于提交日期",
                en="a page is dated after the day on which it was handed in",
            )


def _issued_before_birth(case: CheckContext) -> Iterator[Finding]:
    """Covers of the proof's books that name a householder who was not born when they were issued.

    Such a day, misread or not, says nothing of who was householder since when.
    """
    _, covers = _proving(case)
    for cover, role in product(covers, PersonRole):
        named, who = case.trusted(cover, "householder_name"), case.stated(role)
        issued = date_or_none(case.trusted(cover, "issue_date"))
        if named is None or issued is None or who.name is None or who.born is None:
            continue
        if compare_names(named, who.name) is Similarity.SAME and issued < who.born:
            yield _misdated(
                seen(cover, "issue_date"),
                zh="户口簿首页的签发日期早于户主的出生日期",
                en="a cover was issued before its householder was born",
            )


def _proving(case: CheckContext) -> tuple[list[AssignedDocument], list[AssignedDocument]]:
    """The pages that the proof rests on, and the covers of their books."""
    documents = case.kinship.documents if case.kinship else ()
    pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    proving = [page for page in pages if page.reading.place in documents]
    books = {page.book for page in proving}
    return proving, [c for c in case.papers.of_kind(DocumentKind.HUKOU_COVER) if c.book in books]


def _misdated(evidence: Evidence, *, zh: str, en: str) -> Finding:
    return finding(
        Reason.HOUSEHOLDS_DIFFER, evidence, verdict=CheckVerdict.CANNOT_TELL, zh=zh, en=en
    )


def _printed_for_another(case: CheckContext) -> Iterator[Finding]:
    documents = case.kinship.documents if case.kinship else ()
    pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    dated = [(page, day) for page in pages if (day := _registered(case, page))]
    older = [
        (head, page)
        for head in pages
        for since in (_registered(case, head) or dt.date.min,)
        for page, printed in dated
        if page.reading.place in documents
        and householder_on(head.reading)
        and page.book == head.book
        and (
            (printed < since and _may_be_another_s(case, page))
            or _before_marriage(case, head, page, printed)
        )
        and not _householder_by(case, head, printed)
    ]
    return (
        finding(
            Reason.HOUSEHOLDS_DIFFER,
            seen(head, "registration_date"),
            seen(page, "registration_date"),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="户主页晚于成员页登记，户主可能已变更",
            en="the householder's page is newer than the member's; there may have been another",
        )
        for head, page in older
    )


_UP_OR_SIDEWAYS: Final = frozenset(
    {
        KinClass.PARENT,
        KinClass.ADOPTIVE_PARENT,
        KinClass.STEP_PARENT,
        KinClass.SIBLING,
        KinClass.FATHER_S_PARENT,
        KinClass.MOTHER_S_PARENT,
    }
)


def _may_be_another_s(case: CheckContext, page: AssignedDocument) -> bool:
    """Whether the policy asks about such a word."""
    if case.policy.plausibility.householder_page_newer == "person":
        return True
    word = read_relation_word(page.reading.value("relation_to_householder"))
    return any(one.kin in _UP_OR_SIDEWAYS for one in word.meanings)


def _before_marriage(
    case: CheckContext, head: AssignedDocument, page: AssignedDocument, printed: dt.date
) -> bool:
    """Whether 妻 or 夫 was printed while this householder was too young to be married.

    It was an earlier householder's, who may be this one's father.
    """
    word = read_relation_word(page.reading.value("relation_to_householder"))
    number = case.stated(head.meant_for).number if head.meant_for else None
    if number is None or not any(one.kin is KinClass.SPOUSE for one in word.meanings):
        return False
    rules = case.policy.plausibility
    least = rules.marriage_min_age_man if number.sex == "男" else rules.marriage_min_age_woman
    return case.policy.ages.age(number.birth_date, printed) < least


def _registered(case: CheckContext, page: AssignedDocument) -> dt.date | None:
    """The day of a page as far as it was read at all: an unsure day proves nothing, but warns."""
    field = page.reading.fields.get("registration_date")
    least = case.policy.reading.confidence.name_beside_number
    seen_at_all = field is not None and field.confidence >= least
    return date_or_none(page.reading.value("registration_date")) if seen_at_all else None


def _householder_by(case: CheckContext, head: AssignedDocument, day: dt.date) -> bool:
    """Whether a cover of the book, issued by then, names the same householder."""
    name = householder_on(head.reading) or ""
    return any(
        compare_names(named, name) is Similarity.SAME and issued <= day
        for cover in case.papers.of_kind(DocumentKind.HUKOU_COVER)
        if cover.book == head.book
        and (named := case.trusted(cover, "householder_name"))
        and (issued := date_or_none(case.trusted(cover, "issue_date")))
    )
