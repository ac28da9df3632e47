"""Hold case database, object store and audit chain against one another: nothing lost or doubled."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import EventTag
from models.bindings.binding_counts import RESERVED
from models.bindings.unbinding import BindingState
from models.cases.case_round import ApplicationRound, Stage
from models.cases.retention import RetentionClass
from models.decision.decision import Outcome
from models.errors import IntegrityError
from models.reviews.review import ReviewState
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.rounds.round_results import (
    arrival_key,
    decision_key,
    load_arrival,
    load_decision,
    readings_key,
)

_BY_ROUND: Final = (
    "arrivals",
    "readings",
    "faces",
    "checks",
    "decisions",
    "portraits",
    "withdrawals",
)
"""Folders of objects that carry a round's identifier."""
_STALE: Final = dt.timedelta(hours=1)


def reconcile(repositories: Repositories, now: dt.datetime) -> tuple[Discrepancy, ...]:
    """Everything that does not agree, in a fixed order; what is under way is left out.

    Args:
        repositories: Where everything is kept; it is only read, but for the root of an intact log,
            which is put where others can take a copy.
        now: Rounds of the last hour may be under way.
    """
    cases = {case.round_id: case for case in repositories.cases.rounds()}
    tags = repositories.audit.tags_of_rounds()
    found = [
        fault
        for case in cases.values()
        if now - case.received_at > _STALE
        for fault in _round_faults(repositories, case, tags.get(case.round_id, set()))
    ]
    states = repositories.bindings.states()
    found += [f for state in states for f in _binding_faults(repositories, cases, state, tags, now)]
    found += _unknown_objects(repositories, cases, {state.binding_id for state in states})
    report = repositories.audit.verify(repositories.archive)
    if not report.intact:
        found.append(
            Discrepancy(fault=DiscrepancyKind.CHAIN_BROKEN, subject=f"event {report.first_broken}")
        )
    repositories.audit.publish_root(repositories.archive, report)
    return tuple(found)


def _round_faults(
    repositories: Repositories, case: ApplicationRound, tags: set[str]
) -> Iterator[Discrepancy]:
    def fault(kind: DiscrepancyKind) -> Discrepancy:
        return Discrepancy(fault=kind, subject=case.round_id)

    received = {EventTag.APPLICATION_RECEIVED.value, EventTag.APPLICATION_REFUSED.value}
    if not tags & received:
        yield fault(DiscrepancyKind.EVENT_LOST)
    if not case.deleted(RetentionClass.RECORDS):
        if not repositories.archive.exists(arrival_key(case.round_id)):
            yield fault(DiscrepancyKind.FORM_LOST)
        else:
            yield from (fault(kind) for kind in _lost_papers(repositories, case))
        yield from (fault(kind) for kind in _outcome_faults(repositories, case, tags))


def _lost_papers(repositories: Repositories, case: ApplicationRound) -> Iterator[DiscrepancyKind]:
    files = load_arrival(repositories, case.round_id).files
    if not case.deleted(RetentionClass.PICTURES) and not all(
        repositories.archive.exists(upload_key(file.digest)) for file in files
    ):
        yield DiscrepancyKind.UPLOAD_LOST
    # Of a round that the machine could not finish, a person has all that there is.
    unfinished = repositories.archive.exists(decision_key(case.round_id, "fault"))
    expected = case.stage is not Stage.TAKEN_IN and not case.deleted(RetentionClass.READINGS)
    if expected and not unfinished and not repositories.archive.exists(readings_key(case.round_id)):
        yield DiscrepancyKind.READINGS_LOST


def _outcome_faults(
    repositories: Repositories, case: ApplicationRound, tags: set[str]
) -> Iterator[DiscrepancyKind]:
    if case.outcome is None:
        return
    if EventTag.APPLICATION_DECIDED.value not in tags:
        yield DiscrepancyKind.EVENT_LOST
    decision = load_decision(repositories, case.round_id)
    if decision is None:
        yield DiscrepancyKind.DECISION_LOST
    elif decision.outcome is not case.outcome and not _is_being_settled(repositories, case):
        yield DiscrepancyKind.DECISION_DIFFERS
    if case.outcome is Outcome.IN_REVIEW and not _waits(repositories, case):
        yield DiscrepancyKind.REVIEW_LOST
    if case.outcome is Outcome.APPROVED and not _bindings_of(repositories, case):
        yield DiscrepancyKind.BINDING_LOST


def _waits(repositories: Repositories, case: ApplicationRound) -> bool:
    review = repositories.reviews.find(case.round_id, "application")
    return review is not None and review.state is not ReviewState.SETTLED


def _is_being_settled(repositories: Repositories, case: ApplicationRound) -> bool:
    review = repositories.reviews.find(case.round_id, "application")
    return review is not None and review.state is ReviewState.DECIDED


def _bindings_of(repositories: Repositories, case: ApplicationRound) -> list[BindingState]:
    states = map(repositories.bindings.state, repositories.bindings.find(case.application_id))
    return [state for state in states if state and state.round_id == case.round_id]


def _binding_faults(
    repositories: Repositories,
    cases: dict[str, ApplicationRound],
    state: BindingState,
    tags: dict[str, set[str]],
    now: dt.datetime,
) -> Iterator[Discrepancy]:
    case = cases[state.round_id]
    if state.status == RESERVED:
        stale = now - case.received_at > _STALE
        faults = [DiscrepancyKind.BINDING_UNFINISHED] if stale else []
    else:
        written = EventTag.BINDING_WRITTEN.value in tags.get(state.round_id, set())
        faults = list(_object_faults(repositories, state))
        faults += [] if written else [DiscrepancyKind.EVENT_LOST]
        faults += [] if case.outcome is Outcome.APPROVED else [DiscrepancyKind.BINDING_NOT_APPROVED]
    yield from (Discrepancy(fault=kind, subject=state.binding_id) for kind in faults)


def _object_faults(repositories: Repositories, state: BindingState) -> Iterator[DiscrepancyKind]:
    """What is wrong with a binding's object and with its tombstone."""
    try:
        repositories.bindings.get(state.binding_id)
    except ObjectMissingError:
        yield DiscrepancyKind.BINDING_LOST
    except IntegrityError:
        yield DiscrepancyKind.BINDING_CHANGED
    if state.ends_on is not None and not repositories.archive.exists(
        tombstone_key(state.binding_id)
    ):
        yield DiscrepancyKind.TOMBSTONE_LOST


def _unknown_objects(
    repositories: Repositories, cases: dict[str, ApplicationRound], bindings: set[str]
) -> Iterator[Discrepancy]:
    """Objects that belong to nothing in the database."""
    for folder in _BY_ROUND:
        for key in repositories.archive.store.keys(f"{folder}/"):
            if key.split("/")[1] not in cases:
                yield Discrepancy(fault=DiscrepancyKind.OBJECT_UNKNOWN, subject=key)
    known = {binding_key(name) for name in bindings} | {tombstone_key(name) for name in bindings}
    for key in repositories.archive.store.keys("bindings/"):
        if key not in known:
            yield Discrepancy(fault=DiscrepancyKind.BINDING_UNKNOWN, subject=key)
