"""Settle a review: put what a person decided into effect."""

import datetime as dt

from models.audit.event import Detail, EventTag
from models.bindings.binding_limits import BindingRefusedError
from models.cases.case_round import ApplicationRound
from models.checks.finding import Finding, Message, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.decision.proof_class import ProofClass
from models.errors import IntegrityError
from models.intake.application import Application
from models.reviews.act_refused import ActRefusedError
from models.reviews.decision_rules import newly_in_force
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffMember
from storage.bootstrap import Repositories
from tasks.bindings.binding_reviews import settle_binding_review
from tasks.reports.employer_results import publish_result
from tasks.reviewing.standing import standing_of
from tasks.rounds.outcome_message import document_kinds, with_term_and_message
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event, round_event
from tasks.rounds.round_results import (
    DECISION,
    DECISION_NAME,
    decision_key,
    load_decision,
)
from tasks.rounds.row_digests import review_rows, rows_detail
from tasks.rounds.terms import end_of, review_term
from tasks.verification.apply_outcome import apply_outcome
from tasks.wording.word_findings import next_step, word_findings


class NotYoursToSettleError(ActRefusedError):
    """Nothing is decided, or somebody else decided it."""

    def __init__(self) -> None:
        """Say what happens by itself."""
        super().__init__(
            ("不能立即生效", "It cannot be put into effect now"),
            (
                "案件尚无决定，或决定由他人作出；决定在可撤回时间过后自动生效。",
                "It is not decided, or somebody else decided it; a decision takes effect by itself "
                "when it can be taken back no longer.",
            ),
        )


def due_reviews(repositories: Repositories, now: dt.datetime) -> tuple[ReviewCase, ...]:
    """The decisions that wait to be put into effect and can be taken back no longer."""
    return repositories.reviews.decided(now)


def settle_review(repositories: Repositories, review_id: str) -> None:
    """Write the outcome, and the binding where there is one; settling twice changes nothing.

    Everything that follows from a decision is one transaction: outcome, binding, notice, events.
    Objects are put before it is committed, once; where it is rolled back, the next try finds
    them. An approval that bindings in force forbid meanwhile, or against which something has come
    to stand that one person may not overrule, goes back to the queue with the reason. From a
    sample and a second look nothing follows; they wait as long as any other decision, so that
    nobody learns what a case was while the opinion on it can still be taken back.
    """
    review = repositories.reviews.get(review_id)
    if review.state is not ReviewState.DECIDED:
        return
    if repositories.claims.get(review_id).kind.after_the_fact:
        repositories.reviews.settle(review_id)
        return
    case = repositories.cases.get(review.round_id)
    if review.subject != APPLICATION:
        with repositories.unit_of_work():
            if _stands(repositories, review):
                settle_binding_review(repositories, case, review)
        return
    if new := _against_it(repositories, review):
        _reopen(repositories, case, review, new)
        return
    try:
        _put_into_effect(RoundContext(repositories, case), review)
    except BindingRefusedError as refused:
        _reopen(repositories, case, review, frozenset({refused.code.value}))
        return
    if case.employer_ref:
        publish_result(repositories, case.employer_ref)


def settle_own_decision(repositories: Repositories, review_id: str, member: StaffMember) -> None:
    """Put a decision into effect at once, for who gave it, who then takes nothing back any more.

    Raises:
        NotYoursToSettleError: Nothing is decided, or somebody else decided it.
        ReviewMissingError: There is no case of this identifier.
    """
    review = repositories.claims.get(review_id).review
    if review.outcome is None or review.holder != member.name:
        raise NotYoursToSettleError
    settle_review(repositories, review_id)


def settled_name(review: ReviewCase) -> str:
    """Under which the decision of a review is kept."""
    return "review" if review.turn == 1 else f"review-{review.turn}"


def _stands(repositories: Repositories, review: ReviewCase) -> bool:
    """Whether a decision is still the one that was read, which stays so until the unit ends.

    False where it was taken back, given anew or settled by somebody else a moment ago.
    """
    now = repositories.claims.lock(review.review_id).review
    same = (now.turn, now.outcome, now.decided_at) == (
        review.turn,
        review.outcome,
        review.decided_at,
    )
    return same and now.state is ReviewState.DECIDED


