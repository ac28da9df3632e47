"""Settle a review: put what a person decided into effect."""

import datetime as dt

from models.audit.event import Detail, EventTag
from models.bindings.binding_limits import BindingRefusedError
from models.cases.case_round import ApplicationRound
from models.checks.finding import Finding, Message, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.intake.application import Relationship
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from storage.bootstrap import Repositories
from tasks.bindings.reverify_bindings import settle_binding_review
from tasks.reports.employer_results import publish_result
from tasks.rounds.outcome_message import document_kinds, with_term_and_message
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import (
    DECISION,
    DECISION_NAME,
    decision_key,
    load_decision,
)
from tasks.rounds.terms import end_of, review_term
from tasks.verification.apply_outcome import apply_outcome
from tasks.wording.word_findings import advice_for, word_findings


def settle_review(repositories: Repositories, review_id: str) -> None:
    """Write the outcome, and the binding where there is one; settling twice changes nothing.

    An approval that bindings in force forbid meanwhile goes back to the queue with the reason. The
    decision's event comes first and by itself: a binding names the head of the log, which must not
    be rolled back.
    """
    review = repositories.reviews.get(review_id)
    if review.state is not ReviewState.DECIDED:
        return
    case = repositories.cases.get(review.round_id)
    if review.subject != APPLICATION:
        settle_binding_review(repositories, case, review)
        return
    context = RoundContext(repositories, case)
    decision = with_term_and_message(context, _decision(context, review))
    details: dict[str, Detail] = {
        "review_id": review_id,
        "outcome": decision.outcome.value,
        "codes": list(review.decided_codes),
    }
    key = review_id if review.turn == 1 else f"{review_id}:{review.turn}"
    record_event(
        repositories, case, EventTag.CASE_DECIDED, details, key=key, actor=decision.decided_by
    )
    try:
        apply_outcome(context, decision)
    except BindingRefusedError as refused:
        _reopen(repositories, case, review, refused.code)
        return
    name = "review" if review.turn == 1 else f"review-{review.turn}"
    _, digest = repositories.archive.find_or_keep(
        decision_key(case.round_id, name), Decision, lambda: decision
    )
    with repositories.unit_of_work():
        repositories.reviews.settle(review_id)
        settled: dict[str, Detail] = {
            "review_id": review_id,
            DECISION: digest,
            DECISION_NAME: name,
        }
        record_event(repositories, case, EventTag.CASE_SETTLED, settled, key=key)
    if case.employer_ref:
        publish_result(repositories, case.employer_ref)


def _reopen(
    repositories: Repositories, case: ApplicationRound, review: ReviewCase, code: Reason
) -> None:
    """A person approved what became impossible meanwhile, and has to see why."""
    now = dt.datetime.now(dt.UTC)
    due = review_term(RoundContext(repositories, case))
    details: dict[str, Detail] = {"review_id": review.review_id, "code": code.value}
    key = f"{review.review_id}:{review.turn}"
    with repositories.unit_of_work():
        repositories.reviews.reopen(
            review.review_id,
            codes=sorted({*review.codes, code.value}),
            opened_at=now,
            due_at=end_of(due.day),
            due_provisional=due.provisional,
        )
        record_event(repositories, case, EventTag.CASE_REOPENED, details, key=key)


def _decision(context: RoundContext, review: ReviewCase) -> Decision:
    repositories = context.repositories
    machine = load_decision(repositories, review.round_id)
    if machine is None or review.outcome is None or review.decided_at is None:
        raise IntegrityError("a decided review lacks its decision; run: kinbind audit verify")
    findings = _findings_of(review, machine.findings)
    application = context.arrival.application
    advice = repositories.opinions.words_of(review.review_id).advice
    worded = word_findings(
        findings,
        review.outcome,
        application,
        kinds=document_kinds(context),
        decisive={Reason(code) for code in review.decided_codes},
    )
    relationship = application.relationship if application else None
    findings = tuple(
        _in_own_words(found, advice.get(found.code, ""), relationship) for found in worded
    )
    return machine.model_copy(
        update={
            "outcome": review.outcome,
            "decided_at": review.decided_at,
            "decided_by": review.holder or "reviewer",
            "answer_by": None,
            "findings": findings,
        }
    )


def _findings_of(review: ReviewCase, machine: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The reasons of a person, each with what the machine had seen of it.

    An approval keeps what the machine had found: an auditor sees what was overruled.
    """
    if review.outcome is Outcome.APPROVED:
        return machine
    seen = {found.code: found for found in reversed(machine)}
    return tuple(_given(Reason(code), seen.get(Reason(code))) for code in review.decided_codes)


def _given(code: Reason, seen: Finding | None) -> Finding:
    """A reason as a person gave it: certain, whatever the machine had made of it."""
    given = finding(code)
    if seen is None:
        return given
    return given.model_copy(update={"subject": seen.subject, "evidence": seen.evidence})


def _in_own_words(found: Finding, advice: str, relationship: Relationship | None) -> Finding:
    """The sentence with the reviewer's next step, where it is another than the usual one."""
    usual = advice_for(found.code, found.subject, relationship)
    if not advice or (usual and advice == usual.zh):
        return found
    zh, en = found.message.zh, found.message.en
    if usual:
        zh, en = zh.replace(usual.zh, ""), en.replace(usual.en, "").rstrip()
    message = Message(zh=f"{zh}{advice}", en=f"{en} The reviewer wrote: {advice}")
    return found.model_copy(update={"message": message})
