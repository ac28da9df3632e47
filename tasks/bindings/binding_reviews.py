"""Reviews about a binding: opened for a person, and what the decision brings about."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.bindings.unbinding import BindingState, EndReason, Unbinding
from models.cases.case_round import ApplicationRound
from models.clock import CHINA
from models.decision.decision import Outcome
from models.notices.exchange import Notice, NoticeKind
from models.reviews.review import ReviewCase
from storage.bootstrap import Repositories
from tasks.bindings.due_bindings import DueBinding
from tasks.bindings.unbind import announce
from tasks.notices.compose_notice import binding_notice
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.row_digests import notice_rows, review_rows, rows_detail
from tasks.rounds.terms import end_of, full_term

FLOW: Final = "reverify-bindings"
"""Who puts a binding before people, as the audit log names it."""


def put_before_person(
    repositories: Repositories,
    case: ApplicationRound,
    state: BindingState,
    due: DueBinding,
    now: dt.datetime,
    *,
    actor: str = FLOW,
    rows: Mapping[str, str] = MappingProxyType({}),
) -> tuple[bool, bool]:
    """Open a review, once for each subject; whether one was opened, and the binding suspended.

    Args:
        repositories: Where everything is kept.
        case: The round of the binding.
        state: Where the binding stands.
        due: What is to be looked at, and whether the binding rests meanwhile.
        now: The present.
        actor: Who puts it there.
        rows: Digests of rows that are written with it, besides the case's own.
    """
    if repositories.reviews.find(case.round_id, due.subject) is not None:
        return False, False
    notice = binding_notice(case, state, NoticeKind.BINDING_SUSPENDED, now)
    term = full_term(RoundContext(repositories, case), now)
    with repositories.unit_of_work():
        suspends = due.action == "suspend" and repositories.bindings.suspend(
            state.binding_id, notice
        )
        review = repositories.reviews.open(
            case.round_id,
            codes=[due.code.value],
            opened_at=now,
            due_at=end_of(term.day),
            due_provisional=term.provisional,
            subject=due.subject,
        )
        if suspends:
            change = _BindingChange(EventTag.BINDING_SUSPENDED, due.subject, notice)
            _record_change(repositories, case, state, change)
        record_event(
            repositories,
            case,
            EventTag.CASE_OPENED,
            {
                "review_id": review.review_id,
                "codes": [due.code.value],
                "why": due.subject,
                "due": term.day.isoformat(),
                "provisional": term.provisional,
                **rows_detail({**review_rows(repositories, review.review_id), **rows}),
            },
            key=due.subject,
            actor=actor,
        )
    return True, suspends


def settle_binding_review(
    repositories: Repositories, case: ApplicationRound, review: ReviewCase
) -> None:
    """Put into effect what a person decided about a binding: keep it, suspend it, or end it."""
    now = dt.datetime.now(dt.UTC)
    actor = review.holder or "reviewer"
    # An end names an event that is committed already: those of this transaction may be undone.
    head = repositories.audit.head(case.application_id)
    details: dict[str, Detail] = {
        "review_id": review.review_id,
        "outcome": review.outcome.value if review.outcome else "",
        "codes": list(review.decided_codes),
    }
    key = review.review_id if review.turn == 1 else f"{review.review_id}:{review.turn}"
    settled: dict[str, Detail] = {"review_id": review.review_id}
    with repositories.unit_of_work():
        record_event(repositories, case, EventTag.CASE_DECIDED, details, key=key, actor=actor)
        state = repositories.bindings.not_ended_of([case.round_id])
        if state is not None:
            _settle(repositories, case, state, review, now, head)
        repositories.reviews.settle(review.review_id)
        record_event(repositories, case, EventTag.CASE_SETTLED, settled, key=key)


def _settle(
    repositories: Repositories,
    case: ApplicationRound,
    state: BindingState,
    review: ReviewCase,
    now: dt.datetime,
    audit_head: str,
) -> None:
    if review.outcome is Outcome.APPROVED:
        notice = binding_notice(case, state, NoticeKind.BINDING_RESUMED, now)
        with repositories.unit_of_work():
            if repositories.bindings.resume(state.binding_id, notice):
                change = _BindingChange(EventTag.BINDING_RESUMED, review.subject, notice)
                _record_change(repositories, case, state, change)
    elif review.outcome is Outcome.RETURNED:
        notice = binding_notice(case, state, NoticeKind.BINDING_SUSPENDED, now)
        with repositories.unit_of_work():
            if repositories.bindings.suspend(state.binding_id, notice):
                change = _BindingChange(EventTag.BINDING_SUSPENDED, review.review_id, notice)
                _record_change(repositories, case, state, change)
    else:
        policy = RoundContext(repositories, case).policy_or_none
        today = now.astimezone(CHINA).date()
        draft = Unbinding(
            binding_id=state.binding_id,
            application_id=state.application_id,
            reason=EndReason.REVERIFIED,
            effective_date=today,
            asked_at=now,
            by=review.holder or "reviewer",
            consents=(),
            policy_version=policy.version if policy else "none",
            audit_head=audit_head,
        )
        announce(repositories, case, draft, today)


class _BindingChange(NamedTuple):
    """What is recorded of a binding that rests or is in force again."""

    tag: EventTag
    why: str
    notice: Notice


def _record_change(
    repositories: Repositories, case: ApplicationRound, state: BindingState, change: _BindingChange
) -> None:
    details: dict[str, Detail] = {
        "binding_id": state.binding_id,
        "why": change.why,
        **rows_detail(notice_rows(repositories.keyring, change.notice)),
    }
    key = f"{change.why}:{change.notice.notice_id}"
    record_event(repositories, case, change.tag, details, key=key, actor=FLOW)
