"""What auditors and the office ask: both databases give the same answers."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from models.cases.case_round import MatchKey, MatchKeyKind
from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.audit.audit_search import AuditQuery
from storage.audit.current_run import in_run
from tasks.reviewing.claims import claim
from tasks.rounds.round_events import record_event
from tasks.verification.batches import close_batch, open_batch
from tests.review_steps import opine

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
NUMBER = "110105194912310021"


@pytest.fixture
def repositories(repositories):
    """Two applications: one in review, decided by two people; one returned by the machine."""
    for name, outcome, code in (
        ("A1", Outcome.IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED),
        ("B1", Outcome.RETURNED, Reason.FIELD_UNREADABLE),
    ):
        case = repositories.cases.register(name, "d", batch_id=f"run-{name}", received_at=NOW).round
        decision = Decision(
            application_id=name,
            outcome=outcome,
            decided_at=NOW,
            policy_version="v",
            findings=(finding(code),),
        )
        repositories.cases.decide(case.round_id, decision)
        repositories.match_keys.save(
            case.round_id,
            [MatchKey(kind=MatchKeyKind.NUMBER, value=NUMBER if name == "A1" else "x")],
        )
    round_id = repositories.cases.find("A1")[0].round_id
    review = repositories.reviews.open(round_id, ["R03"], opened_at=NOW, due_at=NOW)
    for staff in ("lin", "wang"):
        claim(repositories, review.review_id, staff, StaffRole.REVIEWER, now=NOW)
        opine(
            repositories,
            review.review_id,
            staff,
            Outcome.REJECTED,
            ["X20"],
            ReviewNote(),
            four_eyes=True,
            at=NOW,
        )
    return repositories


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (AuditQuery(application="A"), ["A1"]),
        (AuditQuery(application="%"), []),
        (AuditQuery(reviewer="wang"), ["A1"]),
        (AuditQuery(code="Q05"), ["B1"]),
        (AuditQuery(outcome=Outcome.RETURNED), ["B1"]),
        (AuditQuery(batch="run-A1", start=NOW), ["A1"]),
        (AuditQuery(start=NOW, end=NOW), []),
    ],
)
def test_a_search_finds_what_fits_all_of_it(repositories, asked, expected):
    assert [found.application_id for found in repositories.search.find(asked)] == expected


def test_a_person_is_found_by_number_and_by_nothing_like_it(repositories):
    assert [found.application_id for found in repositories.search.by_person(NUMBER)] == ["A1"]
    assert repositories.search.by_person(NUMBER[:-1] + "X") == ()


def test_the_figures_count_the_day(repositories):
    figures = repositories.dashboard.since(NOW - dt.timedelta(hours=1))
    assert (figures.received, figures.waiting, figures.claimed) == (2, 0, 0)
    assert figures.outcomes == {"in_review": 1, "returned": 1}
    assert [(pace.staff, pace.opinions, pace.binding) for pace in figures.pace] == [
        ("lin", 1, 0),
        ("wang", 1, 1),
    ]
    assert [tuple(pair) for pair in figures.pairs] == [("rejected", "rejected", 1, 0)]
    assert repositories.dashboard.since(NOW + dt.timedelta(hours=1)).received == 0


def test_a_reason_that_a_person_overruled_does_not_count(repositories):
    (case,) = repositories.cases.find("A1")
    asked = AuditQuery(code="R03")
    assert [found.round_id for found in repositories.search.find(asked)] == [case.round_id]
    approved = Decision(
        application_id="A1",
        outcome=Outcome.APPROVED,
        decided_at=NOW,
        decided_by="wang",
        policy_version="v",
    )
    repositories.cases.decide(case.round_id, approved)
    assert repositories.search.find(asked) == ()


def test_a_run_that_was_killed_shows_what_it_decided_and_the_next_one_the_rest(repositories):
    for number, run in enumerate(("1a", "2b")):
        with in_run(run):
            open_batch(repositories, "run-A1", run)
            if number:
                open_batch(repositories, "run-B1", run)
            case = repositories.cases.find("AB"[number] + "1")[0]
            record_event(repositories, case, EventTag.APPLICATION_DECIDED, {"outcome": "x"})
    close_batch(repositories, "run-B1")
    found = {run: repositories.search.find(AuditQuery(run=run)) for run in ("1a", "2b", "3c")}
    assert [[r.application_id for r in rounds] for rounds in found.values()] == [["A1"], ["B1"], []]
    runs = {(run.batch_id, run.run_id): run for run in repositories.run_history.runs()}
    assert runs["run-A1", "1a"].finished_at is None
    assert runs["run-A1", "1a"].decided == 1
