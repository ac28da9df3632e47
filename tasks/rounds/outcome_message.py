"""What the applicant is told about the outcome as a whole, with the day that matters."""

import datetime as dt

from models.decision.decision import Decision, Outcome
from tasks.rounds.round_context import RoundContext
from tasks.rounds.terms import answer_term, review_term
from tasks.wording.word_outcome import OutcomeFacts, word_outcome


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
        due=_due(context, decision),
        days_to_object=policy.objections.days if policy else None,
        hotline=policy.contact.hotline if policy else None,
    )
    return decision.model_copy(update={"message": word_outcome(facts)})


def _due(context: RoundContext, decision: Decision) -> dt.date | None:
    if decision.outcome is Outcome.RETURNED:
        return decision.answer_by.day if decision.answer_by else None
    if decision.outcome is Outcome.IN_REVIEW:
        answered = decision.decided_at if context.round.answer_by else None
        return review_term(context, answered).day
    return None
