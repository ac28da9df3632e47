"""Terms that run out: a review that waits too long is escalated, an unanswered return expires."""

import datetime as dt
from typing import NamedTuple

from models.audit.event import EventTag
from models.cases.case_round import CaseRound
from models.checks.finding import Subject, Verdict, finding
from models.checks.reason import Code
from models.deadline import Deadline
from models.decision.decision import Decision, Outcome
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from storage.bootstrap import Office
from tasks.rounds.round_events import note
from tasks.rounds.round_results import decision_key, load_decision
from tasks.rounds.terms import answer_term, end_of, full_term, policy_of, review_term
from tasks.rounds.working_days import CHINA
from tasks.verification.apply_outcome import put_into_effect

FLOW = "watch-deadlines"


class Watched(NamedTuple):
    """What one look at the clock did.

    Attributes:
        moved: Provisional terms that the calendar has fixed meanwhile.
        escalated: Reviews whose term is over.
        expired: Returns that nobody answered in time.
    """

    moved: int
    escalated: int
    expired: int


def watch_deadlines(office: Office, now: dt.datetime) -> Watched:
    """Fix provisional terms, escalate overdue reviews, let unanswered returns expire."""
    moved = sum(_fix_review(office, review) for review in _waiting(office))
    moved += sum(_fix_answer(office, case) for case in office.cases.unanswered())
    overdue = office.reviews.overdue(now)
    for review in overdue:
        _escalate(office, review, now)
    expired = [case for case in office.cases.unanswered() if is_unanswered(case, now)]
    for case in expired:
        expire_return(office, case, now)
    return Watched(moved, len(overdue), len(expired))


def is_unanswered(case: CaseRound, now: dt.datetime) -> bool:
    """Whether the last day for an answer has passed."""
    return case.answer_due_on is not None and case.answer_due_on < now.astimezone(CHINA).date()


def expire_return(office: Office, case: CaseRound, now: dt.datetime) -> None:
    """End a return that nobody answered: a rejection where the policy lists S02, else a person."""
    policy, returned = policy_of(office, case), load_decision(office, case.round_id)
    alone = policy is None or Code.S02 in policy.codes.rejected
    late = finding(
        Code.S02,
        subject=Subject.APPLICATION,
        verdict=Verdict.FAILED if alone else Verdict.CANNOT_TELL,
    )
    key = decision_key(case.round_id, "expired")
    if returned is None:
        return
    office.archive.put_record(
        key,
        returned.model_copy(
            update={
                "outcome": Outcome.REJECTED if alone else Outcome.IN_REVIEW,
                "decided_at": now,
                "decided_by": "machine",
                "answer_by": None,
                "findings": (late, *returned.findings),
            }
        ),
    )
    decision = office.archive.get_record(key, Decision)
    details = {"outcome": decision.outcome.value, "due": str(case.answer_due_on)}
    note(office, case, EventTag.RETURN_EXPIRED, dict(details), actor=FLOW)
    put_into_effect(office, case, decision)


def _escalate(office: Office, review: ReviewCase, now: dt.datetime) -> None:
    case = office.cases.get(review.round_id)
    note(
        office,
        case,
        EventTag.CASE_ESCALATED,
        {
            "review_id": review.review_id,
            "code": Code.S01.value,
            "due": review.due_at.astimezone(CHINA).date().isoformat(),
            "provisional": review.due_provisional,
        },
        key=f"{review.review_id}:{review.turn}",
        actor=FLOW,
    )
    office.reviews.escalate(review.review_id, now)


def _waiting(office: Office) -> list[ReviewCase]:
    states = {ReviewState.OPEN, ReviewState.CLAIMED}
    return [r for r in office.reviews.list() if r.state in states and r.due_provisional]


def _fix_review(office: Office, review: ReviewCase) -> bool:
    case = office.cases.get(review.round_id)
    term = _term_of(office, case, review)
    old = Deadline(day=review.due_at.astimezone(CHINA).date(), provisional=True)
    if term == old:
        return False
    office.reviews.move_due(review.review_id, end_of(term.day), provisional=term.provisional)
    _note_moved(office, case, review.review_id, old, term)
    return True


def _term_of(office: Office, case: CaseRound, review: ReviewCase) -> Deadline:
    if review.subject != APPLICATION:
        return full_term(office, case, review.opened_at)
    late = office.archive.exists(decision_key(case.round_id, "expired"))
    return review_term(office, case, review.opened_at if late else None)


def _fix_answer(office: Office, case: CaseRound) -> bool:
    old = case.answer_by
    if old is None or not old.provisional or case.decided_at is None:
        return False
    term = answer_term(office, case, case.decided_at)
    if term == old:
        return False
    office.cases.move_answer_day(case.round_id, term)
    _note_moved(office, case, "answer", old, term)
    return True


def _note_moved(office: Office, case: CaseRound, what: str, old: Deadline, new: Deadline) -> None:
    note(
        office,
        case,
        EventTag.TERM_MOVED,
        {
            "term": what,
            "from": old.day.isoformat(),
            "to": new.day.isoformat(),
            "provisional": new.provisional,
        },
        key=f"{what}:{new.day}:{new.provisional}",
        actor=FLOW,
    )
