"""Why a person did something with a case."""

from enum import StrEnum

from pydantic import AwareDatetime

from models.record import Record


class RemarkKind(StrEnum):
    """What the words explain."""

    REOPENED = "reopened"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {"reopened": "重新审核"}[self.value]


class Remark(Record):
    """Why a person did something with a case (办理说明).

    Attributes:
        words: May be personal; kept encrypted and never logged.
    """

    review_id: str
    staff: str
    kind: RemarkKind
    words: str
    made_at: AwareDatetime
