"""Whether the entries of a hukou page are in force: not cancelled, not changed, not outdated.

Stamps and notes are looked for when a page is read. A stamp on a page on which nothing rests is
noted only: a cancelled entry of somebody else is no fault of this application.
"""

import re
from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason, Severity
from models.intake.application import Relationship
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    Answer,
    CheckContext,
    answer,
    check,
    seen,
    seen_on,
    subject_of,
)
from tasks.checks.documents.completeness import rests_on_book
from tasks.checks.documents.needed_documents import is_needed
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none

ENTRY_CODES: Final = frozenset(
    {Reason.HUKOU_PAGE_CANCELLED, Reason.CERTIFICATE_CONTRADICTS_ITSELF, Reason.CHANGE_NOT_VERIFIED}
)
"""What reading may say about what a paper states; judged by its own check and not as a fault of
the picture."""

_ENDED: Final = (
    *("注销", "销户", "死亡", "亡故", "已故", "去世", "身故", "除籍", "撤销", "吊销"),
    *("样本", "样张"),
)
REPLACED: Final = (
    *("迁出", "作废", "迁往", "移出", "转出", "失效", "无效", "换发", "已迁"),
    *("收回", "收缴", "停用"),
)
CANCELLED: Final = (*_ENDED, *REPLACED)
"""After these there is another page, which the family can send. After a death, or a cancellation
that does not say why, there may be none: a person looks, and nobody is asked for a page."""
_HARMLESS: Final = re.compile(
    r"(?:专用|登记|户籍|公|骑缝|校对|核对|业务|更正|变更|户口)章|派出所|公安|原件|复印|核对|一致|相符|无误|迁入|补发|新增|出生"
)
"""What stamps say that leave a page in force: whose seal it is, or that a copy is true."""
_DIVORCE: Final = "离婚证"
_PAGES: Final = frozenset({DocumentKind.HUKOU_MEMBER, DocumentKind.HUKOU_COVER, DocumentKind.OTHER})
"""`OTHER` for the side pages on which changes are noted: they are no kind of their own."""


@check
def pages_are_in_force(case: CheckContext) -> Answer:
    """No page that matters bears a stamp of cancellation, removal or death."""
    return answer(_weighed(case, _raised(case, Reason.HUKOU_PAGE_CANCELLED), _stamped(case)))


@check
def changed_entries_are_verified(case: CheckContext) -> Answer:
    """No page that matters carries a note that an entry was changed or corrected."""
    return answer(_weighed(case, _raised(case, Reason.CHANGE_NOT_VERIFIED), _changed(case)))


_PageFindings = Iterator[tuple[AssignedDocument, Finding]]


def _raised(case: CheckContext, code: Reason) -> _PageFindings:
    """What reading said, with the page as evidence where it named none."""
    for paper in _pages(case):
        for found in paper.reading.findings:
            if found.code is code:
                placed = seen_on(paper, found)
                if code is Reason.HUKOU_PAGE_CANCELLED:  # reading does not say which stamp it is
                    yield (
                        paper,
                        finding(code, *placed.evidence, verdict=CheckVerdict.CANNOT_TELL),
                    )
                else:
                    yield paper, placed


def _stamped(case: CheckContext) -> _PageFindings:
    for paper in _pages(case):
        stamp = _plain(paper.reading.value("stamp"))
        if stamp and _may_end(stamp):
            sure = case.trusts(paper, "stamp") and any(word in stamp for word in REPLACED)
            sure = sure and not any(word in stamp for word in _DIED)
            sure = sure and paper.meant_for is not None  # nobody has a third person's new page
            yield (
                paper,
                finding(
                    Reason.HUKOU_PAGE_CANCELLED,
                    seen(paper, "stamp"),
                    verdict=CheckVerdict.FAILED if sure else CheckVerdict.CANNOT_TELL,
                ),
            )


_DIED: Final = ("死亡", "亡故", "已故", "去世", "身故")
_SIMPLIFIED: Final = str.maketrans("註銷遷廢換發轉繳", "注销迁废换发转缴")


