"""An application's events as a timeline: by round, in words, with versions and runs."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from console.web.audit.event_details import DetailView, event_details
from console.web.audit.runs_page import run_link
from models.audit.event import AuditEvent, EventTag
from models.audit.event_wording import event_words
from models.cases.case_round import ApplicationRound
from storage.audit.current_run import RUN
from storage.bootstrap import Repositories


class TimelineStep(NamedTuple):
    """One event.

    Attributes:
        words: In Chinese and English.
        run: Address of the run at the orchestrator; empty where none is known.
    """

    event: AuditEvent
    words: tuple[str, str]
    details: tuple[DetailView, ...]
    run: str


class ApplicationTimeline(NamedTuple):
    """One round.

    Attributes:
        case: None for events that belong to no round that is known.
        machine_took: From taking in to the machine's decision.
        all_took: From taking in to the outcome in force.
        engines: Which engines worked on it.
        policies: Which policy versions were asked.
        runs: Each run of the orchestrator and its address.
    """

    case: ApplicationRound | None
    steps: tuple[TimelineStep, ...]
    machine_took: dt.timedelta | None
    all_took: dt.timedelta | None
    engines: tuple[str, ...]
    policies: tuple[str, ...]
    runs: tuple[tuple[str, str], ...]


def timeline(
    repositories: Repositories, rounds: Sequence[ApplicationRound], events: Sequence[AuditEvent]
) -> tuple[ApplicationTimeline, ...]:
    """Every round with its events, the first one first; then events of no round."""
    known = {case.round_id for case in rounds}
    journeys = [
        _journey(repositories, case, [e for e in events if e.round_id == case.round_id])
        for case in rounds
    ]
    others = [event for event in events if event.round_id not in known]
    return (*journeys, *([_journey(repositories, None, others)] if others else []))


def _journey(
    repositories: Repositories, case: ApplicationRound | None, events: Sequence[AuditEvent]
) -> ApplicationTimeline:
    decided = next((e for e in events if e.tag is EventTag.APPLICATION_DECIDED), None)
    runs = dict.fromkeys(str(e.details[RUN]) for e in events if RUN in e.details)
    return ApplicationTimeline(
        case=case,
        steps=tuple(_step(repositories, event) for event in events),
        machine_took=decided.recorded_at - case.received_at if case and decided else None,
        all_took=case.decided_at - case.received_at if case and case.decided_at else None,
        engines=tuple(dict.fromkeys(_engines(events))),
        policies=tuple(dict.fromkeys(_told(events, "policy"))),
        runs=tuple((run, run_link(repositories.settings, run)) for run in runs),
    )


def _engines(events: Sequence[AuditEvent]) -> Iterator[str]:
    for event in events:
        parts = [event.details.get(name) for name in ("engine", "thresholds")]
        if parts[0]:
            yield " ".join(str(part) for part in parts if part)


def _told(events: Sequence[AuditEvent], name: str) -> Iterator[str]:
    yield from (str(event.details[name]) for event in events if event.details.get(name))


def _step(repositories: Repositories, event: AuditEvent) -> TimelineStep:
    run = event.details.get(RUN)
    return TimelineStep(
        event=event,
        words=event_words(event.tag),
        details=event_details(event),
        run=run_link(repositories.settings, run if isinstance(run, str) else None),
    )
