"""What people do with a case leaves the marks that its events tell, and no others."""

import datetime as dt

import pytest

from models.decision.decision import Outcome
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffMember, StaffRole
from tasks.reconciliation.reconcile import reconcile
from tasks.reviewing.assign import assign
from tasks.reviewing.claims import claim, escalate, postpone
from tasks.reviewing.undo import undo_opinion
from tasks.staff.staff_accounts import add_member
from tests.review_steps import opine
from tests.tasks.reconciliation.conftest import LATER, PAPERS, PICTURES, alter, places

NOW = dt.datetime.now(dt.UTC)
SENIOR = StaffMember(name="su", role=StaffRole.SENIOR, created_at=NOW)


@pytest.fixture
def waiting(repositories, send, verify):
    """The identifier of a case that waits."""
    assert verify(send(PICTURES, round=2), PAPERS).outcome == "in_review"
    add_member(repositories, "su", StaffRole.SENIOR, actor="admin")
    return repositories.reviews.list()[0].review_id


def says(repositories, review_id, staff, outcome):
    opine(
        repositories,
        review_id,
        staff,
        outcome,
        ("X05",),
        ReviewNote(note="x"),
        four_eyes=True,
    )


def test_what_people_do_with_a_case_agrees_with_its_events(repositories, waiting):
    steps = (
        lambda: claim(repositories, waiting, "lin", StaffRole.REVIEWER),
        lambda: escalate(repositories, waiting, "lin"),
        lambda: claim(repositories, waiting, "su", StaffRole.SENIOR),
        lambda: postpone(repositories, waiting, "su", 1, past_term=True),
        lambda: assign(repositories, waiting, SENIOR, "su"),
        lambda: assign(repositories, waiting, SENIOR, None),
        lambda: claim(repositories, waiting, "su", StaffRole.SENIOR),
        lambda: says(repositories, waiting, "su", Outcome.REJECTED),
        lambda: claim(repositories, waiting, "he", StaffRole.REVIEWER),
        lambda: says(repositories, waiting, "he", Outcome.RETURNED),
        lambda: undo_opinion(repositories, waiting, member("he"), now=LATER),
        lambda: says(repositories, waiting, "he", Outcome.RETURNED),
    )
    for number, step in enumerate(steps):
        step()
        assert (number, reconcile(repositories, LATER, pictures=False)) == (number, ())
    case = repositories.claims.get(waiting)
    assert (case.senior, case.second) == (True, True)


def member(name):
    return StaffMember(name=name, role=StaffRole.REVIEWER, created_at=NOW)


@pytest.mark.parametrize("change", ["state = 'settled', settled_at = opened_at", "senior = 1"])
def test_a_case_that_nobody_would_get_is_found(repositories, waiting, change):
    alter(repositories, " ".join(("UPDATE reviews SET", change)))
    (part, *_) = change.split()
    assert ("review_differs", part) in places(repositories)


def test_a_decision_of_nobody_that_is_put_into_a_case_is_found(repositories, waiting):
    change = "state = 'decided', outcome = 'approved', holder = 'lin', decided_at = opened_at"
    alter(repositories, " ".join(("UPDATE reviews SET", change)))
    assert ("review_differs", "decision") in places(repositories)
