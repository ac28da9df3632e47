"""Bindings in force, looked at again: ends that were announced, minors grown up, papers over.

What is known about the two persons lies sealed; each night it is opened and the days are computed
anew, so that no birth date stands in any table.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from models.audit.event import Detail, EventTag
from models.bindings.unbinding import BindingState, EndReason, Unbinding
from models.cases.case_round import CaseRound
from models.checks.reason import Code
from models.decision.decision import Outcome
from models.identity.id_number import valid_id_number
from models.intake.application import PersonRole
from models.notices.exchange import NoticeKind
from models.policy.measures import Again, AgeGroup
from models.policy.policy import Policy
from models.reading.document import DocumentKind
from models.reviews.review import ReviewCase
from storage.bootstrap import Office
from storage.objects.store import ObjectMissingError
from tasks.bindings.unbind import announce, end_now
from tasks.identity.assign_documents import Papers, sort_papers
from tasks.identity.identities import date_or_none
from tasks.notices.compose_notice import binding_notice
from tasks.rounds.round_events import note
from tasks.rounds.round_results import load_dossier
from tasks.rounds.terms import end_of, full_term, policy_of
from tasks.rounds.working_days import CHINA

FLOW = "reverify-bindings"


class Due(NamedTuple):
    """Something about a binding that is no longer as it was when it was written.

    Attributes:
        subject: Names the review about it.
        code: What a person is told.
        on: Since when.
        action: What the policy says.
    """

    subject: str
    code: Code
    on: dt.date
    action: Again


class Reverified(NamedTuple):
    """What one night did."""

    ended: int
    reviews: int
    suspended: int


def reverify_bindings(office: Office, now: dt.datetime) -> Reverified:
    """End what was announced, and put before people what the policy says; again changes nothing."""
    today = now.astimezone(CHINA).date()
    ended = reviews = suspended = 0
    for state in office.bindings.standing():
        case = office.cases.get(state.round_id)
        if state.ends_on is not None and state.ends_on <= today:
            end_now(office, case, state.binding_id)
            ended += 1
            continue
        for due in due_on(office, case, state, today):
            opened, rests = _put_before_person(office, case, state, due, now)
            reviews += opened
            suspended += rests
    return Reverified(ended, reviews, suspended)


def due_on(office: Office, case: CaseRound, state: BindingState, today: dt.date) -> Iterator[Due]:
    """Everything about a binding that the policy wants looked at on a day."""
    policy = policy_of(office, case)
    if policy is None:
        return
    found = [_grown_up(office, state, policy, today), *_ended_papers(office, case, policy)]
    for due in found:
        if due is not None and due.on <= today and due.action != "keep":
            yield due


def settle_binding_review(office: Office, case: CaseRound, review: ReviewCase) -> None:
    """Put into effect what a person decided about a binding: keep it, let it rest, or end it."""
    now = dt.datetime.now(dt.UTC)
    actor = review.holder or "reviewer"
    details: dict[str, Detail] = {
        "review_id": review.review_id,
        "outcome": review.outcome.value if review.outcome else "",
        "codes": list(review.decided_codes),
    }
    note(office, case, EventTag.CASE_DECIDED, details, key=review.review_id, actor=actor)
    for state in office.bindings.standing():
        if state.round_id == case.round_id:
            _settle(office, case, state, review, now)
    office.reviews.settle(review.review_id)
    settled: dict[str, Detail] = {"review_id": review.review_id}
    note(office, case, EventTag.CASE_SETTLED, settled, key=review.review_id)


def _settle(
    office: Office, case: CaseRound, state: BindingState, review: ReviewCase, now: dt.datetime
) -> None:
    if review.outcome is Outcome.APPROVED:
        resumed = binding_notice(case, state, NoticeKind.BINDING_RESUMED, now)
        if office.bindings.resume(state.binding_id, resumed):
            _note_change(office, case, EventTag.BINDING_RESUMED, state, review.subject)
    elif review.outcome is Outcome.RETURNED:
        rested = binding_notice(case, state, NoticeKind.BINDING_SUSPENDED, now)
        if office.bindings.suspend(state.binding_id, rested):
            _note_change(office, case, EventTag.BINDING_SUSPENDED, state, review.review_id)
    else:
        policy = policy_of(office, case)
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
            audit_head=office.audit.head(state.application_id),
        )
        announce(office, case, draft, today)


def _grown_up(office: Office, state: BindingState, policy: Policy, today: dt.date) -> Due | None:
    """A member who was a minor on the first day and is none today.

    Somebody whose birth date no paper surely told was born on the first day of the binding at the
    latest, so that growing up is noticed late rather than never.
    """
    names = office.bindings.names(office.bindings.get(state.binding_id))
    number = valid_id_number(names.member_number, today=today)
    stated = number.birth_date if number else names.member_birth_date
    ages, born = policy.ages, stated or state.effective_date
    then, now = ages.group(born, state.effective_date), ages.group(born, today)
    if (then, now) != (AgeGroup.MINOR, AgeGroup.ADULT):
        return None
    # Consent for the face, or another way, is what an adult's will is shown by.
    return Due("turned_adult", Code.P04, today, policy.reverify.turned_adult)


def _ended_papers(office: Office, case: CaseRound, policy: Policy) -> Iterator[Due]:
    """The member's papers that end; none where retention has deleted the readings."""
    try:
        dossier = load_dossier(office, case.round_id)
    except ObjectMissingError:
        return
    if dossier is None:
        return
    papers = sort_papers(dossier, policy.reading)
    card = _latest(papers, DocumentKind.ID_CARD_EMBLEM, "valid_until", policy)
    if card is not None:
        after = card + dt.timedelta(days=1)
        yield Due("card_ended", Code.E01, after, policy.reverify.card_ended)
    issued = _latest(papers, DocumentKind.INCAPACITY_CERTIFICATE, "issue_date", policy)
    if issued is not None and dossier.application.member.incapacitated:
        after = issued + dt.timedelta(days=policy.validity.incapacity_days + 1)
        yield Due("incapacity_ended", Code.D30, after, policy.reverify.incapacity_ended)


def _latest(papers: Papers, kind: DocumentKind, field: str, policy: Policy) -> dt.date | None:
    """The latest surely read date on the member's papers of a kind."""
    days = [
        date_or_none(paper.reading.value(field))
        for paper in papers.of(kind, PersonRole.MEMBER)
        if policy.reading.trusts(field, paper.reading.fields.get(field))
    ]
    return max((day for day in days if day is not None), default=None)


def _put_before_person(
    office: Office, case: CaseRound, state: BindingState, due: Due, now: dt.datetime
) -> tuple[bool, bool]:
    """Open a review, once for each subject; whether one was opened, and whether it rests now."""
    if office.reviews.find(case.round_id, due.subject) is not None:
        return False, False
    rested = binding_notice(case, state, NoticeKind.BINDING_SUSPENDED, now)
    rests = due.action == "suspend" and office.bindings.suspend(state.binding_id, rested)
    if rests:
        _note_change(office, case, EventTag.BINDING_SUSPENDED, state, due.subject)
    term = full_term(office, case, now)
    review = office.reviews.open(
        case.round_id,
        codes=[due.code.value],
        opened_at=now,
        due_at=end_of(term.day),
        due_provisional=term.provisional,
        subject=due.subject,
    )
    note(
        office,
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
        actor=FLOW,
    )
    return True, rests


def _note_change(
    office: Office, case: CaseRound, tag: EventTag, state: BindingState, why: str
) -> None:
    details: dict[str, Detail] = {"binding_id": state.binding_id, "why": why}
    note(office, case, tag, details, key=why, actor=FLOW)
