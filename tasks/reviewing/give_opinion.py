"""Give an opinion about a case: the one way from the console, the terminal and the API."""

import datetime as dt
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.policy.review_rules import DECISIONS
from models.reviews.claim_rules import may_judge
from models.reviews.decision_faults import DecisionFault
from models.reviews.decision_rules import OpinionDraft, decision_faults, needs_second_person
from models.reviews.opinion_rules import (
    ReasonedOutcome,
    is_disagreement,
    weigh_opinion,
)
from models.reviews.review_work import ClaimedReview, ClaimState, Opinion
from models.staff.staff_member import StaffMember
from storage.bootstrap import Repositories
from tasks.reviewing.claims import MayNotJudgeError, held_case, locked_for
from tasks.reviewing.review_events import record_review_event
from tasks.reviewing.standing import standing_of
from tasks.rounds.row_digests import opinion_rows, rows_detail
from tasks.wording.word_findings import next_step

_ASKED: Final = frozenset(
    {EventTag.CASE_REOPENED, EventTag.CASE_OPENED, EventTag.OBJECTION_ENTERED}
)
"""Events by whose actor a case came before people because a person wanted it to."""


class OpinionResult(NamedTuple):
    """What came of an opinion.

    Attributes:
        state: None where it was not taken.
        faults: What is missing in it.
        undo_until: Until when a decision can be taken back; None where it cannot. An opinion that
            decides nothing can be until the next person claims the case.
    """

    state: ClaimState | None
    faults: tuple[DecisionFault, ...] = ()
    undo_until: dt.datetime | None = None


def give_opinion(
    repositories: Repositories,
    review_id: str,
    member: StaffMember,
    draft: OpinionDraft,
    *,
    now: dt.datetime | None = None,
) -> OpinionResult:
    """Give an opinion about a case, by the rules of what is in force now.

    Args:
        repositories: Where everything is kept.
        review_id: The case, which this person holds.
        member: Who gives it; somebody of the register who has proven to be that.
        draft: The opinion.
        now: The present.

    Raises:
        NotHolderError: This person does not hold the case.
        MayNotJudgeError: Their role became another one, or they gave an opinion on it already.
        ReviewMissingError: There is none of this identifier.
    """
    moment = now or dt.datetime.now(dt.UTC)
    case = held_case(repositories, review_id, member.name)
    if not may_judge(case, member.role, repositories.claims.involvement(review_id, member.name)):
        raise MayNotJudgeError
    standing = standing_of(repositories, case)
    advised = [c for c in draft.codes if next_step(finding(Reason(c)), Outcome.RETURNED, None)]
    faults = decision_faults(draft, standing, member.role, advised=advised, now=moment)
    if faults:
        return OpinionResult(None, faults)
    four_eyes = not case.kind.is_second_look and (
        needs_second_person(standing, draft.outcome) or _asked_for_it(repositories, case, member)
    )
    hold = dt.timedelta(minutes=standing.rules.undo_minutes if standing.rules else 0)
    state = record_opinion(
        repositories,
        review_id,
        member.name,
        draft,
        four_eyes=four_eyes,
        settle_after=moment + hold,
        now=moment,
    )
    decided = state is ClaimState.DECIDED
    return OpinionResult(state, undo_until=moment + hold if decided and hold else None)


def record_opinion(
    repositories: Repositories,
    review_id: str,
    staff: str,
    draft: OpinionDraft,
    *,
    four_eyes: bool,
    settle_after: dt.datetime | None = None,
    now: dt.datetime | None = None,
) -> ClaimState:
    """Write an opinion and what comes of it: the decision, or a case for another person.

    The opinion, the case's new state and the audit event are one transaction. An opinion that
    decides nothing binds nobody and is shown to nobody who gives the next one.

    Args:
        repositories: Where everything is kept.
        review_id: The case.
        staff: Who holds it.
        draft: The opinion.
        four_eyes: Whether a second person is needed.
        settle_after: A decision is not put into effect before; None: at once.
        now: The present.

    Raises:
        NotHolderError: This person does not hold the case.
        ValueError: The outcome is no decision.
    """
    if draft.outcome not in DECISIONS:
        raise ValueError("A review cannot end in review.")
    with repositories.unit_of_work():
        case = locked_for(repositories, review_id, staff)
        earlier = repositories.opinions.outcomes_of(review_id)
        said = ReasonedOutcome(draft.outcome, draft.codes)
        state = weigh_opinion(earlier, said, second_required=four_eyes or case.second)
        opinion = Opinion(
            review_id=review_id,
            ordinal=repositories.opinions.next_ordinal(review_id),
            staff=staff,
            outcome=draft.outcome,
            codes=() if draft.outcome is Outcome.APPROVED else draft.codes,
            words=draft.words,
            given_at=now or dt.datetime.now(dt.UTC),
            binding=state is ClaimState.DECIDED,
        )
        repositories.opinions.add(opinion)
        details = _details(draft, state) | rows_detail(opinion_rows(repositories.keyring, opinion))
        if opinion.binding:
            details |= _decide(repositories, case, opinion, settle_after)
        else:
            needs_senior = state is ClaimState.NEEDS_SENIOR
            repositories.claims.free(review_id, second=True, senior=needs_senior)
        record_review_event(
            repositories,
            case,
            EventTag.OPINION_GIVEN,
            staff,
            details,
            key=f"{review_id}:{opinion.ordinal}",
        )
    return state


def _asked_for_it(repositories: Repositories, case: ClaimedReview, member: StaffMember) -> bool:
    """Whether this person had it put before people: reopened it, or entered the objection."""
    return any(
        event.tag in _ASKED
        and event.actor == member.name
        and event.round_id == case.review.round_id
        for event in repositories.audit.events(case.review.application_id)
    )


def _decide(
    repositories: Repositories,
    case: ClaimedReview,
    opinion: Opinion,
    settle_after: dt.datetime | None,
) -> dict[str, Detail]:
    """Close the case; for a second look, with the detail whether it differs from what it is of."""
    repositories.reviews.close(opinion, settle_after=settle_after)
    repositories.drafts.delete_all(opinion.review_id)
    if not case.kind.is_second_look:
        return {}
    decided = repositories.opinions.decision_looked_at(opinion.review_id)
    said = ReasonedOutcome(opinion.outcome, opinion.codes)
    differs = is_disagreement(case.kind, decided, said)
    repositories.claims.mark_disagreement(opinion.review_id, open_=differs)
    return {"differs": differs}


def _details(draft: OpinionDraft, state: ClaimState) -> dict[str, Detail]:
    """What the audit log tells of an opinion: codes, never words."""
    details: dict[str, Detail] = {"outcome": draft.outcome.value, "state": state.value}
    if draft.codes and draft.outcome is not Outcome.APPROVED:
        details["codes"] = sorted(draft.codes)
    if draft.words.grounds:
        details["grounds"] = [f"{one.code}:{one.kind.value}" for one in draft.words.grounds]
    if made := draft.words.verification:
        details["verified"] = [made.asked.value, made.channel.value, made.at.isoformat()]
    return details
