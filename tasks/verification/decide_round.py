"""Stage four: one outcome, and what follows from it."""

import datetime as dt

from models.audit.event import EventTag
from models.cases.case_round import CaseRound
from models.checks.finding import Subject, Verdict, finding
from models.checks.reason import Code
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Outcome
from models.intake.arrival import Arrival
from storage.bindings.binding_limits import BindingRefusedError
from storage.bootstrap import Office
from tasks.decision.decide import decide as decide_outcome
from tasks.rounds.round_events import note
from tasks.rounds.round_results import (
    checks_key,
    decision_key,
    load_arrival,
    load_dossier,
    policy_for,
)
from tasks.rounds.terms import answer_term
from tasks.verification.apply_outcome import put_into_effect

NO_POLICY = "none"
"""The policy version of an application whose form names no region that could be judged."""


def decide(office: Office, round_id: str) -> None:
    """Decide the round, once, and put the outcome into effect."""
    case = office.cases.get(round_id)
    key = decision_key(round_id, "machine")
    if not office.archive.exists(key):
        office.archive.put_record(key, with_answer_day(office, case, _decision(office, case)))
    decision = office.archive.get_record(key, Decision)
    note(
        office,
        case,
        EventTag.APPLICATION_DECIDED,
        {
            "outcome": decision.outcome.value,
            "codes": sorted({found.code.value for found in decision.findings}),
            "policy": decision.policy_version,
        },
    )
    try:
        put_into_effect(office, case, decision)
    except BindingRefusedError as refused:
        put_into_effect(office, case, _bound_meanwhile(office, decision, round_id, refused.code))


def _decision(office: Office, case: CaseRound) -> Decision:
    now = dt.datetime.now(dt.UTC)
    dossier = load_dossier(office, case.round_id)
    if dossier is None:
        return _form_returned(load_arrival(office, case.round_id), case, now)
    report = office.archive.get_record(checks_key(case.round_id), CheckReport)
    policy = policy_for(office, dossier.application)
    return decide_outcome(dossier, report, policy, decided_at=now, round_number=case.round)


def with_answer_day(office: Office, case: CaseRound, decision: Decision) -> Decision:
    """A return says until when it can be answered."""
    if decision.outcome is not Outcome.RETURNED:
        return decision
    term = answer_term(office, case, decision.decided_at)
    return decision.model_copy(update={"answer_by": term})


def _form_returned(arrival: Arrival, case: CaseRound, now: dt.datetime) -> Decision:
    """A form that cannot be judged goes back with everything that is wrong with it."""
    return Decision(
        application_id=arrival.application_id,
        round=case.round,
        outcome=Outcome.RETURNED,
        decided_at=now,
        policy_version=NO_POLICY,
        findings=arrival.findings,
    )


def _bound_meanwhile(office: Office, decision: Decision, round_id: str, code: Code) -> Decision:
    """Applications that exclude one another were approved at once; a person sees the second."""
    found = finding(code, subject=Subject.APPLICATION, verdict=Verdict.CANNOT_TELL)
    key = decision_key(round_id, "fault")
    office.archive.put_record(
        key, decision.model_copy(update={"outcome": Outcome.IN_REVIEW, "findings": (found,)})
    )
    return office.archive.get_record(key, Decision)
