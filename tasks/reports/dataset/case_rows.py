"""Columns of the tables about rounds, made of one portion of the case database."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from models.checks.reason import Severity
from models.decision.decision import Outcome
from models.reports.case_tables import FINDINGS, TIMINGS
from storage.reports.dataset_files import Columns
from storage.reports.dataset_source import DOCUMENT_MEASURES, Portion
from tasks.reports.dataset.publishable_round import (
    ANONYMISED_COLUMNS,
    PublishableRound,
    PublishableRounds,
    columns_of,
)

_MACHINE: Final = "machine"
_PERSON: Final = "person"
_HOUR: Final = 3600.0
_ENDING: Final = (
    *("stage", "outcome", "machine_outcome", "decided_by", "proof_class", "policy_version"),
)
_SECONDS: Final = 2 + DOCUMENT_MEASURES.index("seconds")
"""Where a portion's document says how long it took."""


def application_columns(portion: Portion, rounds: PublishableRounds) -> Columns:
    """Rows of `applications`."""
    rows = [
        (one.case, *one.cells, *_ending(row, portion, one))
        for row in portion.rounds
        if (one := rounds.get(row.round_id))
    ]
    return columns_of(("case", *ANONYMISED_COLUMNS, *_ENDING), rows)


def _ending(row: Any, portion: Portion, one: PublishableRound) -> tuple[str | None, ...]:  # noqa: ANN401
    """How a round ended. A policy's version names a province, and is hidden with the region."""
    _, proof = portion.figures.get(row.round_id, ("", None))
    return (
        *(row.stage, row.outcome, row.machine_outcome),
        None if row.decided_by is None else _origin(row.decided_by),
        proof if row.outcome == Outcome.APPROVED else None,
        row.policy_version if one.region else None,
    )


def document_columns(portion: Portion, rounds: PublishableRounds) -> Columns:
    """Rows of `documents`."""
    kept = [row for row in portion.documents if row[0] in rounds]
    if not kept:
        return {}
    round_ids, ordinals, *measured = zip(*kept, strict=True)
    return {
        "case": [rounds[round_id].of_papers for round_id in round_ids],
        "paper": ordinals,
        **dict(zip(DOCUMENT_MEASURES, measured, strict=True)),
    }


def finding_columns(portion: Portion, rounds: PublishableRounds) -> Columns:
    """Rows of `findings`; a person's approval keeps no copies of what it overruled."""
    ends = {row.round_id: _finding_end(row) for row in portion.rounds}
    given = {(r.round_id, r.code) for r in portion.findings if r.origin == _PERSON}
    rows = []
    for round_id, ordinal, code, severity, verdict, subject, kind, origin in portion.findings:
        one, (outcome, by_person, approved) = rounds.get(round_id), ends[round_id]
        of_person = origin == _PERSON
        if one is None or (approved and of_person):
            continue
        note = severity == Severity.INFO
        in_force = of_person == by_person and not note and outcome is not None
        silenced = by_person and (approved or (round_id, code) not in given)
        overruled = silenced and not note and not of_person
        shown = kind if one.of_papers or one.linked is None else None
        what = (one.linked, ordinal, one.received_on, code, severity, note, verdict)
        rows.append((*what, subject, shown, origin, in_force, overruled, outcome))
    return columns_of(FINDINGS.names, rows)


def _finding_end(row: Any) -> tuple[str | None, bool, bool]:  # noqa: ANN401 - a row
    """How a round ended, whether by a person, and whether a person approved it."""
    by_person = _origin(row.decided_by) == _PERSON
    return row.outcome, by_person, by_person and row.outcome == Outcome.APPROVED


def timing_columns(portion: Portion, rounds: PublishableRounds) -> Columns:
    """Rows of `timings`."""
    seconds: dict[str, float] = {}
    for row in portion.documents:
        seconds[row[0]] = seconds.get(row[0], 0.0) + row[_SECONDS]
    rows = [
        (one.linked, seconds.get(row.round_id, 0.0), *_spans(row, portion))
        for row in portion.rounds
        if (one := rounds.get(row.round_id))
    ]
    return columns_of(TIMINGS.names, rows)


def _spans(row: Any, portion: Portion) -> tuple[float | None, float | None, bool | None]:  # noqa: ANN401
    """Hours to the outcome, hours before people, and whether these kept the term."""
    opened, decided, due = portion.reviewed.get(row.round_id, (None, None, None))
    within = decided <= due if decided and due else None
    return hours(row.received_at, row.decided_at), hours(opened, decided), within


def hours(start: Any, end: Any) -> float | None:  # noqa: ANN401 - moments or None
    """Between two moments, to a tenth; None where one is not there."""
    return None if start is None or end is None else round((end - start).total_seconds() / _HOUR, 1)


CASE_COLUMNS: Final[Mapping[str, Callable[[Portion, PublishableRounds], Columns]]] = {
    "applications": application_columns,
    "documents": document_columns,
    "findings": finding_columns,
    "timings": timing_columns,
}


def _origin(decided_by: str | None) -> str:
    return _MACHINE if decided_by in {None, _MACHINE} else _PERSON
