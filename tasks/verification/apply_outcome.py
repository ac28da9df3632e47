"""What an outcome brings about: a binding, a case for a person, or a closed round."""

from typing import Final

from models.audit.event import Detail, EventTag
from models.bindings.binding import ProvingDocument
from models.cases.case_round import ApplicationRound, Stage
from models.checks.reason import Severity
from models.clock import CHINA
from models.decision.decision import Decision, Dossier, Outcome
from models.reviews.review import ReviewState
from storage.bootstrap import Repositories
from tasks.identity.birth_date import member_born
from tasks.notices.compose_notice import outcome_notice
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import load_arrival, load_dossier
from tasks.rounds.terms import end_of, policy_of, review_term

_OVER: Final = frozenset({ReviewState.DECIDED, ReviewState.SETTLED})


def apply_outcome(repositories: Repositories, case: ApplicationRound, decision: Decision) -> None:
    """Record an outcome and do what follows from it; doing it again changes nothing."""
    match decision.outcome:
        case Outcome.APPROVED:
            _bind(repositories, case, decision)
        case Outcome.IN_REVIEW:
            _open_review(repositories, case, decision)
        case Outcome.RETURNED:
            _pause(repositories, case, decision)
        case Outcome.REJECTED:
            pass
    application = load_arrival(repositories, case.round_id).application
    notice = outcome_notice(case, decision, application)
    repositories.cases.decide(case.round_id, decision, notice=notice)
    if decision.outcome is not Outcome.IN_REVIEW:
        repositories.cases.advance(case.round_id, Stage.SETTLED)


def _bind(repositories: Repositories, case: ApplicationRound, decision: Decision) -> None:
    dossier = load_dossier(repositories, case.round_id)
    if dossier is None:
        raise ValueError("an application without a form cannot be approved")
    policy = policy_of(repositories, case)
    written = repositories.bindings.write_binding(
        case,
        dossier.application,
        decision,
        effective_date=decision.decided_at.astimezone(CHINA).date(),
        evidence=[ProvingDocument(digest=p.digest, kind=p.kind) for p in dossier.readings],
        engine_versions=_engines(dossier, decision),
        audit_head=repositories.audit.head(case.application_id),
        limits=policy.limits if policy else None,
        member_born=member_born(dossier, policy.reading) if policy else None,
    )
    record_event(
        repositories,
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


def _open_review(repositories: Repositories, case: ApplicationRound, decision: Decision) -> None:
    codes = sorted({f.code.value for f in decision.findings if f.severity is not Severity.INFO})
    due = review_term(repositories, case, decision.decided_at if case.answer_by else None)
    opened_at, due_at = decision.decided_at, end_of(due.day)
    review = repositories.reviews.open(
        case.round_id,
        codes=codes,
        opened_at=opened_at,
        due_at=due_at,
        due_provisional=due.provisional,
    )
    if review.opened_at < opened_at and review.state in _OVER:
        review = repositories.reviews.reopen(
            review.review_id,
            codes=codes,
            opened_at=opened_at,
            due_at=due_at,
            due_provisional=due.provisional,
        )
    record_event(
        repositories,
        case,
        EventTag.CASE_OPENED,
        {
            "review_id": review.review_id,
            "codes": codes,
            "due": due.day.isoformat(),
            "provisional": due.provisional,
        },
        key="" if review.turn == 1 else str(review.turn),
    )


def _pause(repositories: Repositories, case: ApplicationRound, decision: Decision) -> None:
    """The applicant has it now: the office's clock stands still until the answer."""
    due = decision.answer_by
    if due is not None:
        details: dict[str, Detail] = {
            "round": case.round,
            "answer_by": due.day.isoformat(),
            "provisional": due.provisional,
        }
        record_event(repositories, case, EventTag.CLOCK_PAUSED, details, key=due.day.isoformat())
