"""Terms that run out: a review that waits too long is escalated, an unanswered return expires."""

import datetime as dt
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound
from models.checks.finding import CheckVerdict, Subject, finding
from models.checks.reason import Reason
from models.clock import CHINA
from models.deadline import Deadline
from models.decision.decision import Decision, Outcome
from models.reviews.review import APPLICATION, ReviewCase
from storage.bootstrap import Repositories
from tasks.rounds.outcome_message import with_all_words
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event, round_event
from tasks.rounds.round_results import (
    DECISION,
    DECISION_NAME,
    EXPIRED,
    decision_key,
    load_decision,
)
from tasks.rounds.row_digests import review_rows, rows_detail
from tasks.rounds.terms import answer_term, end_of, full_term, review_term
from tasks.verification.apply_outcome import apply_outcome

FLOW = "watch-deadlines"
_DECIDED_WITHIN: Final = dt.timedelta(hours=6)
"""A day's 15,000 to 30,000 applications on one worker; what takes longer, nobody is working on."""


class DeadlineCounts(NamedTuple):
    """What one look at the clock did.

    Attributes:
        moved: Provisional terms that the calendar has fixed meanwhile.
        escalated: Reviews whose term is over.
        expired: Returns that nobody answered in time.
        undecided: Rounds that were received hours ago and have no outcome.
    """

    moved: int
    escalated: int
    expired: int
    undecided: tuple[str, ...] = ()


def watch_deadlines(repositories: Repositories, now: dt.datetime) -> DeadlineCounts:
    """Fix provisional terms, escalate reviews, expire unanswered returns, name what lies."""
    moved = sum(_fix_review(repositories, review) for review in repositories.reviews.provisional())
    moved += sum(_fix_answer(repositories, case) for case in repositories.cases.unanswered())
    overdue = repositories.reviews.overdue(now)
    for review in overdue:
        _escalate(repositories, review, now)
    expired = [case for case in repositories.cases.unanswered() if is_unanswered(case, now)]
    for case in expired:
        expire_return(repositories, case, now)
    undecided = repositories.cases.undecided_since(now - _DECIDED_WITHIN)
    return DeadlineCounts(
        moved, len(overdue), len(expired), tuple(case.round_id for case in undecided)
    )


def is_unanswered(case: ApplicationRound, now: dt.datetime) -> bool:
    """Whether the last day for an answer has passed."""
    return case.answer_due_on is not None and case.answer_due_on < now.astimezone(CHINA).date()


def expire_return(repositories: Repositories, case: ApplicationRound, now: dt.datetime) -> None:
    """End a return that nobody answered: a rejection where the policy lists S02, else a person."""
    context = RoundContext(repositories, case)
    policy, returned = context.policy_or_none, load_decision(repositories, case.round_id)
    alone = policy is None or Reason.RETURN_NOT_ANSWERED in policy.codes.rejected
    late = finding(
        Reason.RETURN_NOT_ANSWERED,
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.FAILED if alone else CheckVerdict.CANNOT_TELL,
    )
    key = decision_key(case.round_id, EXPIRED)
    if returned is None:
        return
    ended = returned.model_copy(
        update={
            "outcome": Outcome.REJECTED if alone else Outcome.IN_REVIEW,
            "decided_at": now,
            "decided_by": "machine",
            "answer_by": None,
            "findings": (late, *returned.findings),
        }
    )
    decision, digest = repositories.archive.find_or_keep(
        key, Decision, lambda: with_all_words(context, ended)
    )
    details: dict[str, Detail] = {
        "outcome": decision.outcome.value,
        "due": str(case.answer_due_on),
        DECISION: digest,
        DECISION_NAME: EXPIRED,
    }
    expired = round_event(case, EventTag.RETURN_EXPIRED, details, actor=FLOW)
    with repositories.unit_of_work():
        apply_outcome(context, decision, expired)


def _escalate(repositories: Repositories, review: ReviewCase, now: dt.datetime) -> None:
    case = repositories.cases.get(review.round_id)
    with repositories.unit_of_work():
        repositories.reviews.escalate(review.review_id, now)
        record_event(
            repositories,
            case,
            EventTag.CASE_ESCALATED,
            {
                "review_id": review.review_id,
                "code": Reason.REVIEW_OVERDUE.value,
                "due": review.due_at.astimezone(CHINA).date().isoformat(),
                "provisional": review.due_provisional,
            },
            key=f"{review.review_id}:{review.turn}",
            actor=FLOW,
        )


def _fix_review(repositories: Repositories, review: ReviewCase) -> bool:
    case = repositories.cases.get(review.round_id)
    term = _term_of(repositories, case, review)
    old = Deadline(day=review.due_at.astimezone(CHINA).date(), provisional=True)
    if term == old:
        return False
    with repositories.unit_of_work():
        repositories.reviews.move_due(
            review.review_id, end_of(term.day), provisional=term.provisional
        )
        rows = rows_detail(review_rows(repositories, review.review_id))
        _record_move(repositories, case, review.review_id, old, term, rows)
    return True


def _term_of(repositories: Repositories, case: ApplicationRound, review: ReviewCase) -> Deadline:
    if review.subject != APPLICATION:
        return full_term(RoundContext(repositories, case), review.opened_at)
    late = repositories.archive.exists(decision_key(case.round_id, EXPIRED))
    return review_term(RoundContext(repositories, case), review.opened_at if late else None)


def _fix_answer(repositories: Repositories, case: ApplicationRound) -> bool:
    old = case.answer_by
    if old is None or not old.provisional or case.decided_at is None:
        return False
    term = answer_term(RoundContext(repositories, case), case.decided_at)
    if term == old:
        return False
    with repositories.unit_of_work():
        repositories.cases.move_answer_day(case.round_id, term)
        _record_move(repositories, case, "answer", old, term)
    return True


def _record_move(
    repositories: Repositories,
    case: ApplicationRound,
    what: str,
    old: Deadline,
    new: Deadline,
    rows: dict[str, Detail] | None = None,
) -> None:
    record_event(
        repositories,
        case,
        EventTag.TERM_MOVED,
        {
            "term": what,
            "from": old.day.isoformat(),
            "to": new.day.isoformat(),
            "provisional": new.provisional,
            **(rows or {}),
        },
        key=f"{what}:{new.day}:{new.provisional}",
        actor=FLOW,
    )
