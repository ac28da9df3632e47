"""One round's row, findings and decisions against one another and the audit log."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound, Stage
from models.cases.retention import RetentionClass
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.intake.arrival import Arrival
from models.reading.document import DocumentKind
from models.reviews.review import APPLICATION, ReviewState
from storage.audit.stored_rows import FINDING
from storage.bootstrap import Repositories
from storage.cases.round_rows import finding_rows, origin_of
from storage.objects.store import ObjectMissingError
from tasks.reconciliation.kept_object import DECISION, open_record
from tasks.reconciliation.round_log import RoundLog, detail
from tasks.rounds.outcome_message import kinds_if_sound
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import (
    MACHINE,
    arrival_key,
    decision_key,
    latest_decision,
)

_OF_FORM: Final = ("product", "channel", "submitted_at")


def compare_round(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[Discrepancy]:
    """What the case database says of a round that its decisions and the log do not.

    A decision that a person gave and that is not carried out yet is left out.
    """
    yield from _deletions(case, log)
    yield from (
        Discrepancy(fault=DiscrepancyKind.ROUND_DIFFERS, subject=case.round_id, detail=column)
        for column in _form_columns(repositories, case, log)
    )
    if case.outcome is None or case.deleted(RetentionClass.RECORDS):
        return
    decisions, faults = _decisions(repositories, case, log)
    yield from faults
    if _is_being_settled(repositories, case):
        return
    if not decisions and not faults:
        yield Discrepancy(fault=DiscrepancyKind.DECISION_LOST, subject=case.round_id)
    # Without the decision in force nothing can be held against it.
    if decisions and not faults:
        yield from _against_decisions(repositories, case, log, decisions)


def _deletions(case: ApplicationRound, log: RoundLog) -> Iterator[Discrepancy]:
    for what in RetentionClass:
        if case.deleted(what) and what.value not in log.deleted:
            kind = DiscrepancyKind.DELETION_UNRECORDED
            yield Discrepancy(fault=kind, subject=case.round_id, detail=what.value)


def _form_columns(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[str]:
    if log.content and case.content_digest != log.content:
        yield "content_digest"
    if log.received_at and case.received_at != dt.datetime.fromisoformat(log.received_at):
        yield "received_at"
    if case.deleted(RetentionClass.RECORDS):
        return
    try:
        form = repositories.archive.get_record(arrival_key(case.round_id), Arrival).application
    except (ObjectMissingError, IntegrityError):
        return  # told by the comparison of objects
    if form is not None:
        yield from (name for name in _OF_FORM if getattr(case, name) != getattr(form, name))
        if case.region != form.deciding_region:
            yield "region"


def _decisions(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> tuple[dict[str, Decision], list[Discrepancy]]:
    """The decisions that can be relied on, and what is wrong with the others."""
    prefix = decision_key(case.round_id, "")
    kept = set(repositories.archive.store.keys(prefix))
    named = {key for key in log.objects if key.startswith(prefix)}
    found: dict[str, Decision] = {}
    faults: list[Discrepancy] = []
    for key in sorted(kept | named):
        opened = open_record(repositories, key, Decision, log.objects.get(key), DECISION)
        if isinstance(opened, Decision):
            found[key.removeprefix(prefix)] = opened
        else:
            name = key.removeprefix(prefix)
            faults.append(Discrepancy(fault=opened, subject=case.round_id, detail=name))
    return found, faults


def _against_decisions(
    repositories: Repositories,
    case: ApplicationRound,
    log: RoundLog,
    decisions: dict[str, Decision],
) -> Iterator[Discrepancy]:
    in_force = decisions[latest_decision(decisions)]
    if in_force.outcome is not case.outcome or _noted_otherwise(log, decisions):
        yield Discrepancy(fault=DiscrepancyKind.DECISION_DIFFERS, subject=case.round_id)
    for column in _columns(case, in_force, decisions):
        kind = DiscrepancyKind.ROUND_DIFFERS
        yield Discrepancy(fault=kind, subject=case.round_id, detail=column)
    if not _has_its_findings(repositories, case, in_force, decisions):
        yield Discrepancy(fault=DiscrepancyKind.FINDINGS_DIFFER, subject=case.round_id)
    if not _has_its_proof_class(repositories, case, in_force):
        kind = DiscrepancyKind.FIGURES_DIFFER
        yield Discrepancy(fault=kind, subject=case.round_id, detail="proof_class")
    for column in _progress(case, in_force, log):
        kind = DiscrepancyKind.ROUND_DIFFERS
        yield Discrepancy(fault=kind, subject=case.round_id, detail=column)


def _noted_otherwise(log: RoundLog, decisions: dict[str, Decision]) -> bool:
    """Whether the log noted another outcome, or another policy, when a decision was made."""
    machine = decisions.get(MACHINE)
    other_policy = machine is not None and log.policy not in {"", machine.policy_version}
    return other_policy or any(
        decisions[name].outcome != outcome
        for name, outcome in log.outcomes.items()
        if name in decisions
    )


def _columns(
    case: ApplicationRound, in_force: Decision, decisions: dict[str, Decision]
) -> Iterator[str]:
    for name in ("decided_by", "decided_at", "policy_version"):
        if getattr(case, name) != getattr(in_force, name):
            yield name
    mine = {name: made for name, made in decisions.items() if made.decided_by == MACHINE}
    if mine and case.machine_outcome is not mine[latest_decision(mine)].outcome:
        yield "machine_outcome"


def _has_its_findings(
    repositories: Repositories,
    case: ApplicationRound,
    in_force: Decision,
    decisions: dict[str, Decision],
) -> bool:
    """Whether the findings in force, and those of the machine before, are those of decisions."""
    expected = {origin_of(in_force.decided_by): in_force}
    mine = {name: made for name, made in decisions.items() if made.decided_by == MACHINE}
    if mine:
        expected[MACHINE] = mine[latest_decision(mine)]
    kinds = kinds_if_sound(RoundContext(repositories, case))
    columns = len(FINDING) if kinds else FINDING.index("kind")
    return all(
        [row[:columns] for row in repositories.stored_rows.findings(case.round_id, origin)]
        == [row[:columns] for row in _findings(decision, kinds)]
        for origin, decision in expected.items()
    )


def _findings(decision: Decision, kinds: Mapping[str, DocumentKind]) -> list[tuple[str, ...]]:
    rows = finding_rows("", decision, kinds, first=0)
    return [tuple(str(row[name] or "") for name in FINDING) for row in rows]


def _has_its_proof_class(
    repositories: Repositories, case: ApplicationRound, in_force: Decision
) -> bool:
    stored = repositories.stored_rows.figures(case.round_id)
    approved = in_force.outcome is Outcome.APPROVED
    return stored is None or stored.proof_class == (in_force.proof_class if approved else None)


def _progress(case: ApplicationRound, in_force: Decision, log: RoundLog) -> Iterator[str]:
    """How far it came, how often it was tried, and until when an answer is awaited."""
    if case.stage not in {Stage.DECIDED, Stage.SETTLED}:
        yield "stage"
    if case.retries != sum(e.tag is EventTag.APPLICATION_RETRIED for e in log.events):
        yield "retries"
    due, provisional = _answer_term(in_force, log)
    if str(case.answer_due_on or "") != due:
        yield "answer_due_on"
    if case.answer_due_provisional != provisional:
        yield "answer_due_provisional"


def _answer_term(in_force: Decision, log: RoundLog) -> tuple[str, bool | None]:
    """The last day for an answer as it was set or moved last, and whether it may still move."""
    term = in_force.answer_by
    if term is None:
        return "", None
    moved = [
        (detail(event, "to"), bool(event.details.get("provisional")))
        for event in log.events
        if event.tag is EventTag.TERM_MOVED and detail(event, "term") == "answer"
    ]
    return moved[-1] if moved else (str(term.day), term.provisional)


def _is_being_settled(repositories: Repositories, case: ApplicationRound) -> bool:
    review = repositories.reviews.find(case.round_id, APPLICATION)
    return review is not None and review.state is ReviewState.DECIDED


def lost_events(case: ApplicationRound, log: RoundLog) -> Iterator[Discrepancy]:
    """Events that must stand in the log for a round that came this far."""
    missing = not log.received or (
        case.outcome is not None and EventTag.APPLICATION_DECIDED not in log.tags
    )
    if missing:
        yield Discrepancy(fault=DiscrepancyKind.EVENT_LOST, subject=case.round_id)
