"""Until when people must have decided, and until when an applicant may answer.

The office's clock counts working days from the taking in. It stands still while the applicant has
a return, so a later round has what the earlier ones left.
"""

import datetime as dt
from typing import Final

from models.cases.case_round import ApplicationRound
from models.clock import CHINA
from models.deadline import Deadline
from models.errors import SettingError
from models.policy.policy import Policy
from storage.bootstrap import Repositories
from tasks.rounds.round_results import load_arrival, policy_for
from tasks.rounds.working_days import add_working_days, read_overrides, working_days_between

USUAL_TERM: Final = 3
"""Working days of the office (受理后1至3个工作日), where no policy applies."""
USUAL_ANSWER: Final = 15
"""Working days of the applicant, where no policy applies."""


def review_term(
    repositories: Repositories, case: ApplicationRound, since: dt.datetime | None = None
) -> Deadline:
    """The day on which people must have decided a round; at least one working day is left.

    Args:
        repositories: Where everything is kept.
        case: The round.
        since: From when the office has it, where that is not the taking in.
    """
    policy = policy_of(repositories, case)
    term = policy.review.sla_working_days if policy else USUAL_TERM
    overrides = read_overrides(repositories.policies.working_days)
    left = max(1, term - days_used(repositories, case))
    return add_working_days(_day(since or case.received_at), left, overrides)


def full_term(repositories: Repositories, case: ApplicationRound, since: dt.datetime) -> Deadline:
    """The day on which people must have looked at something new about a round."""
    policy = policy_of(repositories, case)
    term = policy.review.sla_working_days if policy else USUAL_TERM
    return add_working_days(_day(since), term, read_overrides(repositories.policies.working_days))


def days_used(repositories: Repositories, case: ApplicationRound) -> int:
    """Working days that the office had the earlier rounds of an application."""
    overrides = read_overrides(repositories.policies.working_days)
    return sum(
        working_days_between(_day(earlier.received_at), _day(earlier.decided_at), overrides)
        for earlier in repositories.cases.find(case.application_id)
        if earlier.round < case.round and earlier.decided_at is not None
    )


def answer_term(
    repositories: Repositories, case: ApplicationRound, returned_at: dt.datetime
) -> Deadline:
    """The last day on which the applicant may answer a return."""
    policy = policy_of(repositories, case)
    term = policy.rounds.answer_working_days if policy else USUAL_ANSWER
    return add_working_days(
        _day(returned_at), term, read_overrides(repositories.policies.working_days)
    )


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day at the office."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), CHINA)


def policy_of(repositories: Repositories, case: ApplicationRound) -> Policy | None:
    """The rules of a round; None for a form that cannot be judged, or where none is in force."""
    application = load_arrival(repositories, case.round_id).application
    if application is None:
        return None
    try:
        return policy_for(repositories, application)
    except SettingError:
        return None


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(CHINA).date()
