"""Reviews and opinions in the case database against the audit log."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import AuditEvent, EventTag
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.clock import CHINA
from models.decision.decision import Outcome
from models.errors import IntegrityError
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from models.reviews.review_work import ClaimedReview, ReviewKind
from storage.bootstrap import Repositories
from tasks.reconciliation.case_marks import is_overdue, other_marks
from tasks.reconciliation.round_log import (
    OPENINGS,
    GivenOpinion,
    RoundLog,
    detail,
    last_outcome,
)
from tasks.rounds.row_digests import (
    OPINION,
    REMARK,
    REVIEW,
    WORDS,
    noted_rows,
    opinion_rows,
    remark_rows,
    same_row,
)

_MACHINE: Final = "machine"
_WAITING: Final = (ReviewState.OPEN, ReviewState.CLAIMED)


def compare_reviews(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[Discrepancy]:
    """Reviews that are gone or say otherwise, opinions that were deleted, added or renamed."""
    kept = {review.review_id: review for review in repositories.reviews.of_round(case.round_id)}
    if (log.reviews.keys() - kept.keys()) or _waits_for_nobody(case, kept):
        yield Discrepancy(fault=DiscrepancyKind.REVIEW_LOST, subject=case.round_id)
    for review in kept.values():
        for part in _parts(repositories, case, log, review):
            kind = DiscrepancyKind.REVIEW_DIFFERS
            yield Discrepancy(fault=kind, subject=review.review_id, detail=part)
        yield from _beside(repositories, case, log, review)
    given = Counter(
        GivenOpinion(review_id, staff, outcome)
        for review_id in kept
        for staff, outcome in repositories.opinions.given(review_id)
    )
    noted = Counter(opinion for opinion in log.opinions if opinion.review_id)
    other = {opinion.review_id for opinion in (given - noted) + (noted - given)}
    changed = {i for i in kept if not _has_its_opinions(repositories, case, log, i)}
    for review_id in sorted(other | changed):
        yield Discrepancy(fault=DiscrepancyKind.OPINIONS_DIFFER, subject=review_id)


def _parts(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, review: ReviewCase
) -> Iterator[str]:
    """What a case says otherwise than its events and the opinion that decided it."""
    if review.application_id != case.application_id:
        yield "application_id"
    decided = last_outcome(log, review.review_id)
    if decided is not None and review.outcome is not decided:
        yield ""
    if review.outcome is not None and not _is_by_its_opinion(repositories, case, log, review):
        yield "decision"
    noted = log.rows.get(f"{REVIEW}{review.review_id}")
    if noted and not same_row(noted, repositories.stored_rows.case(review.review_id)):
        yield "opening"
    if (due := _due(log, review.review_id)) and str(_day(review.due_at)) != due:
        yield "due_at"
    over = review.state not in _WAITING
    listed = {(code, over) for code in review.codes}
    if repositories.stored_rows.reasons(review.review_id) != listed:
        yield "codes"
    yield from _standing(repositories, log, review)


def _standing(repositories: Repositories, log: RoundLog, review: ReviewCase) -> Iterator[str]:
    """How far a case has come, for whom it waits, and what sort of case it is."""
    claimed = repositories.claims.get(review.review_id)
    if not _is_as_far(claimed, last_outcome(log, review.review_id), log):
        yield "state"
    mine = [event for event in log.events if detail(event, "review_id") == review.review_id]
    opened = [event for event in mine if event.tag in OPENINGS]
    if not opened:
        return  # of a version that did not tell
    if claimed.kind is not _kind(opened):
        yield "kind"
    if (review.escalated_at is not None) != _is_escalated(mine):
        yield "escalated_at"
    yield from other_marks(claimed, mine)


def _kind(opened: Sequence[AuditEvent]) -> ReviewKind:
    """What sort of case the events opened."""
    sampled = next((event for event in opened if event.tag is EventTag.CASE_SAMPLED), None)
    if sampled is None:
        return ReviewKind.DOUBT
    return ReviewKind.SECOND_LOOK if detail(sampled, "of") else ReviewKind.SAMPLE


def _due(log: RoundLog, review_id: str) -> str:
    """The last day of the term as it was set or moved last; empty where no event tells it."""
    due = ""
    for event in log.events:
        if event.tag in OPENINGS and detail(event, "review_id") == review_id:
            due = detail(event, "due")
        elif event.tag is EventTag.TERM_MOVED and detail(event, "term") == review_id:
            due = detail(event, "to")
    return due


def _is_as_far(claimed: ClaimedReview, decided: Outcome | None, log: RoundLog) -> bool:
    """Whether a case is open, decided or carried out as its outcome and the log say."""
    review = claimed.review
    if (review.settled_at is not None) != (review.state is ReviewState.SETTLED):
        return False
    if review.outcome is None:
        withdrawn = EventTag.APPLICATION_RETRIED in log.tags
        return review.state in _WAITING or (review.state is ReviewState.SETTLED and withdrawn)
    carried_out = review.state is ReviewState.SETTLED
    # Nothing follows from a sample or a second look: no event tells when it is over.
    if claimed.kind.after_the_fact:
        return review.state not in _WAITING
    return review.state not in _WAITING and carried_out == (decided is not None)


def _is_by_its_opinion(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, review: ReviewCase
) -> bool:
    """Whether who decided, when and why is what the opinion that counts says."""
    if not any(opinion.review_id == review.review_id for opinion in log.opinions):
        # Of a version that noted no opinions; else told by their comparison, or put in.
        return f"{REVIEW}{review.review_id}" not in log.rows
    try:
        binding = [one for one in repositories.opinions.of(review.review_id) if one.binding]
    except IntegrityError:
        return True  # told likewise
    said = binding[-1] if binding else None
    return (
        said is not None
        and (review.outcome, review.holder, review.decided_at)
        == (
            said.outcome,
            said.staff,
            said.given_at,
        )
        and review.decided_codes == said.codes
        and (review.note == said.words.note or case.deleted(RetentionClass.RECORDS))
    )


def _is_escalated(events: Sequence[AuditEvent]) -> bool:
    """Whether the term was found to be over since the case was put before people last."""
    last = [event for event in events if event.tag in OPENINGS or is_overdue(event)]
    return bool(last) and is_overdue(last[-1])


def _beside(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, review: ReviewCase
) -> Iterator[Discrepancy]:
    """Drafts that are not what was sealed, and remarks that are gone."""
    for staff in repositories.stored_rows.changed_drafts(review.review_id):
        kind = DiscrepancyKind.DRAFT_CHANGED
        yield Discrepancy(fault=kind, subject=review.review_id, detail=staff)
    reopened = Counter(
        event.actor
        for event in log.events
        if event.tag is EventTag.CASE_REOPENED
        and detail(event, "review_id") == review.review_id
        and event.actor != _MACHINE
    )
    emptied = case.deleted(RetentionClass.RECORDS)
    remarks = repositories.stored_rows.remarks(review.review_id, emptied=emptied)
    said = {remark_rows(repositories.keyring, one)[REMARK] for one in remarks}
    noted = [rows[REMARK] for e in log.events if REMARK in (rows := _noted_of(e, review))]
    lost = any(not any(same_row(one, digest) for digest in said) for one in noted)
    if lost or reopened - Counter(one.staff for one in remarks):
        yield Discrepancy(fault=DiscrepancyKind.REMARK_LOST, subject=review.review_id)


def _noted_of(event: AuditEvent, review: ReviewCase) -> dict[str, str]:
    """The rows that an event notes if it is about this case."""
    return noted_rows(event) if detail(event, "review_id") == review.review_id else {}


def _has_its_opinions(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, review_id: str
) -> bool:
    """Whether each opinion, its words and what was taken back are as the events note them."""
    mine = [event for event in log.events if detail(event, "review_id") == review_id]
    rows = [noted_rows(event) for event in mine if event.tag is EventTag.OPINION_GIVEN]
    back = [int(detail(e, "ordinal")) for e in mine if e.tag is EventTag.OPINION_WITHDRAWN]
    if repositories.stored_rows.withdrawn_opinions(review_id) != set(back):
        return False
    if not all(rows):
        return True  # some are of an older version, which noted none
    try:
        opinions = repositories.opinions.all_of(review_id)
    except IntegrityError:
        return False
    kept = [opinion_rows(repositories.keyring, opinion) for opinion in opinions]
    names = (OPINION,) if case.deleted(RetentionClass.RECORDS) else (OPINION, WORDS)
    return all(
        same_row(noted[name], found[name])
        for noted, found in zip(rows, kept, strict=False)
        for name in names
    )


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(CHINA).date()


def _waits_for_nobody(case: ApplicationRound, kept: dict[str, ReviewCase]) -> bool:
    return case.outcome is Outcome.IN_REVIEW and not any(
        review.subject == APPLICATION and review.state is not ReviewState.SETTLED
        for review in kept.values()
    )
