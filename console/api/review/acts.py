"""What a reviewer does with a case: the use cases that the console and the terminal call too."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Header, Request

from console.api.calls import (
    CLAIM,
    CORRECT,
    ESCALATE,
    NEXT,
    OPINE,
    RELEASE,
    SETTLE,
    UNDO,
)
from console.api.guard import ProgramSession
from console.api.problems import FieldFault, ProblemError, fault
from console.api.review.answers import (
    CorrectionAnswer,
    CorrectionRequest,
    NextAnswer,
    NextRequest,
    OpinionAnswer,
    OpinionRequest,
    ReviewAnswer,
)
from console.api.review.cases import ReviewId
from console.repositories import OpenRepositories
from models.record import Record
from models.reviews.claim_rules import NotHolderError
from models.reviews.decision_faults import DecisionFault
from models.reviews.decision_rules import OpinionDraft
from models.reviews.grounds import Ground, ManualVerification
from models.reviews.review_work import ReviewNote
from storage.objects.store import ObjectMissingError
from storage.reviews.queue_queries import QueueFilters
from tasks.reviewing import claims
from tasks.reviewing.corrections.apply_corrections import correction_fault
from tasks.reviewing.corrections.correct_field import correct_field
from tasks.reviewing.give_opinion import give_opinion
from tasks.reviewing.idempotency import IdempotencyKeyReusedError, act_once
from tasks.reviewing.settle_review import settle_own_decision
from tasks.reviewing.undo import undo_opinion

router = APIRouter()
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9._-]{8,64}$",
        description="The same key and content again get the first answer; nothing is done twice.",
    ),
]
AnswerType = TypeVar("AnswerType", bound=Record)


class ReviewCall:
    """What a program asks for: for whom, over what; done once under its idempotency key."""

    def __init__(
        self,
        request: Request,
        repositories: OpenRepositories,
        session: ProgramSession,
        key: IdempotencyKey = None,
    ) -> None:
        """Take the parts of the request that every act needs."""
        self._request = request
        self._key = key
        self.repositories = repositories
        self.staff = session.staff

    def do(
        self,
        answer_type: type[AnswerType],
        act: Callable[[], AnswerType],
        body: Record | None = None,
    ) -> AnswerType:
        """Do it, or give the answer that the same key and content got before.

        Raises:
            ProblemError: The key came with other content before.
        """
        if self._key is None:
            return act()
        request = self._request
        content = f"{request.method} {request.url.path}\n{body.model_dump_json() if body else ''}"
        name = self.staff.name
        try:
            return act_once(self.repositories, name, self._key, content, answer_type, act)
        except IdempotencyKeyReusedError:
            raise ProblemError(422, kind="key-reused") from None

    def case_after(self, review_id: str, act: Callable[[], object]) -> ReviewAnswer:
        """Do what needs no body, and tell how the case stands then."""

        def acted() -> ReviewAnswer:
            act()
            return ReviewAnswer.of(self.repositories.claims.get(review_id))

        return self.do(ReviewAnswer, acted)


Call = Annotated[ReviewCall, Depends()]


@router.post(NEXT.path, response_model=NextAnswer, summary=NEXT.en)
def claim_next(call: Call, asked: NextRequest) -> NextAnswer:
    """Claim the first case that this person may judge."""

    def act() -> NextAnswer:
        filters = QueueFilters(code=asked.code.value if asked.code else "")
        case = claims.claim_next(
            call.repositories, call.staff.name, call.staff.role, order=asked.order, filters=filters
        )
        return NextAnswer(review=ReviewAnswer.of(case) if case else None)

    return call.do(NextAnswer, act, asked)


@router.post(CLAIM.path, response_model=ReviewAnswer, summary=CLAIM.en)
def claim(call: Call, review_id: ReviewId) -> ReviewAnswer:
    """Claim a case, or keep it for another ten minutes."""

    def act() -> ReviewAnswer:
        case = claims.claim(call.repositories, review_id, call.staff.name, call.staff.role)
        if case is None:
            raise NotHolderError(call.repositories.claims.get(review_id))
        return ReviewAnswer.of(case)

    return call.do(ReviewAnswer, act)


@router.post(RELEASE.path, response_model=ReviewAnswer, summary=RELEASE.en)
def release(call: Call, review_id: ReviewId) -> ReviewAnswer:
    """Give a case back for anybody."""
    act = partial(claims.release, call.repositories, review_id, call.staff.name)
    return call.case_after(review_id, act)


@router.post(ESCALATE.path, response_model=ReviewAnswer, summary=ESCALATE.en)
def escalate(call: Call, review_id: ReviewId) -> ReviewAnswer:
    """Hand a case to a senior."""
    act = partial(claims.escalate, call.repositories, review_id, call.staff.name)
    return call.case_after(review_id, act)


@router.post(
    CORRECT.path, status_code=CORRECT.status, response_model=CorrectionAnswer, summary=CORRECT.en
)
def correct(
    call: Call,
    review_id: ReviewId,
    asked: CorrectionRequest,
) -> CorrectionAnswer:
    """Keep what a person reads beside what the machine read."""

    def act() -> CorrectionAnswer:
        try:
            made = correct_field(
                call.repositories, review_id, asked.paper, asked.field, asked.value, call.staff.name
            )
        except ObjectMissingError:
            raise ProblemError(404, kind="no-field") from None
        except ValueError:
            zh, en = correction_fault(asked.field, asked.value)
            raise ProblemError(422, [fault("value", zh, en)]) from None
        return CorrectionAnswer(paper=made.paper, field=made.field, made_at=made.made_at)

    return call.do(CorrectionAnswer, act, asked)


@router.post(OPINE.path, response_model=OpinionAnswer, summary=OPINE.en)
def opine(
    call: Call,
    review_id: ReviewId,
    asked: OpinionRequest,
) -> OpinionAnswer:
    """Give an opinion; it becomes the decision, or waits for a second person's."""

    def act() -> OpinionAnswer:
        result = give_opinion(call.repositories, review_id, call.staff, _draft(asked))
        if result.state is None:
            raise ProblemError(422, [_told(one) for one in result.faults])
        return OpinionAnswer(state=result.state, undo_until=result.undo_until)

    return call.do(OpinionAnswer, act, asked)


