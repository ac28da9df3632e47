"""Verify bindings in force again: announced ends, minors who grew up, documents that ran out.

What is known about the two persons is sealed; each night it is opened and the days are computed
anew, so that no birth date is in any table.
"""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.bindings.unbinding import BindingState, EndReason, Unbinding
from models.cases.case_round import ApplicationRound
from models.checks.reason import Reason
from models.clock import CHINA
from models.decision.decision import Outcome
from models.identity.id_number import valid_id_number
from models.intake.application import ConsentKind, PersonRole
from models.notices.exchange import Notice, NoticeKind
from models.policy.measures import Again
from models.policy.policy import Policy
from models.policy.rule_group import AgeGroup
from models.reading.document import DocumentKind
from models.reviews.review import ReviewCase
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.bindings.unbind import announce, end_now
from tasks.identity.assign_documents import AssignedDocuments, sort_papers
from tasks.identity.identities import date_or_none
from tasks.notices.compose_notice import binding_notice
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.row_digests import notice_rows, noting
from tasks.rounds.terms import end_of, full_term
from tasks.rounds.withdrawals import load_withdrawals

FLOW = "reverify-bindings"
_STANDS_ON: Final = MappingProxyType(
    {
        ConsentKind.NOTICE: Reason.NOTICE_NOT_AGREED,
        ConsentKind.COMMITMENT: Reason.COMMITMENT_MISSING,
        ConsentKind.GUARDIAN: Reason.CONFIRMATION_MISSING,
        ConsentKind.SPOUSE: Reason.CONFIRMATION_MISSING,
    }
)


_DAY: Final = dt.timedelta(days=1)
LOOKED_AT_WITHIN: Final = 30 * _DAY
"""A month: what changes without a day of its own, a policy for one, is noticed by then."""
_SPREAD_DAYS: Final = 10


class DueBinding(NamedTuple):
    """Something about a binding that is no longer as it was when it was written.

    Attributes:
        subject: Names the review about it.
        code: What a person is told.
        on: Since when.
        action: What the policy says.
    """

    subject: str
    code: Reason
    on: dt.date
    action: Again


class ReverifyCounts(NamedTuple):
    """What one night did."""

    ended: int
    reviews: int
    suspended: int


def reverify_bindings(repositories: Repositories, now: dt.datetime) -> ReverifyCounts:
    """End what was announced, and put before people what the policy says; again changes nothing.

    Each binding is looked at once in a month, and every night of the month before something falls
    due: what a night costs goes with these, not with all that are in force.
    """
    today = now.astimezone(CHINA).date()
    due = repositories.bindings.to_look_at(today, LOOKED_AT_WITHIN)
    states = (repositories.bindings.state(binding_id) for binding_id in due)
    counts = [reverify_binding(repositories, state, now) for state in states if state]
    return ReverifyCounts(
        ended=sum(one.ended for one in counts),
        reviews=sum(one.reviews for one in counts),
        suspended=sum(one.suspended for one in counts),
    )


def reverify_binding(
    repositories: Repositories, state: BindingState, now: dt.datetime
) -> ReverifyCounts:
    """The same for one binding in force; sets the night in which it is looked at again."""
    today = now.astimezone(CHINA).date()
    case = repositories.cases.get(state.round_id)
    if state.ends_on is not None and state.ends_on <= today:
        end_now(repositories, case, state.binding_id)
        return ReverifyCounts(1, 0, 0)
    known = due_within_month(repositories, case, state, today)
    done = [
        put_before_person(repositories, case, state, due, now) for due in known if due.on <= today
    ]
    soon = any(due.on > today for due in known) or (
        state.ends_on is not None and state.ends_on <= today + LOOKED_AT_WITHIN
    )
    repositories.bindings.look_again(state.binding_id, _next_look(state, today, soon=soon))
    return ReverifyCounts(
        0, sum(opened for opened, _ in done), sum(suspends for _, suspends in done)
    )


def _next_look(state: BindingState, today: dt.date, *, soon: bool) -> dt.date:
    """The next night where something falls due within a month; else one in the month's last third.

    The identifier is random: those that came on one day do not all come again on one.
    """
    spread = int(state.binding_id[:4], 16) % _SPREAD_DAYS
    return today + (dt.timedelta(days=1) if soon else LOOKED_AT_WITHIN - spread * _DAY)


