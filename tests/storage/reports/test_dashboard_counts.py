import datetime as dt

from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from storage.bootstrap import using_repositories
from storage.settings import Settings

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


def test_reasons_are_those_in_force_without_notes(tmp_path):
    machine = Decision(
        application_id="A1",
        outcome=Outcome.IN_REVIEW,
        decided_at=NOW,
        policy_version="v",
        findings=tuple(
            map(
                finding,
                (
                    Reason.RELATIONSHIP_NOT_DETERMINED,
                    Reason.NAMES_DIFFER,
                    Reason.MINOR_WITHOUT_FACE,
                ),
            )
        ),
    )
    person = machine.model_copy(
        update={
            "outcome": Outcome.RETURNED,
            "decided_by": "lin",
            "decided_at": NOW + dt.timedelta(hours=1),
            "findings": (finding(Reason.NAMES_DIFFER),),
        }
    )
    with using_repositories(Settings(home=tmp_path)) as office:
        for name, decisions in (("A1", (machine, person)), ("A2", (machine,))):
            case = office.cases.register(name, name, batch_id="b", received_at=NOW).round
            for one in decisions:
                office.cases.decide(case.round_id, one)
        counted = office.dashboard.since(NOW - dt.timedelta(days=1))
    assert counted.reasons == {
        Reason.NAMES_DIFFER.value: 2,
        Reason.RELATIONSHIP_NOT_DETERMINED.value: 1,
    }
