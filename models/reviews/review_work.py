"""Work on the cases that wait for people: opinions, corrections, and who looked at what."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime, Field

from models.checks.reason import Code
from models.decision.decision import Outcome
from models.record import Record
from models.reviews.review import ReviewCase

_GRAVE: Final = frozenset({Code.X20, Code.X21, Code.X22, Code.Q07, Code.P01, Code.X04})
_WEIGHTY: Final = frozenset(
    {Code.R02, Code.R03, Code.X01, Code.X02, Code.X03, Code.X05, Code.X06, Code.X07, Code.X08}
)


def risk_of(codes: Iterable[str]) -> int:
    """How much harm a wrong decision could do, 0 to 100: by the gravest reason and their number."""
    given = frozenset(codes)
    gravest = 70 if given & _GRAVE else 40 if given & _WEIGHTY else 10
    return min(100, gravest + 5 * len(given))


class DeskKind(StrEnum):
    """Why a case lies before people."""

    DOUBT = "doubt"
    SAMPLE = "sample"  # 抽检: the machine had decided; nobody who reviews it is told
    SECOND_LOOK = "second_look"  # 复查: a person had decided; likewise

    @property
    def after_the_fact(self) -> bool:
        """Whether nothing follows for the applicant from what is said about it."""
        return self is not DeskKind.DOUBT


class DeskState(StrEnum):
    """What came of an opinion."""

    DECIDED = "decided"
    NEEDS_SECOND = "needs_second"
    NEEDS_SENIOR = "needs_senior"


class Words(Record):
    """What a reviewer wrote; it may be personal, so it is kept encrypted and never logged.

    Attributes:
        note: For colleagues and auditors.
        advice: For the applicant: the next step for each code, in place of the catalogue's.
    """

    note: str = ""
    advice: dict[str, str] = Field(default_factory=dict)


class Opinion(Record):
    """What one person decided about one case; with four eyes there are two or three."""

    review_id: str
    ordinal: int
    staff: str
    outcome: Outcome
    codes: tuple[str, ...] = ()
    words: Words = Words()
    given_at: AwareDatetime
    binding: bool


class Verdict(StrEnum):
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


class DeskCase(Record):
    """A case with what people have done about it.

    Attributes:
        risk: 0 to 100, see `risk_of`.
        senior: Only a senior may take it.
        second: A second person has to give an opinion, whatever the reasons are.
        postponed_until: It is not handed out before.
    """

    review: ReviewCase
    kind: DeskKind = DeskKind.DOUBT
    risk: int = 0
    senior: bool = False
    second: bool = False
    postponed_until: AwareDatetime | None = None
    product: str | None = None
    region: str | None = None
    channel: str | None = None
    submitted_at: AwareDatetime | None = None


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
    """What was looked at."""

    CASE = "case"
    PICTURE = "picture"
    FACE = "face"
    FIELD = "field"
    HISTORY = "history"
    EVIDENCE = "evidence"


class View(Record):
    """One look of one member of staff at one application's papers."""

    at: AwareDatetime
    staff: str
    kind: ViewKind
    application_id: str
    round_id: str | None = None
    detail: str = ""
