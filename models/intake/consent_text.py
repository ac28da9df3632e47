"""The texts that people agree to, by version."""

from pydantic import Field

from models.checks.finding import Message
from models.intake.application import ConsentKind
from models.record import Record


class ConsentText(Record):
    """One version of one text; a changed text is a new version.

    Attributes:
        kind: What is agreed to with it.
        version: As consents and policies name it.
        zh: Its paragraphs in Chinese, which bind.
        en: The same in English.
        digest: SHA-256 of the file that holds it, hexadecimal.
    """

    kind: ConsentKind
    version: str = Field(min_length=1)
    title: Message
    zh: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)
    digest: str
