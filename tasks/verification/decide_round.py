"""Stage four: one outcome, and what follows from it."""

import datetime as dt

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from models.checks.finding import CheckVerdict, Subject, finding
from models.checks.reason import Reason
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Outcome
from models.intake.arrival import Arrival
from storage.bindings.binding_limits import BindingRefusedError
from storage.bootstrap import Repositories
from tasks.decision.decide import decide as decide_outcome
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import (
    checks_key,
    decision_key,
    load_arrival,
    load_dossier,
    policy_for,
)
from tasks.rounds.terms import answer_term
from tasks.verification.apply_outcome import apply_outcome

NO_POLICY = "none"
"""The policy version of an application whose form names no region that could be judged."""


def decide(repositories: Repositories, round_id: str) -> None:
    """Decide the round, once, and put the outcome into effect."""
    case = repositories.cases.get(round_id)
    key = decision_key(round_id, "machine")
    if not repositories.archive.exists(key):
        repositories.archive.put_record(
            key, with_answer_day(repositories, case, _decision(repositories, case))
        )
    decision = repositories.archive.get_record(key, Decision)
    record_event(
        repositories,
        case,
        EventTag.APPLICATION_DECIDED,
        {
            "outcome": decision.outcome.value,
            "codes": sorted({found.code.value for found in decision.findings}),
            "policy": decision.policy_version,
        },
    )
    try:
        apply_outcome(repositories, case, decision)
    except BindingRefusedError as refused:
        apply_outcome(
            repositories, case, _bound_meanwhile(repositories, decision, round_id, refused.code)
        )


def _decision(repositories: Repositories, case: ApplicationRound) -> Decision:
    now = dt.datetime.now(dt.UTC)
    dossier = load_dossier(repositories, case.round_id)
    if dossier is None:
        return _form_returned(load_arrival(repositories, case.round_id), case, now)
    report = repositories.archive.get_record(checks_key(case.round_id), CheckReport)
    policy = policy_for(repositories, dossier.application)
    return decide_outcome(dossier, report, policy, decided_at=now, round_number=case.round)


def with_answer_day(
    repositories: Repositories, case: ApplicationRound, decision: Decision
) -> Decision:
    """A return says until when it can be answered."""
    if decision.outcome is not Outcome.RETURNED:
        return decision
    term = answer_term(repositories, case, decision.decided_at)
    return decision.model_copy(update={"answer_by": term})


def _form_returned(arrival: Arrival, case: ApplicationRound, now: dt.datetime) -> Decision:
    """A form that cannot be judged goes back with everything that is wrong with it."""
    return Decision(
        application_id=arrival.application_id,
        round=case.round,
        outcome=Outcome.RETURNED,
        decided_at=now,
        policy_version=NO_POLICY,
        findings=arrival.findings,
    )


def _bound_meanwhile(
    repositories: Repositories, decision: Decision, round_id: str, code: Reason
) -> Decision:
    """Applications that exclude one another were approved at once; a person sees the second."""
    found = finding(code, subject=Subject.APPLICATION, verdict=CheckVerdict.CANNOT_TELL)
    key = decision_key(round_id, "fault")
    repositories.archive.put_record(
        key, decision.model_copy(update={"outcome": Outcome.IN_REVIEW, "findings": (found,)})
    )
    return repositories.archive.get_record(key, Decision)
