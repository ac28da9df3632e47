"""When a step of ours fails on an application: a person takes it, nobody is refused for it."""

import datetime as dt

from models.audit.event import EventTag
from models.checks.finding import CheckVerdict, Subject, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from storage.bootstrap import Repositories
from tasks.rounds.outcome_message import with_all_words
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import round_event
from tasks.rounds.round_results import DECISION, DECISION_NAME, FAULT, decision_key
from tasks.verification.apply_outcome import apply_outcome

"""Tells the event of a fault from that of a decision."""


def hand_to_person(repositories: Repositories, round_id: str, cause: str) -> None:
    """Open a review for a round that the machine could not finish.

    Args:
        repositories: Where everything is kept.
        round_id: The round.
        cause: Which step failed, and where; remembered, so that the machine can be given the round
            back once the cause is mended.
    """
    repositories.attempts.begin(round_id, dt.datetime.now(dt.UTC))
    repositories.attempts.failed(round_id, cause)
    context = RoundContext.load(repositories, round_id)
    arrival = context.arrival
    fault = finding(
        Reason.FIELD_UNREADABLE,
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="系统处理时出错，未能完成自动核验",
        en="the system failed on it and could not finish the automatic checks",
    )
    decision, digest = repositories.archive.find_or_keep(
        decision_key(round_id, FAULT),
        Decision,
        lambda: with_all_words(
            context,
            Decision(
                application_id=arrival.application_id,
                round=context.round.round,
                outcome=Outcome.IN_REVIEW,
                decided_at=dt.datetime.now(dt.UTC),
                # The lack of a policy may be the very fault.
                policy_version=context.policy_version,
                findings=(*arrival.findings, fault),
            ),
        ),
    )
    decided = round_event(
        context.round,
        EventTag.APPLICATION_DECIDED,
        {
            "outcome": decision.outcome.value,
            "fault": True,
            DECISION: digest,
            DECISION_NAME: FAULT,
        },
        key=FAULT,
    )
    with repositories.unit_of_work():
        apply_outcome(context, decision, decided)
