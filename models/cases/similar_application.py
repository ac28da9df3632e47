"""Other applications that are like one, and in what."""

from enum import StrEnum

from pydantic import AwareDatetime

from models.decision.decision import Outcome
from models.record import Record


class SharedTrait(StrEnum):
    """What two applications have in common, the weightiest first."""

    CERTIFICATE = "certificate"
    PICTURE = "picture"
    FILE = "file"
    MEMBER = "member"
    APPLICANT = "applicant"
    CROSSED = "crossed"
    HOUSEHOLD = "household"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return _WORDS[self][0]

    @property
    def en(self) -> str:
        """In English."""
        return _WORDS[self][1]


_WORDS = {
    SharedTrait.CERTIFICATE: ("同一出生证编号", "same birth certificate number"),
    SharedTrait.PICTURE: ("同一人像照片", "same picture of a face"),
    SharedTrait.FILE: ("同一文件", "same file"),
    SharedTrait.MEMBER: ("同一被绑定人", "same member"),
    SharedTrait.APPLICANT: ("同一申请人", "same applicant"),
    SharedTrait.CROSSED: ("同一人，角色不同", "same person in another role"),
    SharedTrait.HOUSEHOLD: ("同一户号", "same household number"),
}


class SimilarApplication(Record):
    """Another application's last round.

    Attributes:
        review_id: Its case before people; None where it never was before any.
        alike: What it has in common, the weightiest first; never empty.
    """

    application_id: str
    round: int
    received_at: AwareDatetime
    outcome: Outcome | None
    review_id: str | None
    alike: tuple[SharedTrait, ...]
