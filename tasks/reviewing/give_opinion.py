"""Give an opinion about a case: the one way from the console, the terminal and the API."""

import datetime as dt

from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.record import Record
from models.reviews.opinion_rules import (
    DECISIONS,
    is_disagreement,
    state_after_decision,
    weigh_opinion,
)
from models.reviews.review_work import ClaimedReview, ClaimState, Opinion, ReviewNote
from storage.bootstrap import Repositories
from tasks.decision.four_eyes import needs_second_person
from tasks.reviewing.claims import locked_for
from tasks.reviewing.recheck import Recheck
from tasks.reviewing.review_events import record_review_event


class OpinionDraft(Record):
    """What a member of staff says about a case.

    Attributes:
        outcome: Approved, returned or rejected.
        codes: The reasons; those of an approval are not kept.
        words: A note, and advice to the applicant.
    """

    outcome: Outcome
    codes: tuple[str, ...] = ()
    words: ReviewNote = ReviewNote()


def give_opinion(
    repositories: Repositories,
    case: ClaimedReview,
    staff: str,
    draft: OpinionDraft,
    checked: Recheck | None,
) -> ClaimState:
    """Give an opinion; the policy says whether a second person is needed.

    Args:
        repositories: Where everything is kept.
        case: The case, which this person holds.
        staff: Who gives it.
        draft: The opinion.
        checked: What the checks say now; None where they cannot be asked, and then one person is
            not enough.

    Raises:
        NotHolderError: This person does not hold the case.
        ValueError: The outcome is no decision.
    """
    four_eyes = not case.kind.is_second_look and (
        checked is None
        or needs_second_person(
            checked.policy.review,
            case.review.codes,
            checked.dossier.application.product,
            draft.outcome,
            checked.decision,
        )
    )
    return record_opinion(repositories, case.review.review_id, staff, draft, four_eyes=four_eyes)


def record_opinion(
    repositories: Repositories,
    review_id: str,
    staff: str,
    draft: OpinionDraft,
    *,
    four_eyes: bool,
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
        state = weigh_opinion(earlier, draft.outcome, second_required=four_eyes or case.second)
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
        if opinion.binding:
            _decide(repositories, case, opinion)
        else:
            needs_senior = state is ClaimState.NEEDS_SENIOR
            repositories.claims.free(review_id, second=True, senior=needs_senior)
        record_review_event(
            repositories,
            case,
            EventTag.OPINION_GIVEN,
            staff,
            {"outcome": draft.outcome.value, "state": state.value},
            key=f"{review_id}:{opinion.ordinal}",
        )
    return state


def _decide(repositories: Repositories, case: ClaimedReview, opinion: Opinion) -> None:
    repositories.reviews.close(opinion, state_after_decision(case.kind))
    if case.kind.is_second_look:
        decided = repositories.opinions.decision_looked_at(opinion.review_id)
        repositories.claims.mark_disagreement(
            opinion.review_id, open_=is_disagreement(case.kind, decided, opinion.outcome)
        )