@router.post(UNDO.path, response_model=ReviewAnswer, summary=UNDO.en)
def undo(call: Call, review_id: ReviewId) -> ReviewAnswer:
    """Take one's last opinion back; the case is one's own again."""
    act = partial(
        undo_opinion, call.repositories, review_id, call.staff, now=dt.datetime.now(dt.UTC)
    )
    return call.case_after(review_id, act)


@router.post(SETTLE.path, response_model=ReviewAnswer, summary=SETTLE.en)
def settle(
    repositories: OpenRepositories,
    session: ProgramSession,
    review_id: ReviewId,
) -> ReviewAnswer:
    """Put one's own decision into effect now; asked again it changes nothing."""
    settle_own_decision(repositories, review_id, session.staff)
    return ReviewAnswer.of(repositories.claims.get(review_id))


def _draft(asked: OpinionRequest) -> OpinionDraft:
    made = asked.verification
    words = ReviewNote(
        note=" ".join(asked.note.split()),
        advice={code.value: words for code, words in asked.advice.items()},
        advice_en={code.value: words for code, words in asked.advice_en.items()},
        grounds=tuple(Ground(**one.model_dump()) for one in asked.grounds),
        verification=ManualVerification(**made.model_dump()) if made else None,
    )
    codes = tuple(dict.fromkeys(code.value for code in asked.codes))
    return OpinionDraft(outcome=asked.outcome, codes=codes, words=words)


def _told(one: DecisionFault) -> FieldFault:
    return fault(one.kind.value, one.zh, one.en)
