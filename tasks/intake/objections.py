"""Objections to an outcome: whoever disputes what the machine decided gets a person (PIPL 24)."""

import datetime as dt

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound
from models.clock import CHINA
from models.decision.decision import Outcome
from models.intake.application import Application
from models.intake.arrival import Arrival
from models.intake.declarations import Objection
from models.policy.policy import Policy
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import load_arrival


def objection_form(
    repositories: Repositories, application_id: str, text: str, now: dt.datetime
) -> Application | None:
    """The form of an objection to the last outcome of an application; its documents stay as kept.

    Args:
        repositories: Where everything is kept.
        application_id: As handed in.
        text: What the applicant says.
        now: The moment of the objection.

    Returns:
        None where the last round is neither rejected nor returned, or its form is deleted.
    """
    rounds = repositories.cases.find(application_id)
    if not rounds or rounds[-1].outcome not in {Outcome.REJECTED, Outcome.RETURNED}:
        return None
    last = rounds[-1]
    try:
        form = load_arrival(repositories, last.round_id).application
    except ObjectMissingError:
        return None
    if form is None:
        return None
    return form.model_copy(
        update={
            "submitted_at": now,
            "round": last.round + 1,
            "objection": Objection(to_round=last.round, text=text),
        }
    )


def record_objection(
    repositories: Repositories,
    round_: ApplicationRound,
    disputed: ApplicationRound,
    arrival: Arrival,
) -> None:
    """Leave the objection in the audit log; what is said stays in the form."""
    details: dict[str, Detail] = {
        "round": round_.round,
        "to_round": disputed.round,
        "outcome": disputed.outcome.value if disputed.outcome else "",
        "decided_by": "machine" if disputed.decided_by == "machine" else "person",
        "carried": len(arrival.carried),
        "late": is_late(RoundContext(repositories, disputed).policy_or_none, disputed, round_),
    }
    record_event(repositories, round_, EventTag.OBJECTION_RECEIVED, details)


def is_late(policy: Policy | None, disputed: ApplicationRound, objecting: ApplicationRound) -> bool:
    """Whether the policy's days for an objection were over; a person decides what that means.

    Args:
        policy: The rules of the disputed round.
        disputed: The round whose outcome is disputed.
        objecting: The round that disputes it.
    """
    days = policy.objections.days if policy else None
    if days is None or disputed.decided_at is None:
        return False
    decided_on = disputed.decided_at.astimezone(CHINA).date()
    return (objecting.received_at.astimezone(CHINA).date() - decided_on).days > days