def _plain(stamp: str | None) -> str:
    """A stamp's words without the gaps of its print, in simplified characters."""
    return "".join((stamp or "").split()).translate(_SIMPLIFIED)


def _may_end(stamp: str) -> bool:
    """Whether a stamp's words end a page, or are none that are known to leave it in force."""
    return any(word in stamp for word in CANCELLED) or _HARMLESS.search(stamp) is None


def is_cancelled(page: AssignedDocument) -> bool:
    """Whether a page bears a stamp that says it is in force no more, however weakly read."""
    raised = any(f.code is Reason.HUKOU_PAGE_CANCELLED for f in page.reading.findings)
    stamp = _plain(page.reading.value("stamp"))
    return raised or any(word in stamp for word in CANCELLED)


def tells_of_death(page: AssignedDocument) -> bool:
    """Whether a stamp says, however weakly read, that its bearer died."""
    stamp = _plain(page.reading.value("stamp"))
    return any(word in stamp for word in _DIED)


def _changed(case: CheckContext) -> _PageFindings:
    for paper in _pages(case):
        if paper.reading.value("change"):
            yield (
                paper,
                finding(
                    Reason.CHANGE_NOT_VERIFIED,
                    seen(paper, "change"),
                    verdict=CheckVerdict.CANNOT_TELL,
                ),
            )


def _pages(case: CheckContext) -> Iterator[AssignedDocument]:
    return (paper for paper in case.papers.all if paper.kind in _PAGES)


def _weighed(case: CheckContext, *sources: _PageFindings) -> Iterator[Finding]:
    """Each page once, with whom it is about; a note where nothing rests on the page."""
    seen_pages: set[str] = set()
    for source in sources:
        for paper, found in source:
            page = paper.reading.place
            if page in seen_pages:
                continue
            seen_pages.add(page)
            subject = subject_of(paper.meant_for) if paper.meant_for else None
            matters = _matters(case, paper, found) and not _is_left_behind(case, paper)
            note = {} if matters else {"severity": Severity.INFO, "verdict": CheckVerdict.PASSED}
            yield found.model_copy(update={"subject": subject, **note})


def _matters(case: CheckContext, paper: AssignedDocument, found: Finding) -> bool:
    """Whether the decision rests on a page; a side page of a book names nobody.

    Nor does a divorce certificate, which reading names in its note: it counts where a marriage is
    claimed and nowhere else.
    """
    if paper.kind is DocumentKind.OTHER:
        marriage = case.application.relationship is Relationship.SPOUSE
        ended = found.detail is not None and _DIVORCE in found.detail.zh
        return marriage or (rests_on_book(case) and not ended)
    return paper.meant_for is not None or is_needed(case, paper)


def _is_left_behind(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether a page surely says that its bearer moved on, and nothing rests on it.

    The bearer's page in force is there and carries the proof, or certificates prove it alone: who
    is asked for a valid page then has none that was not sent. A newer page that was left behind
    says that the older one is out of force too. A death is never left behind.
    """
    stamp = _plain(paper.reading.value("stamp"))
    ended = not case.trusts(paper, "stamp") or any(word in stamp for word in _ENDED)
    if ended or not any(word in stamp for word in REPLACED) or not case.proven:
        return False
    documents = case.kinship.documents if case.kinship else ()
    if paper.reading.place in documents or paper.meant_for is None:
        return False
    return not is_needed(case, paper) or any(
        page.reading.place in documents
        and page.person == paper.person
        and page.book_sure
        and not is_cancelled(page)
        and not _is_older(page, paper)
        for page in case.papers.of(DocumentKind.HUKOU_MEMBER, paper.meant_for)
    )


def _is_older(page: AssignedDocument, other: AssignedDocument) -> bool:
    days = [date_or_none(p.reading.value("registration_date")) for p in (page, other)]
    return days[0] is not None and days[1] is not None and days[0] < days[1]