def due_within_month(
    repositories: Repositories, case: ApplicationRound, state: BindingState, today: dt.date
) -> tuple[DueBinding, ...]:
    """Everything about a binding that the policy wants looked at by now or within the month."""
    policy = RoundContext(repositories, case).policy_or_none
    if policy is None:
        return ()
    reasons = [
        _grown_up(repositories, state, policy, today),
        *_withdrawn(repositories, case, policy),
        *_ended_papers(repositories, case, policy),
    ]
    return tuple(
        due
        for due in reasons
        if due is not None and due.on <= today + LOOKED_AT_WITHIN and due.action != "keep"
    )


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


def _grown_up(
    repositories: Repositories, state: BindingState, policy: Policy, today: dt.date
) -> DueBinding | None:
    """A member who was a minor on the first day, and is none today or at the end of the month.

    Somebody whose birth date no paper surely told was born on the first day of the binding at the
    latest, so that growing up is noticed late rather than never.
    """
    names = repositories.bindings.names(repositories.bindings.get(state.binding_id))
    number = valid_id_number(names.member_number, today=today)
    stated = number.birth_date if number else names.member_birth_date
    ages, born = policy.ages, stated or state.effective_date
    if ages.group(born, state.effective_date) is not AgeGroup.MINOR:
        return None
    looks = (today, today + LOOKED_AT_WITHIN)
    grown = next((day for day in looks if ages.group(born, day) is AgeGroup.ADULT), None)
    if grown is None:
        return None
    # Consent for the face, or another way, is what an adult's will is shown by.
    return DueBinding(
        "turned_adult", Reason.FACE_CONSENT_MISSING, grown, policy.reverify.turned_adult
    )


def _withdrawn(
    repositories: Repositories, case: ApplicationRound, policy: Policy
) -> Iterator[DueBinding]:
    """Consents on which the binding stands and that were taken back.

    That a face is no longer to be compared leaves a binding as it is: it was compared lawfully.
    """
    for withdrawal in load_withdrawals(repositories.archive, case.round_id):
        if code := _STANDS_ON.get(withdrawal.kind):
            yield DueBinding(
                "consent_withdrawn",
                code,
                withdrawal.withdrawn_at.astimezone(CHINA).date(),
                policy.reverify.consent_withdrawn,
            )


def _ended_papers(
    repositories: Repositories, case: ApplicationRound, policy: Policy
) -> Iterator[DueBinding]:
    """The member's papers that end; none where retention has deleted the readings."""
    try:
        dossier = RoundContext(repositories, case).dossier
    except ObjectMissingError:
        return
    if dossier is None:
        return
    papers = sort_papers(dossier, policy.reading)
    card = _latest(papers, DocumentKind.ID_CARD_EMBLEM, "valid_until", policy)
    if card is not None:
        after = card + dt.timedelta(days=1)
        yield DueBinding("card_ended", Reason.ID_CARD_EXPIRED, after, policy.reverify.card_ended)
    issued = _latest(papers, DocumentKind.INCAPACITY_CERTIFICATE, "issue_date", policy)
    if issued is not None and dossier.application.member.incapacitated:
        after = issued + dt.timedelta(days=policy.validity.incapacity_days + 1)
        yield DueBinding(
            "incapacity_ended",
            Reason.INCAPACITY_CERTIFICATE_MISSING,
            after,
            policy.reverify.incapacity_ended,
        )


def _latest(
    papers: AssignedDocuments, kind: DocumentKind, field: str, policy: Policy
) -> dt.date | None:
    """The latest surely read date on the member's papers of a kind."""
    days = [
        date_or_none(paper.reading.value(field))
        for paper in papers.of(kind, PersonRole.MEMBER)
        if policy.reading.trusts(field, paper.reading.fields.get(field))
    ]
    return max((day for day in days if day is not None), default=None)


def put_before_person(
    repositories: Repositories,
    case: ApplicationRound,
    state: BindingState,
    due: DueBinding,
    now: dt.datetime,
    *,
    actor: str = FLOW,
) -> tuple[bool, bool]:
    """Open a review, once for each subject; whether one was opened, and the binding suspended.

    Args:
        repositories: Where everything is kept.
        case: The round of the binding.
        state: Where the binding stands.
        due: What is to be looked at, and whether the binding rests meanwhile.
        now: The present.
        actor: Who puts it there.
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
            },
            key=due.subject,
            actor=actor,
        )
    return True, suspends


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
        **noting(notice_rows(repositories.keyring, change.notice)),
    }
    key = f"{change.why}:{change.notice.notice_id}"
    record_event(repositories, case, change.tag, details, key=key, actor=FLOW)