def _put_into_effect(context: RoundContext, review: ReviewCase) -> None:
    repositories, case = context.repositories, context.round
    decision = with_term_and_message(context, _decision(context, review))
    head = repositories.audit.head(case.application_id)
    key = review.review_id if review.turn == 1 else f"{review.review_id}:{review.turn}"
    details: dict[str, Detail] = {
        "review_id": review.review_id,
        "outcome": decision.outcome.value,
        "codes": list(review.decided_codes),
    }
    decided = round_event(case, EventTag.CASE_DECIDED, details, key=key, actor=decision.decided_by)
    name = settled_name(review)
    with repositories.unit_of_work():
        if not _stands(repositories, review):
            return
        # Before the head of the log is locked: all who append would wait for the object store.
        _, digest = repositories.archive.find_or_keep(
            decision_key(case.round_id, name), Decision, lambda: decision
        )
        repositories.reviews.settle(review.review_id)
        settled: dict[str, Detail] = {
            "review_id": review.review_id,
            DECISION: digest,
            DECISION_NAME: name,
        }
        apply_outcome(
            context,
            decision,
            decided,
            last=(round_event(case, EventTag.CASE_SETTLED, settled, key=key),),
            audit_head=head,
            reopened=case.outcome is not Outcome.IN_REVIEW,
        )


def _against_it(repositories: Repositories, review: ReviewCase) -> frozenset[str]:
    """Reasons that came to stand after one person approved, and that need a second one."""
    if review.outcome is not Outcome.APPROVED:
        return frozenset()
    opinions = repositories.opinions.of(review.review_id)
    if len(opinions) > 1:
        return frozenset()
    standing = standing_of(repositories, repositories.claims.get(review.review_id))
    known = {*review.codes, *(g.code for said in opinions for g in said.words.grounds)}
    return newly_in_force(standing, known)


def _reopen(
    repositories: Repositories, case: ApplicationRound, review: ReviewCase, new: frozenset[str]
) -> None:
    """A person approved what became impossible or doubtful meanwhile, and has to see why."""
    now = dt.datetime.now(dt.UTC)
    due = review_term(RoundContext(repositories, case))
    details: dict[str, Detail] = {
        "review_id": review.review_id,
        "code": " ".join(sorted(new)),
        "due": due.day.isoformat(),
    }
    key = f"{review.review_id}:{review.turn}"
    with repositories.unit_of_work():
        if not _stands(repositories, review):
            return
        repositories.reviews.reopen(
            review.review_id,
            codes=sorted({*review.codes, *new}),
            opened_at=now,
            due_at=end_of(due.day),
            due_provisional=due.provisional,
        )
        details |= rows_detail(review_rows(repositories, review.review_id))
        record_event(repositories, case, EventTag.CASE_REOPENED, details, key=key)


def _decision(context: RoundContext, review: ReviewCase) -> Decision:
    repositories = context.repositories
    machine = load_decision(repositories, review.round_id)
    if machine is None or review.outcome is None or review.decided_at is None:
        raise IntegrityError(
            "已审案件缺少其决定，请运行 kinbind audit verify。"
            " a decided review lacks its decision; run: kinbind audit verify"
        )
    findings = _findings_of(review, machine.findings)
    application = context.arrival.application
    words = repositories.opinions.words_of(review.review_id)
    steps = (
        (found.code, _own_step(found, words, review.outcome, application)) for found in findings
    )
    findings = word_findings(
        findings,
        review.outcome,
        application,
        kinds=document_kinds(context),
        decisive={Reason(code) for code in review.decided_codes},
        steps={code: step for code, step in steps if step},
    )
    return machine.model_copy(
        update={
            "outcome": review.outcome,
            "decided_at": review.decided_at,
            "decided_by": review.holder or "reviewer",
            "answer_by": None,
            "proof_class": ProofClass.PERSON if review.outcome is Outcome.APPROVED else None,
            "findings": findings,
        }
    )


def _findings_of(review: ReviewCase, machine: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The reasons of a person, each with what the machine had seen of it.

    An approval keeps what the machine had found: an auditor sees what was overruled.
    """
    if review.outcome is Outcome.APPROVED:
        return machine
    seen = {found.code: found for found in reversed(machine)}
    return tuple(as_given(Reason(code), seen.get(Reason(code))) for code in review.decided_codes)


def as_given(code: Reason, seen: Finding | None) -> Finding:
    """A reason as a person gave it: certain, whatever the machine had made of it."""
    given = finding(code)
    if seen is None:
        return given
    return given.model_copy(update={"subject": seen.subject, "evidence": seen.evidence})


def _own_step(
    found: Finding, words: ReviewNote, outcome: Outcome, application: Application | None
) -> Message | None:
    """The reviewer's words for the next step; None where they are the usual ones.

    An approval leaves no step, whatever stood in the fields of its form.
    """
    zh, en = words.advice.get(found.code, ""), words.advice_en.get(found.code, "")
    usual = next_step(found, outcome, application)
    is_usual = usual is not None and zh == usual.zh and not en
    if outcome is Outcome.APPROVED or not (zh or en) or is_usual:
        return None
    zh = zh or (usual.zh if usual else "")
    return Message(zh=zh, en=en or f"The reviewer wrote: {zh}")
