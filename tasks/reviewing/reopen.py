"""A senior has an application looked at again that is decided."""

import datetime as dt
from typing import Final

from models.audit.event import Detail, EventTag
from models.bindings.unbinding import BindingState
from models.cases.case_round import ApplicationRound
from models.checks.reason import Reason
from models.clock import CHINA
from models.decision.decision import Outcome
from models.reviews.act_refused import ActRefusedError
from models.reviews.decision_rules import is_substantive
from models.reviews.remark import Remark, RemarkKind
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from models.staff.staff_member import StaffMember, StaffRole
from storage.bootstrap import Repositories
from tasks.bindings.binding_reviews import put_before_person
from tasks.bindings.due_bindings import DueBinding
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.row_digests import remark_rows, review_rows, rows_detail
from tasks.rounds.terms import end_of, full_term

SUBJECT: Final = "reopened"
"""What a review of a binding is about that a senior asked for."""


class CannotReopenError(ActRefusedError):
    """There is nothing to look at again, or this person may not have it done."""

    def __init__(self, zh: str, en: str) -> None:
        """Say what stands in the way and what to do."""
        super().__init__(("不能重新审核", "It cannot be reopened"), (zh, en))


def reopen(
    repositories: Repositories,
    application_id: str,
    member: StaffMember,
    words: str,
    *,
    suspend: bool = False,
    now: dt.datetime,
) -> ReviewCase:
    """Put the last round of an application before people once more, with the reason in words.

    A return or a rejection stands until people have decided anew, whoever had decided. Where a
    binding is in force, the review is about the binding: approved keeps it, returned lets it
    rest, rejected ends it.

    Args:
        repositories: Where everything is kept.
        application_id: The application.
        member: A senior.
        words: Why; kept encrypted beside the case.
        suspend: Let a binding in force rest until people have decided.
        now: The present.

    Raises:
        CannotReopenError: It is no senior, nothing was said, or there is nothing to look at again.
    """
    if member.role is not StaffRole.SENIOR:
        raise CannotReopenError("请由复核主管办理。", "A senior has to do it.")
    if not is_substantive(words):
        raise CannotReopenError("请写明理由。", "Say why.")
    rounds = repositories.cases.find(application_id)
    if not rounds:
        raise CannotReopenError("没有这份申请，请核对编号。", "There is no such application.")
    case = rounds[-1]
    remark = Remark(
        review_id="",
        staff=member.name,
        kind=RemarkKind.REOPENED,
        words=words.strip(),
        made_at=now,
    )
    with repositories.unit_of_work():
        review = _put_before_people(repositories, case, remark, suspend=suspend)
        repositories.remarks.add(remark.model_copy(update={"review_id": review.review_id}))
    return review


def _put_before_people(
    repositories: Repositories,
    case: ApplicationRound,
    remark: Remark,
    *,
    suspend: bool,
) -> ReviewCase:
    bound = repositories.bindings.not_ended_of([case.round_id])
    if bound is not None:
        return _about_binding(repositories, case, bound, remark, suspend=suspend)
    if case.outcome not in {Outcome.RETURNED, Outcome.REJECTED}:
        raise CannotReopenError(
            "申请尚在办理，或其绑定已终止；请在案件中处理或请申请人重新申请。",
            "It is not decided yet, or its binding has ended: decide the case, or have the "
            "applicant apply again.",
        )
    return _about_application(repositories, case, remark)


def _about_application(
    repositories: Repositories, case: ApplicationRound, remark: Remark
) -> ReviewCase:
    now = remark.made_at
    codes = sorted(set(repositories.cases.codes(case.round_id)))
    term = full_term(RoundContext(repositories, case), now)
    due, provisional = end_of(term.day), term.provisional
    known = repositories.reviews.find(case.round_id, APPLICATION)
    if known is None:
        review = repositories.reviews.open(
            case.round_id, codes, opened_at=now, due_at=due, due_provisional=provisional
        )
    elif known.state is ReviewState.SETTLED:
        review = repositories.reviews.reopen(
            known.review_id, codes, opened_at=now, due_at=due, due_provisional=provisional
        )
    else:
        raise CannotReopenError("案件正在审核中。", "The case is before people already.")
    details: dict[str, Detail] = {
        "review_id": review.review_id,
        "outcome": case.outcome.value if case.outcome else "",
        "due": term.day.isoformat(),
        **rows_detail(
            review_rows(repositories, review.review_id) | remark_rows(repositories.keyring, remark)
        ),
    }
    key = f"{review.review_id}:{review.turn}:{now.isoformat()}"
    record_event(repositories, case, EventTag.CASE_REOPENED, details, key=key, actor=remark.staff)
    return review


def _about_binding(
    repositories: Repositories,
    case: ApplicationRound,
    bound: BindingState,
    remark: Remark,
    *,
    suspend: bool,
) -> ReviewCase:
    mine = [r for r in repositories.reviews.of_round(case.round_id) if _asked_for(r.subject)]
    if any(review.state is not ReviewState.SETTLED for review in mine):
        raise CannotReopenError("案件正在审核中。", "The case is before people already.")
    subject = f"{SUBJECT}_{len(mine) + 1}" if mine else SUBJECT
    due = DueBinding(
        subject,
        Reason.CHANGE_NOT_VERIFIED,
        remark.made_at.astimezone(CHINA).date(),
        "suspend" if suspend else "review",
    )
    rows = remark_rows(repositories.keyring, remark)
    put_before_person(repositories, case, bound, due, remark.made_at, actor=remark.staff, rows=rows)
    review = repositories.reviews.find(case.round_id, subject)
    if review is None:
        raise CannotReopenError("请重试。", "Try again.")
    return review


def _asked_for(subject: str) -> bool:
    return subject == SUBJECT or subject.startswith(f"{SUBJECT}_")
