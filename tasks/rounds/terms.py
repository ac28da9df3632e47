"""Until when people must have decided, and until when an applicant may answer.

The office's clock counts working days from the taking in. It stands still while the applicant has
a return, so a later round has what the earlier ones left.
"""

import datetime as dt
from typing import Final

from models.cases.case_round import ApplicationRound
from models.clock import CHINA
from models.deadline import Deadline
from storage.bootstrap import Repositories
from tasks.rounds.round_context import RoundContext
from tasks.rounds.working_days import add_working_days, read_overrides, working_days_between

USUAL_TERM: Final = 3
"""Working days of the office (受理后1至3个工作日), where no policy applies."""
USUAL_ANSWER: Final = 15
"""Working days of the applicant, where no policy applies."""


def review_term(context: RoundContext, since: dt.datetime | None = None) -> Deadline:
    """The day on which people must have decided a round; at least one working day is left.

    Args:
        context: The round.
        since: From when the office has it, where that is not the taking in.
    """
    begins = since or context.round.received_at
    if _is_objection(context):  # its term is its own: nothing of it is used up before
        return _after(context, begins, _working_days_of_objection(context))
    left = max(1, _working_days_of_review(context) - days_used(context.repositories, context.round))
    return _after(context, begins, left)


def full_term(context: RoundContext, since: dt.datetime) -> Deadline:
    """The day on which people must have examined something new about a round."""
    return _after(context, since, _working_days_of_review(context))


def answer_term(context: RoundContext, returned_at: dt.datetime) -> Deadline:
    """The last day on which the applicant may answer a return."""
    policy = context.policy_or_none
    term = policy.rounds.answer_working_days if policy else USUAL_ANSWER
    return _after(context, returned_at, term)


def days_used(repositories: Repositories, round_: ApplicationRound) -> int:
    """Working days that the office had the earlier rounds of an application."""
    overrides = read_overrides(repositories.policies.working_days)
    return sum(
        working_days_between(_day(earlier.received_at), _day(earlier.decided_at), overrides)
        for earlier in repositories.cases.find(round_.application_id)
        if earlier.round < round_.round and earlier.decided_at is not None
    )


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day at the office."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), CHINA)


def _working_days_of_review(context: RoundContext) -> int:
    policy = context.policy_or_none
    return policy.review.sla_working_days if policy else USUAL_TERM


def _is_objection(context: RoundContext) -> bool:
    application = context.arrival.application
    return application is not None and application.objection is not None


def _working_days_of_objection(context: RoundContext) -> int:
    policy = context.policy_or_none
    own = policy.objections.term_working_days if policy else None
    return own or _working_days_of_review(context)


def _after(context: RoundContext, moment: dt.datetime, days: int) -> Deadline:
    overrides = read_overrides(context.repositories.policies.working_days)
    return add_working_days(_day(moment), days, overrides)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(CHINA).date()
