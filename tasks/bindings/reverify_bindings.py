"""Verify bindings in force again: announced ends, and what falls due is put before people."""

import datetime as dt
from typing import Final, NamedTuple

from models.bindings.unbinding import BindingState
from models.clock import CHINA
from storage.bootstrap import Repositories
from tasks.bindings.binding_reviews import put_before_person
from tasks.bindings.due_bindings import REVERIFIED_WITHIN, due_within_month
from tasks.bindings.unbind import end_now

_DAY: Final = dt.timedelta(days=1)
_SPREAD_DAYS: Final = 10


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
    due = repositories.bindings.due_for_reverification(today, REVERIFIED_WITHIN)
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
        state.ends_on is not None and state.ends_on <= today + REVERIFIED_WITHIN
    )
    repositories.bindings.reverify_on(state.binding_id, _next_night(state, today, soon=soon))
    return ReverifyCounts(
        0, sum(opened for opened, _ in done), sum(suspends for _, suspends in done)
    )


def _next_night(state: BindingState, today: dt.date, *, soon: bool) -> dt.date:
    """The next night where something falls due within a month; else one in the month's last third.

    The identifier is random: those that came on one day do not all come again on one.
    """
    spread = int(state.binding_id[:4], 16) % _SPREAD_DAYS
    return today + (_DAY if soon else REVERIFIED_WITHIN - spread * _DAY)
