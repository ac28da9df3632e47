import datetime as dt

from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.reading.document import DocumentKind, DocumentReading
from storage.reports.version_changes import version_changes

ON_BOTH_DATABASES = True
START = dt.datetime(2026, 10, 1, 1, 0, tzinfo=dt.UTC)
OLD, NEW = "330000@2026-01-01#a", "330000@2026-10-11#b"


def decide(office, day, number, version, engine, outcome):
    """One round of a day."""
    at = START + dt.timedelta(days=day, minutes=number)
    name = f"V{day}-{number}"
    case = office.cases.register(name, name, batch_id="b", received_at=at, region="330100").round
    paper = DocumentReading(
        file="a.jpg", digest="d", kind=DocumentKind.HUKOU_MEMBER, kind_confidence=0.9, engine=engine
    )
    office.cases.record_documents(case.round_id, (paper, paper))
    reasons = () if outcome is Outcome.APPROVED else (finding(Reason.PICTURE_BLURRED),)
    decision = Decision(
        application_id=name,
        outcome=outcome,
        decided_at=at,
        policy_version=version,
        findings=reasons,
    )
    office.cases.decide(case.round_id, decision)


def test_each_change_stands_with_four_weeks_on_both_sides_and_first_versions_are_none(repositories):
    with repositories.unit_of_work():
        for day in range(20):
            for number in range(6):
                late = day >= 10
                outcome = Outcome.RETURNED if late and number else Outcome.APPROVED
                engine = "reader 1" if day < 15 else "reader 2"
                decide(repositories, day, number, NEW if late else OLD, engine, outcome)
        decide(repositories, 12, 7, "440000@2026-01-01#c", "reader 1", Outcome.APPROVED)
    found = version_changes(repositories.engine, START)
    assert [(one.part, one.version) for one in found] == [("engine", "reader 2"), ("policy", NEW)]
    engine, policy = found
    assert (policy.before.rounds, policy.before.returned) == (60, 0)
    assert (policy.after.rounds, policy.after.returned, policy.apart) == (60, 50, True)
    assert (engine.before.rounds, engine.before.returned, engine.after.rounds) == (91, 25, 30)
    assert version_changes(repositories.engine, START + dt.timedelta(days=16)) == ()
