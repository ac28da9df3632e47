"""One decision as a line of the results file."""

from typing import Any

from models.checks.finding import Finding
from models.decision.decision import Decision


def outcome_line(decision: Decision) -> dict[str, Any]:
    """The published form of a decision: outcome, all findings, relationship and face.

    A message says what the outcome means for the applicant; a return also says until when it can
    be answered, and whether that day may still move; what rests on one reader of numbers alone,
    because the machine lacked the other, says so.
    """
    due = {"answer_by": decision.answer_by.model_dump(mode="json")} if decision.answer_by else {}
    message = {"message": decision.message.model_dump()} if decision.message else {}
    less = {"second_reader_missing": True} if decision.second_reader_missing else {}
    return {
        "application_id": decision.application_id,
        "outcome": decision.outcome.value,
        "decided_at": decision.decided_at.isoformat(timespec="seconds"),
        "policy_version": decision.policy_version,
        "findings": [_finding(found) for found in decision.findings],
        "relationship": _relationship(decision),
        "face": _face(decision),
        **message,
        **due,
        **less,
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code.value,
        "severity": found.severity.value,
        "message": found.message.model_dump(),
        "subject": found.subject.value if found.subject else None,
        "evidence": [item.model_dump(exclude={"place"}) for item in found.evidence],
    }


def _relationship(decision: Decision) -> dict[str, Any] | None:
    verdict = decision.relationship
    if verdict is None:
        return None
    return {
        "claimed": verdict.claimed.value,
        "derived": [relation.value for relation in verdict.derived],
        "proof": list(verdict.proof),
    }


def _face(decision: Decision) -> dict[str, Any] | None:
    verdict = decision.face
    if verdict is None:
        return None
    return {
        "compared": verdict.compared,
        "score": _rounded(verdict.score),
        "score_to_applicant": _rounded(verdict.score_to_applicant),
        "band": verdict.band.value if verdict.band else None,
        "engine": verdict.engine,
        "thresholds": verdict.thresholds,
        "liveness": verdict.liveness,
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)
