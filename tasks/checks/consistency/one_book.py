"""Whether the hukou pages that carry the proof lie in one booklet."""

from itertools import combinations

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from tasks.checks.check_context import PASS, Answer, CheckContext, answer, check, seen
from tasks.checks.consistency.page_ties import TieVerdict, pages_are_tied
from tasks.checks.documents.completeness import rests_on_book
from tasks.checks.documents.hukou_entries import is_cancelled
from tasks.checks.documents.wanted_papers import other_proof_is_offered
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.booklets import householder_on
from tasks.identity.former_names import page_tells_both
from tasks.identity.similarity import Similarity, compare_names, differ_surely

_NUMBER = "household_number"
_UNTOLD = TieVerdict(tied=False)


@check
def pages_lie_in_one_book(case: CheckContext) -> Answer:
    """The pages share one household number, and their cover with them.

    Two booklets are no fault where another paper proves the relation; then no page is asked here.
    """
    if not rests_on_book(case):
        return PASS
    if case.proven:
        documents = case.kinship.documents if case.kinship else ()
        pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        proving = tuple(p for p in pages if p.reading.place in documents)
        if elsewhere := _registered_elsewhere(case, proving):
            return answer([elsewhere])
        return _one_book(case, proving)
    applicant, member = (case.papers.of(DocumentKind.HUKOU_MEMBER, role) for role in PersonRole)
    if not applicant or not member:
        return PASS
    if {p.book for p in applicant} & {p.book for p in member}:
        return _one_book(case, (*applicant, *member))
    return answer([_two_books(case, (*applicant, *member))])


def _registered_elsewhere(
    case: CheckContext, proving: tuple[AssignedDocument, ...]
) -> Finding | None:
    """Somebody of the proof who has a page in another book too: nobody is registered in two.

    An old page that is stamped as such says itself which of them is in force.
    """
    others = tuple(
        other
        for other in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if other.sure
        and other.book_sure
        and not is_cancelled(other)
        and any(
            page.sure and page.book_sure and page.person == other.person and page.book != other.book
            for page in proving
        )
    )
    if not others:
        return None
    return finding(
        Reason.HOUSEHOLDS_DIFFER,
        *(seen(page, _NUMBER) for page in (*proving, *others)),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="同一人有两本户口簿的个人页",
        en="one person has pages of two books",
    )


def _one_book(case: CheckContext, pages: tuple[AssignedDocument, ...]) -> Answer:
    """Pages without a number count as one book where enough ties them (docs/ties.md)."""
    doubtful = tuple(p for p in pages if not p.book_sure)
    ties = pages_are_tied(case, pages) if doubtful else TieVerdict(tied=True)
    if not ties.tied:
        return answer([_doubt(doubtful, ties)])
    return answer(_cover_faults(case, pages), *(seen(p, _NUMBER) for p in pages), *ties.evidence)


def _two_books(case: CheckContext, pages: tuple[AssignedDocument, ...]) -> Finding:
    if not all(p.book_sure for p in pages):
        return _doubt(pages)
    offered = other_proof_is_offered(case)
    return finding(
        Reason.HOUSEHOLDS_DIFFER,
        *(seen(p, _NUMBER) for p in pages),
        verdict=CheckVerdict.CANNOT_TELL if offered else CheckVerdict.FAILED,
    )


def _doubt(pages: tuple[AssignedDocument, ...], ties: TieVerdict = _UNTOLD) -> Finding:
    """No number, or not clearly; with what ties the pages otherwise, where that was compared."""
    zh, en = "页面未载明户号或户号不清", "a page shows no household number, or not clearly"
    if ties.message:
        zh, en = f"{zh}；{ties.message.zh}", f"{en}; {ties.message.en}"
    return finding(
        Reason.HOUSEHOLDS_DIFFER,
        *(seen(p, _NUMBER) for p in pages),
        *ties.evidence,
        verdict=CheckVerdict.CANNOT_TELL,
        zh=zh,
        en=en,
    )


def _cover_faults(case: CheckContext, pages: tuple[AssignedDocument, ...]) -> list[Finding]:
    """A cover's number matters beside pages that print one: there is nothing else to differ from.

    Its householder matters always.
    """
    covers = case.papers.of_kind(DocumentKind.HUKOU_COVER)
    faults = []
    for book in sorted({p.book for p in pages if p.book}):
        theirs = [c for c in covers if c.book == book]
        if covers and not theirs and not _other_book_used(covers, pages):
            faults.append(_stray_cover(covers))
        if any(p.book_sure for p in pages if p.book == book):
            faults += [_doubt((c,)) for c in theirs if not c.book_sure]
        faults += _householder_faults(case, book)
    return faults


def _other_book_used(
    covers: tuple[AssignedDocument, ...], pages: tuple[AssignedDocument, ...]
) -> bool:
    return bool({c.book for c in covers} & {p.book for p in pages})


def _stray_cover(covers: tuple[AssignedDocument, ...]) -> Finding:
    sure = all(c.book_sure for c in covers)
    return finding(
        Reason.HOUSEHOLDS_DIFFER,
        *(seen(c, _NUMBER) for c in covers),
        verdict=CheckVerdict.FAILED if sure else CheckVerdict.CANNOT_TELL,
    )


def _householder_faults(case: CheckContext, book: str) -> list[Finding]:
    """Cover and first page name one householder; two names mean a reissued or a mixed book."""
    kinds = {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER}
    naming = [
        p
        for p in case.papers.all
        if p.kind in kinds and p.book == book and householder_on(p.reading)
    ]
    return [
        finding(
            Reason.HOUSEHOLDS_DIFFER,
            seen(one, _name_field(one)),
            seen(other, _name_field(other)),
            verdict=_householder_verdict(case, one, other),
        )
        for one, other in combinations(naming, 2)
        if compare_names(*_householders(one, other)) is not Similarity.SAME
        and not _is_misreading(case, one, other)
    ]


def _is_misreading(case: CheckContext, one: AssignedDocument, other: AssignedDocument) -> bool:
    """Whether one of two names was read unsurely and is the other but for some of its characters.

    What holds the pages together was weighed without it: numbers, or ties that leave out a cover
    whose householder was not surely read.
    """
    if case.trusts(one, _name_field(one)) and case.trusts(other, _name_field(other)):
        return False
    names = _householders(one, other)
    same = sum(a == b for a, b in zip(*names, strict=False))
    return len(names[0]) == len(names[1]) and 2 * same >= len(names[0])


def _householders(one: AssignedDocument, other: AssignedDocument) -> tuple[str, str]:
    return householder_on(one.reading) or "", householder_on(other.reading) or ""


def _householder_verdict(
    case: CheckContext, one: AssignedDocument, other: AssignedDocument
) -> CheckVerdict:
    """Either of the two may have been misread, or the householder's name was changed."""
    first, second = _householders(one, other)
    sure = case.trusts(one, _name_field(one)) and case.trusts(other, _name_field(other))
    renamed = any(page_tells_both(p.reading, first, second) for p in (one, other))
    clear = sure and differ_surely(first, second) and differ_surely(second, first) and not renamed
    return CheckVerdict.FAILED if clear else CheckVerdict.CANNOT_TELL


def _name_field(paper: AssignedDocument) -> str:
    return "householder_name" if paper.kind is DocumentKind.HUKOU_COVER else "name"
