"""Work on review cases: opinions, corrections, and who viewed what."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime, Field

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.record import Record
from models.reviews.grounds import Ground, ManualVerification
from models.reviews.review import APPLICATION, SECOND_LOOK, ReviewCase, ReviewState

_GRAVE: Final = frozenset(
    {
        Reason.DOCUMENT_USED_ELSEWHERE,
        Reason.ID_NUMBER_USED_BY_ANOTHER,
        Reason.FACE_USED_BY_ANOTHER,
        Reason.POSSIBLY_EDITED,
        Reason.FACE_NOT_MATCHED,
        Reason.CARD_SIDES_MAY_DIFFER,
    }
)
_WEIGHTY: Final = frozenset(
    {
        Reason.RELATIONSHIP_CONTRADICTED,
        Reason.RELATIONSHIP_NOT_DETERMINED,
        Reason.NAMES_DIFFER,
        Reason.BIRTH_DATES_DIFFER,
        Reason.SEX_OR_NUMBER_CONFLICT,
        Reason.HOUSEHOLDS_DIFFER,
        Reason.CERTIFICATE_NAMES_OTHER_PARENTS,
        Reason.CERTIFICATE_CONTRADICTS_ITSELF,
        Reason.CHANGE_NOT_VERIFIED,
    }
)


def risk_of(codes: Iterable[str]) -> int:
    """How much harm a wrong decision could do, 0 to 100: by the gravest reason and their number."""
    given = frozenset(codes)
    gravest = 70 if given & _GRAVE else 40 if given & _WEIGHTY else 10
    return min(100, gravest + 5 * len(given))


class ReviewKind(StrEnum):
    """Why a case is in the queue."""

    DOUBT = "doubt"  # 待审: the machine did not decide
    SAMPLE = "sample"  # 抽检: the machine had decided; nobody who reviews it is told
    SECOND_LOOK = "second_look"  # 复查: a person had decided; likewise

    @property
    def is_second_look(self) -> bool:
        """Whether a person's decision is what it is about."""
        return self is ReviewKind.SECOND_LOOK

    @property
    def after_the_fact(self) -> bool:
        """Whether nothing follows for the applicant from what is said about it."""
        return self is not ReviewKind.DOUBT


class ClaimState(StrEnum):
    """What came of an opinion."""

    DECIDED = "decided"
    NEEDS_SECOND = "needs_second"
    NEEDS_SENIOR = "needs_senior"


class ReviewNote(Record):
    """What a reviewer wrote; it may be personal, so it is kept encrypted and never logged.

    Attributes:
        note: For colleagues and auditors.
        advice: For the applicant: the next step for each code, in place of the catalogue's.
        advice_en: The same in English; where it is empty, the Chinese words stand there too.
        grounds: Why failed checks do not stand in the way of an approval.
        verification: How the member's own will was asked for, where no face was compared.
    """

    note: str = ""
    advice: dict[str, str] = Field(default_factory=dict)
    advice_en: dict[str, str] = Field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    verification: ManualVerification | None = None


class Opinion(Record):
    """What one person decided about one case; with four eyes there are two or three."""

    review_id: str
    ordinal: int
    staff: str
    outcome: Outcome
    codes: tuple[str, ...] = ()
    words: ReviewNote = ReviewNote()
    given_at: AwareDatetime
    binding: bool


class DisagreementVerdict(StrEnum):
    """What a senior makes of two people who decided one case differently."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {"first": "原决定正确", "second": "复查意见正确", "both": "均可成立"}[self.value]

    @property
    def en(self) -> str:
        """In English."""
        said = {"first": "the decision was right", "second": "the second look was right"}
        return said.get(self.value, "both can be defended")


class SecondLook(Record):
    """A decision of a person, and what another one said about the case afterwards, blind.

    Attributes:
        review_id: The case of the second look.
        first_review_id: The case that was decided.
        open: They differ, and no senior has said anything about it yet.
        agreed: Both said the same, for at least one reason that both gave.
    """

    review_id: str
    first_review_id: str
    application_id: str
    first_staff: str
    first_outcome: Outcome
    first_codes: tuple[str, ...]
    first_at: AwareDatetime
    second_staff: str
    second_outcome: Outcome
    second_codes: tuple[str, ...]
    second_at: AwareDatetime
    open: bool
    agreed: bool


class ClaimedReview(Record):
    """A case with what people have done about it.

    Attributes:
        risk: 0 to 100, see `risk_of`.
        senior: Only a senior may take it.
        second: A second person has to give an opinion, whatever the reasons are.
        postponed_until: It is not handed out before.
        assigned_to: Only this person gets it handed out; a senior may take it all the same.
    """

    review: ReviewCase
    kind: ReviewKind = ReviewKind.DOUBT
    risk: int = 0
    senior: bool = False
    second: bool = False
    postponed_until: AwareDatetime | None = None
    assigned_to: str | None = None
    product: str | None = None
    region: str | None = None
    channel: str | None = None
    submitted_at: AwareDatetime | None = None

    def is_held_by(self, staff: str) -> bool:
        """Whether somebody has claimed it; an expired lease counts until somebody else claims."""
        return self.review.state is ReviewState.CLAIMED and self.review.holder == staff

    @property
    def is_about_binding(self) -> bool:
        """Whether a binding in force is what is decided about, and not an application."""
        return self.review.subject not in {APPLICATION, SECOND_LOOK}


class Correction(Record):
    """A field as a person read it, beside what the machine read.

    Attributes:
        paper: Place of the paper in the readings, from 0.
        value: Normalised; None: the person says that nothing stands there.
    """

    round_id: str
    paper: int
    field: str
    value: str | None
    staff: str
    made_at: AwareDatetime


class ViewKind(StrEnum):
    """What was viewed."""

    CASE = "case"
    PICTURE = "picture"
    FACE = "face"
    FIELD = "field"
    HISTORY = "history"
    EVIDENCE = "evidence"


class PaperView(Record):
    """One view of one application's documents by one member of staff."""

    at: AwareDatetime
    staff: str
    kind: ViewKind
    application_id: str
    round_id: str | None = None
    detail: str = ""
