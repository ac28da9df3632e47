"""What an outcome brings about: a binding, a case for a person, or a closed round."""

import datetime as dt

from models.audit import EventTag
from models.binding import BindingEvidence
from models.case import CaseRound, Stage
from models.decision import Decision, Dossier, Outcome
from models.errors import SettingError
from models.reason import Severity
from storage.open import Office
from tasks.stages.note import note
from tasks.stages.results import load_arrival, load_dossier, policy_for
from tasks.working_days import CHINA, add_working_days, read_overrides

USUAL_TERM = 3
"""Working days (受理后1至3个工作日)."""


def put_into_effect(office: Office, case: CaseRound, decision: Decision) -> None:
    """Record an outcome and do what follows from it; doing it again changes nothing."""
    match decision.outcome:
        case Outcome.APPROVED:
            _bind(office, case, decision)
        case Outcome.IN_REVIEW:
            _open_review(office, case, decision)
        case Outcome.RETURNED | Outcome.REJECTED:
            pass
    office.cases.decide(case.round_id, decision)
    if decision.outcome is not Outcome.IN_REVIEW:
        office.cases.advance(case.round_id, Stage.SETTLED)


def _bind(office: Office, case: CaseRound, decision: Decision) -> None:
    dossier = load_dossier(office, case.round_id)
    if dossier is None:
        raise ValueError("an application without a form cannot be approved")
    written = office.bindings.write_binding(
        case,
        dossier.application,
        decision,
        effective_date=decision.decided_at.astimezone(CHINA).date(),
        evidence=[BindingEvidence(digest=p.digest, kind=p.kind) for p in dossier.readings],
        engine_versions=_engines(dossier, decision),
        audit_head=office.audit.head(case.application_id),
    )
    note(
        office,
        case,
        EventTag.BINDING_WRITTEN,
        {
            "binding_id": written.binding.binding_id,
            "object": written.object_digest,
            "audit_head": written.binding.audit_head,
        },
        actor=decision.decided_by,
    )


def _engines(dossier: Dossier, decision: Decision) -> dict[str, str]:
    """Which engines read and compared."""
    readers = sorted({paper.engine for paper in dossier.readings if paper.engine})
    versions = {"reading": "; ".join(readers)}
    if decision.face and decision.face.engine:
        versions["face"] = f"{decision.face.engine} {decision.face.thresholds}"
    return versions


def _open_review(office: Office, case: CaseRound, decision: Decision) -> None:
    codes = sorted({f.code.value for f in decision.findings if f.severity is not Severity.INFO})
    opened_at = decision.decided_at
    days = _term(office, case)
    overrides = read_overrides(office.policies.working_days)
    due = add_working_days(opened_at.astimezone(CHINA).date(), days, overrides)
    review = office.reviews.open(
        case.round_id,
        codes=codes,
        opened_at=opened_at,
        due_at=dt.datetime.combine(due.day, dt.time(23, 59, 59), CHINA),
    )
    note(
        office,
        case,
        EventTag.CASE_OPENED,
        {
            "review_id": review.review_id,
            "codes": codes,
            "due": due.day.isoformat(),
            "provisional": due.provisional,
        },
    )


def _term(office: Office, case: CaseRound) -> int:
    """Working days in which people must have decided; the usual ones where no policy applies."""
    application = load_arrival(office, case.round_id).application
    if application is None:
        return USUAL_TERM
    try:
        return policy_for(office, application).review.sla_working_days
    except SettingError:
        return USUAL_TERM
