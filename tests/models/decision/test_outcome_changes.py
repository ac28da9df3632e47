"""Which outcome may follow which: the whole table."""

import pytest

from models.decision.decision import Outcome
from models.decision.outcome_changes import may_become

APPROVED, RETURNED, IN_REVIEW, REJECTED = (
    Outcome.APPROVED,
    Outcome.RETURNED,
    Outcome.IN_REVIEW,
    Outcome.REJECTED,
)
ALL = set(Outcome)
FOLLOWS = {
    None: (ALL, ALL),
    IN_REVIEW: (ALL, ALL),
    RETURNED: ({RETURNED, REJECTED, IN_REVIEW}, ALL),
    REJECTED: ({REJECTED}, ALL),
    APPROVED: ({APPROVED}, {APPROVED}),
}


@pytest.mark.parametrize("current", FOLLOWS)
def test_only_these_may_follow_plain_and_reopened(current):
    plain, reopened = FOLLOWS[current]
    assert {one for one in Outcome if may_become(current, one, reopened=False)} == plain
    assert {one for one in Outcome if may_become(current, one, reopened=True)} == reopened
