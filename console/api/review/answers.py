"""What is asked and answered about people's work, as the description publishes it."""

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from console.api.answers import FindingAnswer
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.plain_text import is_plain_text
from models.record import Record
from models.reviews.grounds import AskedPerson, GroundKind, VerificationChannel
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview, ClaimState
from models.staff.staff_member import StaffRole
from storage.reviews.queue_queries import QueueOrder


def _plain(text: str) -> str:
    if not is_plain_text(text):
        raise ValueError("no text that a database keeps")
    return text


ShortText = Annotated[str, StringConstraints(max_length=256), AfterValidator(_plain)]
Words = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)]
Advice = Annotated[dict[Reason, ShortText], Field(max_length=20)]


class SignInRequest(Record):
    """Name and password of a member of staff."""

    name: ShortText
    password: ShortText


class SessionAnswer(Record):
    """An open session.

    Attributes:
        token: To be sent as Bearer; it is shown this once.
        expires_at: It ends then, and earlier after 30 idle minutes.
    """

    token: str
    name: str
    role: StaffRole
    expires_at: AwareDatetime


class SignedOutAnswer(Record):
    """A session is over."""

    name: str


class ReviewAnswer(Record):
    """A case as a list shows it; nothing of anybody's papers.

    Attributes:
        codes: Why people have it.
        risk: 0 to 100: how much harm a wrong decision could do.
        senior: Only a senior may take it.
        second: A second person has to give an opinion.
    """

    review_id: str
    application_id: str
    state: ReviewState
    codes: tuple[str, ...]
    risk: int
    due_at: AwareDatetime
    holder: str | None
    lease_until: AwareDatetime | None
    senior: bool
    second: bool
    product: str | None
    region: str | None
    outcome: Outcome | None

    @classmethod
    def of(cls, case: ClaimedReview) -> "ReviewAnswer":
        """The same of a case."""
        review = case.review
        return cls(
            review_id=review.review_id,
            application_id=review.application_id,
            state=review.state,
            codes=review.codes,
            risk=case.risk,
            due_at=review.due_at,
            holder=review.holder,
            lease_until=review.lease_until,
            senior=case.senior,
            second=case.second,
            product=case.product,
            region=case.region,
            outcome=review.outcome,
        )


class ReviewList(Record):
    """A page of the queue.

    Attributes:
        total: How many the filter leaves, counted up to 1000.
    """

    total: int
    reviews: tuple[ReviewAnswer, ...]


class CaseAnswer(Record):
    """A case with what the checks say now, corrections included; personal values are masked.

    Attributes:
        would_be: What the checks would lead to now; null where that is not told.
    """

    review: ReviewAnswer
    round: int
    findings: tuple[FindingAnswer, ...]
    would_be: Outcome | None


class NextRequest(Record):
    """Which case is wanted next; what is left out narrows nothing."""

    order: QueueOrder = QueueOrder.DUE
    code: Reason | None = None


class NextAnswer(Record):
    """The case that was claimed; null where none waits for this person."""

    review: ReviewAnswer | None


class CorrectionRequest(Record):
    """What stands in a field, as a person reads it.

    Attributes:
        paper: The place of the paper in the application, from 0.
        value: As on the paper; empty: nothing stands there.
    """

    paper: int = Field(ge=0, le=200)
    field: str = Field(pattern=r"^[a-z0-9_]{1,48}$")
    value: ShortText = ""


class CorrectionAnswer(Record):
    """A correction stands beside the reading."""

    paper: int
    field: str
    made_at: AwareDatetime


class GroundRequest(Record):
    """Why one failed check does not stand in the way of an approval."""

    code: Reason
    kind: GroundKind
    seen: Words
    register_name: ShortText = ""


class VerificationRequest(Record):
    """How the member's will was asked for, where no face was compared."""

    asked: AskedPerson
    channel: VerificationChannel
    at: AwareDatetime
    shown: Words


class OpinionRequest(Record):
    """An opinion about a case.

    Attributes:
        outcome: `approved`, `returned` or `rejected`.
        advice: The applicant's next step for each reason, in Chinese; the usual one without it.
        advice_en: The same in English.
    """

    outcome: Outcome
    codes: tuple[Reason, ...] = Field(default=(), max_length=40)
    note: Words = ""
    advice: Advice = Field(default_factory=dict)
    advice_en: Advice = Field(default_factory=dict)
    grounds: tuple[GroundRequest, ...] = Field(default=(), max_length=40)
    verification: VerificationRequest | None = None


class OpinionAnswer(Record):
    """What came of an opinion.

    Attributes:
        state: `decided`, or who has to say something next.
        undo_until: Until when it can be taken back; null: until the next person claims the case.
    """

    state: ClaimState
    undo_until: AwareDatetime | None
