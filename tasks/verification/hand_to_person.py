"""When a step of ours fails on an application: a person takes it, nobody is refused for it."""

import datetime as dt
from typing import Final

from models.audit.event import EventTag
from models.checks.finding import CheckVerdict, Subject, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.errors import SettingError
from models.intake.arrival import Arrival
from storage.bootstrap import Repositories
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import decision_key, load_arrival, policy_for
from tasks.verification.apply_outcome import apply_outcome
from tasks.verification.decide_round import NO_POLICY

FAULT: Final = "fault"
"""Tells the event of a fault from that of a decision."""


def hand_to_person(repositories: Repositories, round_id: str) -> None:
    """Open a review for a round that the machine could not finish."""
    case = repositories.cases.get(round_id)
    arrival = load_arrival(repositories, round_id)
    fault = finding(
        Reason.FIELD_UNREADABLE,
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="系统处理时出错，未能完成自动核验",
        en="the system failed on it and could not finish the automatic checks",
    )
    key = decision_key(round_id, "fault")
    repositories.archive.put_record(
        key,
        Decision(
            application_id=arrival.application_id,
            round=case.round,
            outcome=Outcome.IN_REVIEW,
            decided_at=dt.datetime.now(dt.UTC),
            policy_version=_policy_version(repositories, arrival),
            findings=(*arrival.findings, fault),
        ),
    )
    decision = repositories.archive.get_record(key, Decision)
    record_event(
        repositories,
        case,
        EventTag.APPLICATION_DECIDED,
        {"outcome": decision.outcome.value, "fault": True},
        key=FAULT,
    )
    apply_outcome(repositories, case, decision)


def _policy_version(repositories: Repositories, arrival: Arrival) -> str:
    """The lack of a policy may be the very fault."""
    try:
        return (
            policy_for(repositories, arrival.application).version
            if arrival.application
            else NO_POLICY
        )
    except SettingError:
        return NO_POLICY
