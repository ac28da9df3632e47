"""What an outcome brings about: a binding, a case for a person, or a closed round."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.event import Detail, EventTag, NewEvent
from models.bindings.binding import ProvingDocument
from models.cases.case_round import Stage
from models.checks.finding import CheckVerdict, Finding
from models.checks.reason import Severity
from models.clock import CHINA
from models.decision.decision import Decision, Dossier, Outcome
from models.notices.exchange import Notice
from models.policy.policy import Policy
from models.reports.round_figures import RoundFigures
from models.reviews.review import ReviewState
from tasks.bindings.write_binding import write_binding
from tasks.identity.birth_date import member_born
from tasks.notices.compose_notice import outcome_notice
from tasks.reports.round_figures import collect_figures
from tasks.rounds.outcome_message import kinds_if_sound
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import round_event
from tasks.rounds.row_digests import (
    REGISTER,
    figures_rows,
    notice_rows,
    review_rows,
    round_rows,
    rows_detail,
)
from tasks.rounds.terms import end_of, review_term

_MACHINE: Final = "machine"
_OVER: Final = frozenset({ReviewState.DECIDED, ReviewState.SETTLED})


def apply_outcome(
    context: RoundContext,
    decision: Decision,
    decided: NewEvent,
    *,
    last: Sequence[NewEvent] = (),
    audit_head: str | None = None,
    reopened: bool = False,
) -> None:
    """Record an outcome and do what follows from it; doing it again changes nothing.

    Args:
        context: The round.
        decision: Its outcome.
        decided: The event of the decision; stands in the log before those of what follows, and
            notes the rows that are written with it.
        last: Events that stand there after those.
        audit_head: The application's last event, as a binding names it; None: as it is now. A
            unit of work around this gives one that stood before it, for its own may be undone.
        reopened: A senior had the outcome before looked at again.

    Raises:
        BindingRefusedError: An approval that bindings in force forbid by now.
    """
    head = audit_head or context.repositories.audit.head(context.round.application_id)
    following = tuple(_following(context, decision, head))
    cases, round_id = context.repositories.cases, context.round.round_id
    notice = outcome_notice(context.round, decision, context.arrival.application)
    kinds = kinds_if_sound(context)
    figures = collect_figures(context, decision) if decision.decided_by == _MACHINE else None
    noted = _with_rows(context, decided, notice, figures)
    cases.decide(round_id, decision, kinds=kinds, figures=figures, notice=notice, reopened=reopened)
    if decision.outcome is not Outcome.IN_REVIEW:
        cases.advance(round_id, Stage.SETTLED)
    # Last: the head of the log stays locked from here to the end of the transaction.
    context.repositories.audit.append_many((noted, *following, *last))


def _following(context: RoundContext, decision: Decision, head: str) -> Iterator[NewEvent]:
    """What an outcome brings about, and the events of that."""
    match decision.outcome:
        case Outcome.APPROVED:
            yield _bind(context, decision, head)
        case Outcome.IN_REVIEW:
            yield _open_review(context, decision)
        case Outcome.RETURNED:
            yield from _pause(context, decision)
        case Outcome.REJECTED:
            pass


def _with_rows(
    context: RoundContext, decided: NewEvent, notice: Notice, figures: RoundFigures | None
) -> NewEvent:
    """The event of a decision with the digests of the round's row, notice and figures."""
    keyring = context.repositories.keyring
    counted = (
        figures_rows(keyring, figures.counted, figures.groups, figures.form_version)
        if figures
        else {}
    )
    rows = rows_detail(
        {**round_rows(keyring, context.round), **notice_rows(keyring, notice), **counted}
    )
    return decided.model_copy(update={"details": {**decided.details, **rows}})


def _bind(context: RoundContext, decision: Decision, audit_head: str) -> NewEvent:
    dossier, policy = context.dossier, context.policy_or_none
    if dossier is None:
        raise ValueError("an application without a form cannot be approved")
    repositories = context.repositories
    written = write_binding(
        repositories,
        context.round,
        dossier.application,
        decision,
        effective_date=decision.decided_at.astimezone(CHINA).date(),
        evidence=[ProvingDocument(digest=p.digest, kind=p.kind) for p in dossier.readings],
        engine_versions=_engines(dossier, decision),
        audit_head=audit_head,
        limits=policy.limits if policy else None,
        member_born=_member_born(dossier, policy),
    )
    row = repositories.stored_rows.binding(written.binding.binding_id)
    return round_event(
        context.round,
        EventTag.BINDING_WRITTEN,
        {
            "binding_id": written.binding.binding_id,
            "object": written.object_digest,
            "audit_head": written.binding.audit_head,
            **rows_detail({REGISTER: row.digest}),
        },
        actor=decision.decided_by,
    )


def _member_born(dossier: Dossier, policy: Policy | None) -> dt.date | None:
    """The member's birth date where no number holds it, from the certificate that was read."""
    if policy is None or dossier.application.member.id_number:
        return None
    return member_born(dossier, policy.reading)


def _engines(dossier: Dossier, decision: Decision) -> dict[str, str]:
    """Which engines read and compared."""
    readers = sorted({paper.engine for paper in dossier.readings if paper.engine})
    versions = {"reading": "; ".join(readers)}
    if decision.face and decision.face.engine:
        versions["face"] = f"{decision.face.engine} {decision.face.thresholds}"
    return versions


def _open_review(context: RoundContext, decision: Decision) -> NewEvent:
    reviews, round_ = context.repositories.reviews, context.round
    codes = sorted({f.code.value for f in decision.findings if _is_for_person(f)})
    due = review_term(context, decision.decided_at if round_.answer_by else None)
    opened_at, due_at = decision.decided_at, end_of(due.day)
    review = reviews.open(
        round_.round_id,
        codes=codes,
        opened_at=opened_at,
        due_at=due_at,
        due_provisional=due.provisional,
    )
    if review.opened_at < opened_at and review.state in _OVER:
        review = reviews.reopen(
            review.review_id,
            codes=codes,
            opened_at=opened_at,
            due_at=due_at,
            due_provisional=due.provisional,
        )
    return round_event(
        round_,
        EventTag.CASE_OPENED,
        {
            "review_id": review.review_id,
            "codes": codes,
            "due": due.day.isoformat(),
            "provisional": due.provisional,
            **rows_detail(review_rows(context.repositories, review.review_id)),
        },
        key="" if review.turn == 1 else str(review.turn),
    )


def _is_for_person(found: Finding) -> bool:
    """Whether it brings a round before a person: what failed, or what only a person can settle.

    A verification without a face (P06) reproaches nobody and so is a note; it is to be done still.
    """
    return found.severity is not Severity.INFO or found.verdict is CheckVerdict.CANNOT_TELL


def _pause(context: RoundContext, decision: Decision) -> Iterator[NewEvent]:
    """The applicant has it now: the office's clock stands still until the answer."""
    due = decision.answer_by
    if due is not None:
        details: dict[str, Detail] = {
            "round": context.round.round,
            "answer_by": due.day.isoformat(),
            "provisional": due.provisional,
        }
        yield round_event(context.round, EventTag.CLOCK_PAUSED, details, key=due.day.isoformat())
