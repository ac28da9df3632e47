"""What the applicant is told about the outcome as a whole, with the day that matters."""

import datetime as dt

from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.reading.document import DocumentKind
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import readings_key
from tasks.rounds.terms import answer_term, review_term
from tasks.wording.word_findings import word_findings
from tasks.wording.word_outcome import OutcomeFacts, word_outcome
from tasks.wording.word_people import member_sex


def with_term_and_message(context: RoundContext, decision: Decision) -> Decision:
    """The decision with the day until which a return can be answered, and its message."""
    if decision.outcome is Outcome.RETURNED:
        term = answer_term(context, decision.decided_at)
        decision = decision.model_copy(update={"answer_by": term})
    application, policy = context.arrival.application, context.policy_or_none
    facts = OutcomeFacts(
        outcome=decision.outcome,
        product=application.product if application else None,
        relationship=application.relationship if application else None,
        member_sex=member_sex(application, {found.code for found in decision.findings}),
        due=_due(context, decision),
        days_to_object=policy.objections.days if policy else None,
        hotline=policy.contact.hotline if policy else None,
    )
    return decision.model_copy(update={"message": word_outcome(facts)})


def with_all_words(context: RoundContext, decision: Decision) -> Decision:
    """A decision that did not come from all checks, with its findings worded, term and message.

    A form that cannot be judged, a fault of ours, a return that nobody answered, a binding that
    came in between: what the applicant reads of these is worded like everything else.
    """
    policy, outcome = context.policy_or_none, decision.outcome
    decisive: frozenset[Reason] = frozenset(Reason)
    if policy is not None:
        rejected = outcome is Outcome.REJECTED
        decisive = policy.codes.rejected if rejected else policy.codes.returned
    elif outcome is Outcome.REJECTED:
        decisive = frozenset({Reason.RETURN_NOT_ANSWERED})
    findings = word_findings(
        decision.findings,
        outcome,
        context.arrival.application,
        kinds=kinds_if_sound(context),
        decisive=decisive,
    )
    return with_term_and_message(context, decision.model_copy(update={"findings": findings}))


def kinds_if_sound(context: RoundContext) -> dict[str, DocumentKind]:
    """As below; damaged readings may be the very fault, and must not keep it from a person."""
    try:
        return document_kinds(context)
    except IntegrityError:
        return {}


def document_kinds(context: RoundContext) -> dict[str, DocumentKind]:
    """What each paper was read as, by its place; none where reading did not come to an end."""
    if not context.repositories.archive.exists(readings_key(context.round.round_id)):
        return {}
    return {paper.place: paper.kind for paper in context.readings.papers}


def _due(context: RoundContext, decision: Decision) -> dt.date | None:
    if decision.outcome is Outcome.RETURNED:
        return decision.answer_by.day if decision.answer_by else None
    if decision.outcome is Outcome.IN_REVIEW:
        answered = decision.decided_at if context.round.answer_by else None
        return review_term(context, answered).day
    return None
