"""What auditors and the office ask: both databases give the same answers."""

import datetime as dt

import pytest

from models.cases.case_round import Trace, TraceKind
from models.checks.finding import finding
from models.checks.reason import Code
from models.decision.decision import Decision, Outcome
from models.reviews.review_work import Words
from models.staff.staff_member import Role
from storage.audit.audit_search import Asked

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=10)
NUMBER = "110105194912310021"


@pytest.fixture
def office(office):
    """Two applications: one in review, decided by two people; one returned by the machine."""
    for name, outcome, code in (
        ("A1", Outcome.IN_REVIEW, Code.R03),
        ("B1", Outcome.RETURNED, Code.Q05),
    ):
        case = office.cases.register(name, "d", batch_id=f"run-{name}", received_at=NOW).round
        decision = Decision(
            application_id=name,
            outcome=outcome,
            decided_at=NOW,
            policy_version="v",
            findings=(finding(code),),
        )
        office.cases.decide(case.round_id, decision)
        office.cases.remember(
            case.round_id, [Trace(kind=TraceKind.NUMBER, value=NUMBER if name == "A1" else "x")]
        )
    round_id = office.cases.find("A1")[0].round_id
    review = office.reviews.open(round_id, ["R03"], opened_at=NOW, due_at=NOW)
    for staff in ("lin", "wang"):
        office.desk.claim(review.review_id, staff, Role.REVIEWER, LEASE, now=NOW)
        office.opinions.give(
            review.review_id, staff, Outcome.REJECTED, ["X20"], Words(), four_eyes=True, at=NOW
        )
    return office


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(application="A"), ["A1"]),
        (Asked(application="%"), []),
        (Asked(reviewer="wang"), ["A1"]),
        (Asked(code="Q05"), ["B1"]),
        (Asked(outcome=Outcome.RETURNED), ["B1"]),
        (Asked(batch="run-A1", start=NOW), ["A1"]),
        (Asked(start=NOW, end=NOW), []),
    ],
)
def test_a_search_finds_what_fits_all_of_it(office, asked, expected):
    assert [found.application_id for found in office.searches.find(asked)] == expected


def test_a_person_is_found_by_number_and_by_nothing_like_it(office):
    assert [found.application_id for found in office.searches.by_person(NUMBER)] == ["A1"]
    assert office.searches.by_person(NUMBER[:-1] + "X") == ()


def test_the_figures_count_the_day(office):
    figures = office.figures.since(NOW - dt.timedelta(hours=1))
    assert (figures.received, figures.waiting, figures.claimed) == (2, 0, 0)
    assert figures.outcomes == {"in_review": 1, "returned": 1}
    assert [(pace.staff, pace.opinions, pace.binding) for pace in figures.pace] == [
        ("lin", 1, 0),
        ("wang", 1, 1),
    ]
    assert [tuple(pair) for pair in figures.pairs] == [("rejected", "rejected", 1)]
    assert office.figures.since(NOW + dt.timedelta(hours=1)).received == 0
