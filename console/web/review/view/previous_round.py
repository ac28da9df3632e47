"""What the round before asked for, and what came back: beside the round that answers it."""

import datetime as dt
from typing import NamedTuple

from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.checks.finding import Finding
from models.checks.reason import Severity
from models.decision.decision import Outcome
from storage.bootstrap import Repositories
from tasks.rounds.round_results import load_decision, load_readings


class PreviousRound(NamedTuple):
    """The round before.

    Attributes:
        asked: What its outcome rests on, as the applicant was told.
        new: Places (from 0) of this round's papers whose file did not come before.
        decided_by: Who asked; "machine" for nobody.
    """

    round: int
    outcome: Outcome
    asked: tuple[Finding, ...]
    new: frozenset[int]
    decided_by: str
    decided_at: dt.datetime | None


def previous_round(repositories: Repositories, round_: ApplicationRound) -> PreviousRound | None:
    """The round before; None for a first one, one without an outcome, or one that is deleted."""
    if round_.round == 1:
        return None
    rounds = repositories.cases.find(round_.application_id)
    before = max((r for r in rounds if r.round < round_.round), key=_number, default=None)
    if before is None or before.outcome is None or before.deleted(RetentionClass.RECORDS):
        return None
    decision = load_decision(repositories, before.round_id)
    known: set[str] = set()
    if not before.deleted(RetentionClass.READINGS):
        known = {paper.digest for paper in load_readings(repositories, before.round_id).papers}
    papers = load_readings(repositories, round_.round_id).papers
    findings = decision.findings if decision else ()
    return PreviousRound(
        round=before.round,
        outcome=before.outcome,
        asked=tuple(found for found in findings if found.severity is not Severity.INFO),
        new=frozenset(n for n, paper in enumerate(papers) if known and paper.digest not in known),
        decided_by=before.decided_by or "",
        decided_at=before.decided_at,
    )


def _number(round_: ApplicationRound) -> int:
    return round_.round
