"""Whether a paper shows what the form, or another page's seal, says: beside what was read."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pydantic import Field

from models.intake.application import PersonRole
from models.reading.document import DocumentReading
from models.record import Record


class StatedAnswer(StrEnum):
    """What the recogniser's own output says of a stated value."""

    BORNE_OUT = "borne_out"
    NEARLY = "nearly"
    """More likely than every look-alike, and nearly as likely as the likeliest text of all; counts
    only of a name beside the person's own number."""
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"

    @property
    def zh(self) -> str:
        """The answer in Chinese."""
        return _WORDS[self][0]

    @property
    def en(self) -> str:
        """The answer in English."""
        return _WORDS[self][1]


_WORDS: Final = MappingProxyType(
    {
        StatedAnswer.BORNE_OUT: ("图像与填报一致", "the picture bears the form out"),
        StatedAnswer.NEARLY: ("图像与填报相近", "the picture nearly bears the form out"),
        StatedAnswer.CONTRADICTED: ("图像与填报不一致", "the picture contradicts the form"),
        StatedAnswer.CANNOT_TELL: (
            "图像无法判断填报是否一致",
            "the picture cannot tell of the form",
        ),
    }
)


class StatedComparison(Record):
    """One value of the form, held against the place on a paper where it should stand.

    It names the value by whose it is, never by itself; the reading of the field stays as it was.

    Attributes:
        digest: SHA-256 of the uploaded file, hexadecimal.
        page: Page of the file, from 1.
        part: Which paper on that page, from 1.
        field: The paper's field.
        person: Whose stated value it is.
        read: Whether the reading gave any value there.
        answer: What came out.
        margin: By how many nats the stated value is likelier than its best rival; negative where
            the rival is.
        deficit: By how many nats it is less likely than the likeliest of all texts.
    """

    digest: str
    page: int = 1
    part: int = 1
    field: str
    person: PersonRole
    read: bool
    answer: StatedAnswer
    margin: float
    deficit: float = Field(ge=0)


class PaperKey(Record):
    """What tells one paper in the uploads of a round from the others.

    Attributes:
        digest: SHA-256 of the uploaded file, hexadecimal.
        page: Page of the file, from 1.
        part: Which paper on that page, from 1.
    """

    digest: str
    page: int = 1
    part: int = 1

    @classmethod
    def of(cls, paper: DocumentReading) -> "PaperKey":
        """Where a paper was read."""
        return cls(digest=paper.digest, page=paper.page, part=paper.part)


class SealComparison(Record):
    """The station that one page's seal surely names, held against the seal of another page.

    Both readings stay as they were.

    Attributes:
        paper: The page whose seal was looked at.
        source: The page whose station it was asked for.
        station: That station, as it was named when the seal was asked; a person may correct it.
        answer: Borne out, or cannot tell: that the seals differ it never says.
        margin: By how many nats the station is likelier than its best rival; negative where the
            rival is.
        deficit: By how many nats it is less likely than the likeliest of all texts.
    """

    paper: PaperKey
    source: PaperKey
    station: str
    answer: StatedAnswer
    margin: float
    deficit: float = Field(ge=0)


def comparisons_of(
    comparisons: Iterable[StatedComparison], paper: DocumentReading, field: str
) -> tuple[StatedComparison, ...]:
    """Those of one field of one paper."""
    place = (paper.digest, paper.page, paper.part, field)
    return tuple(c for c in comparisons if (c.digest, c.page, c.part, c.field) == place)


class StatedComparisons(Record):
    """Everything that was compared in one round, in the order of the papers."""

    comparisons: tuple[StatedComparison, ...] = ()
    seals: tuple[SealComparison, ...] = ()
    engine: str = ""
