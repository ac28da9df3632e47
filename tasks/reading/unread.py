"""What stands for a file, or for the rest of one, that the machine did not read."""

from enum import StrEnum
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind, DocumentReading


class UnreadReason(StrEnum):
    """Why the machine did not read a file, or the rest of one."""

    TOO_COSTLY = "too_costly"
    SET_ASIDE = "set_aside"

    @property
    def zh(self) -> str:
        """The reason in Chinese."""
        return _UNREAD[self][0]

    @property
    def en(self) -> str:
        """The reason in English."""
        return _UNREAD[self][1]


_UNREAD: Final = {
    UnreadReason.TOO_COSTLY: (
        "识别耗时超过限度，其余内容未自动识别，由人工查看",
        "reading it took longer than allowed; the rest was not read and a person looks at it",
    ),
    UnreadReason.SET_ASIDE: (
        "自动识别多次中断，未能识别，由人工查看",
        "reading it was cut short several times; a person looks at it",
    ),
}


def unread_reading(file: str, digest: str, why: UnreadReason, *, page: int = 1) -> DocumentReading:
    """What stands for a file, or for its pages from one on, that the machine did not read.

    Nobody is blamed for it: with such a paper an application goes to a person.
    """
    doubt = finding(
        Reason.FIELD_UNREADABLE,
        Evidence(document=file),
        verdict=CheckVerdict.CANNOT_TELL,
        zh=f"{file}: {why.zh}",
        en=f"{file}: {why.en}",
    )
    return DocumentReading(
        file=file,
        digest=digest,
        page=page,
        kind=DocumentKind.OTHER,
        kind_confidence=0.0,
        findings=(doubt,),
        unread=True,
    )
