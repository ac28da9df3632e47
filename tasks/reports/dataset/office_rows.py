"""Columns of the tables about reviews, samples, runs and versions."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from models.clock import CHINA
from models.decision.decision import Outcome
from models.reports.run import BatchRun
from models.reviews.review_work import ReviewKind
from storage.reports.dataset_files import Columns
from storage.reports.dataset_source import DatasetSource, Month
from storage.reports.version_uses import VersionUse
from tasks.reports.dataset.anonymise import anonymise
from tasks.reports.dataset.case_rows import hours
from tasks.reports.dataset.publishable_round import Pseudonym

_MACHINE: Final = "machine"


def review_columns(
    source: DatasetSource, month: Month, pseudonym: Pseudonym, k: int
) -> tuple[dict[str, Columns], dict[str, int]]:
    """Rows of `reviews` and `samples` of a month, and how many were made coarser or withheld."""
    rows = source.reviews(month)
    days = [row.opened_at.astimezone(CHINA).date() for row in rows]
    anonymised = anonymise({"received_on": days}, k)
    opinions, corrections = source.opinions(month), source.corrections(month)
    first = source.first_decisions(month)
    reviews: list[dict[str, Any]] = []
    samples: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        if anonymised.withheld[place]:
            continue
        opened = {
            "review": pseudonym("dataset-review", row.review_id),
            "opened_on": anonymised.columns["received_on"][place],
            "opened_span": anonymised.span[place],
        }
        if row.kind == ReviewKind.DOUBT:
            said = opinions.get(row.review_id, ())
            own = _review(row, said, corrections.get(row.round_id, 0))
            decider = {"reviewer": _staff(row.holder, row.outcome, pseudonym)}
            reviews.append(opened | own | decider)
        else:
            own = _sample(row, first.get(row.round_id, (None, None)), pseudonym)
            samples.append(opened | own)
    return {"reviews": _columns(reviews), "samples": _columns(samples)}, anonymised.steps


def _review(row: Any, said: Sequence[tuple[str, str]], corrections: int) -> dict[str, Any]:  # noqa: ANN401
    outcomes = [outcome for _, outcome in said]
    return {
        "subject": row.subject,
        "turn": row.turn,
        "reasons": len(json.loads(row.codes or "[]")),
        "outcome": row.outcome,
        "hours_open": hours(row.opened_at, row.decided_at),
        "within_term": row.decided_at <= row.due_at if row.decided_at else None,
        "escalated": row.escalated_at is not None,
        "opinions": len(said),
        "four_eyes": len({staff for staff, _ in said}) > 1,
        "agreed": outcomes[0] == outcomes[1] if len(outcomes) > 1 else None,
        "corrections": corrections,
    }


def _sample(row: Any, first: tuple[str | None, str | None], pseudonym: Pseudonym) -> dict[str, Any]:  # noqa: ANN401
    of_machine = row.kind == ReviewKind.SAMPLE
    staff, outcome = (None, Outcome.APPROVED.value) if of_machine else first
    return {
        "sort": row.kind,
        "first_outcome": outcome,
        "outcome": row.outcome,
        "agreed": None if row.outcome is None else row.outcome == outcome,
        "reviewer": _staff(row.holder, row.outcome, pseudonym),
        "first_reviewer": _staff(staff, outcome, pseudonym),
        "proof_class": row.proof_class if of_machine else None,
    }


def _staff(name: str | None, outcome: str | None, pseudonym: Pseudonym) -> str | None:
    """Who decided; whoever only holds a case did not."""
    return pseudonym("dataset-staff", name) if name and outcome else None


def run_columns(runs: Sequence[BatchRun], pseudonym: Pseudonym) -> Columns:
    """Rows of `runs`, the first run first."""
    rows = []
    for run in reversed(runs):
        began, took = run.started_at, run.duration
        rows.append(
            {
                "run": pseudonym("dataset-run", f"{run.batch_id}:{run.run_id}"),
                "started_on": began.astimezone(CHINA).date() if began else None,
                "seconds": took.total_seconds() if took else None,
                "applications": run.stands.taken_in,
                "faults": run.faults,
                "unfinished": run.stands.unfinished,
            }
        )
    return _columns(rows)


def version_columns(versions: Sequence[VersionUse]) -> Columns:
    """Rows of `policies` or `engines`."""
    rows = []
    for used in versions:
        days = {
            "first_on": used.first_at.astimezone(CHINA).date(),
            "last_on": used.last_at.astimezone(CHINA).date(),
        }
        rows.append({"version": used.version, "rounds": used.rounds, **days})
    return _columns(rows)


def _columns(rows: Sequence[Mapping[str, Any]]) -> Columns:
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
