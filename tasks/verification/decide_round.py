"""Step five: one outcome, and what follows from it."""

import datetime as dt

from models.audit.event import Detail, EventTag, NewEvent
from models.bindings.binding_limits import BindingRefusedError
from models.checks.finding import CheckVerdict, Subject, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from storage.bootstrap import Repositories
from tasks.decision.decide import decide
from tasks.rounds.outcome_message import with_all_words, with_term_and_message
from tasks.rounds.round_context import NO_POLICY, HandedOn, RoundContext
from tasks.rounds.round_events import round_event
from tasks.rounds.round_results import (
    CHECKS,
    DECISION,
    DECISION_NAME,
    FACES,
    FAULT,
    MACHINE,
    READINGS,
    decision_key,
)
from tasks.verification.apply_outcome import apply_outcome


def decide_round(
    repositories: Repositories,
    round_id: str,
    readings: str,
    faces: str | None,
    report: str | None,
) -> None:
    """Decide a round, once, and put the outcome into effect.

    Args:
        repositories: Where everything is kept.
        round_id: The round.
        readings: Digest of what reading kept; a binding names the documents that prove it.
        faces: Digest of what the comparison of the faces kept.
        report: Digest of what the checks kept.
    """
    handed_on = HandedOn(readings=readings, faces=faces, report=report)
    context = RoundContext.load(repositories, round_id, handed_on)
    decision, digest = repositories.archive.find_or_keep(
        decision_key(round_id, MACHINE),
        Decision,
        lambda: _decision(context),
    )
    decided = round_event(
        context.round,
        EventTag.APPLICATION_DECIDED,
        {
            "outcome": decision.outcome.value,
            "codes": sorted({found.code.value for found in decision.findings}),
            "policy": decision.policy_version,
            **_objects(handed_on, digest),
        },
    )
    try:
        _put_into_effect(context, decision, decided)
    except BindingRefusedError as refused:
        _put_into_effect(context, _bound_meanwhile(context, decision, refused.code), decided)


def _put_into_effect(context: RoundContext, decision: Decision, decided: NewEvent) -> None:
    """That it was decided, and everything that follows, in one transaction."""
    head = context.repositories.audit.head(context.round.application_id)
    with context.repositories.unit_of_work():
        apply_outcome(context, decision, decided, audit_head=head)


def _objects(handed_on: HandedOn, decision: str) -> dict[str, Detail]:
    """The digests of everything that the decision rests on, and its own."""
    named = {READINGS: handed_on.readings, FACES: handed_on.faces, CHECKS: handed_on.report}
    kept: dict[str, Detail] = {name: digest for name, digest in named.items() if digest}
    return {**kept, DECISION: decision, DECISION_NAME: MACHINE}


def _decision(context: RoundContext) -> Decision:
    now = dt.datetime.now(dt.UTC)
    if context.dossier is None:
        return with_all_words(context, _form_returned(context, now))
    decision = decide(
        context.dossier,
        context.report,
        context.policy,
        decided_at=now,
        round_number=context.round.round,
    )
    return with_term_and_message(context, decision)


def _form_returned(context: RoundContext, now: dt.datetime) -> Decision:
    """A form that cannot be judged goes back with everything that is wrong with it."""
    return Decision(
        application_id=context.arrival.application_id,
        round=context.round.round,
        outcome=Outcome.RETURNED,
        decided_at=now,
        policy_version=NO_POLICY,
        findings=context.arrival.findings,
    )


def _bound_meanwhile(context: RoundContext, decision: Decision, code: Reason) -> Decision:
    """Applications that exclude one another were approved at once; a person sees the second."""
    refused = finding(code, subject=Subject.APPLICATION, verdict=CheckVerdict.CANNOT_TELL)
    in_review = with_all_words(
        context,
        decision.model_copy(
            update={"outcome": Outcome.IN_REVIEW, "findings": (refused,), "proof_class": None}
        ),
    )
    key = decision_key(context.round.round_id, FAULT)
    return context.repositories.archive.find_or_keep(key, Decision, lambda: in_review).record
