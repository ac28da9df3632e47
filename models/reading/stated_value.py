"""Whether a paper shows what the form states: an answer of its own beside what was read."""

from enum import StrEnum

from pydantic import Field

from models.intake.application import PersonRole
from models.record import Record


class StatedAnswer(StrEnum):
    """What the recogniser's own output says of a stated value."""

    BORNE_OUT = "borne_out"
    NEARLY = "nearly"
    """More likely than every look-alike, and nearly as likely as the likeliest text of all; counts
    only of a name beside the person's own number."""
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"


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


class StatedComparisons(Record):
    """Everything that was compared in one round, in the order of the papers."""

    comparisons: tuple[StatedComparison, ...] = ()
    engine: str = ""
