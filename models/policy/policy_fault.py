"""What is wrong with a policy file: where, how gravely, and how to mend it, in both languages."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from models.errors import SettingError
from models.record import Record

BETWEEN: Final = " | "
"""Stands between the faults of one error."""


class FaultLevel(StrEnum):
    """How grave a fault is."""

    WRONG = "wrong"
    """The file says something that cannot hold, or leaves a day without a rule."""
    WEAK = "weak"
    """It can be used, and an auditor would ask: no source, or a key without effect."""
    NOTE = "note"
    """To be known; nothing has to be mended."""

    @property
    def mark(self) -> str:
        """A sign for a line of text."""
        return {"wrong": "✗", "weak": "!", "note": "·"}[self.value]


class PolicyFault(Record):
    """One thing that is wrong with a file.

    Attributes:
        file: Its name.
        line: From 1; 0 where it is about the file as a whole.
        key: The dotted key; empty where it is about none.
        zh: What is wrong and how to mend it.
        en: The same in English.
    """

    file: str
    line: int
    key: str = ""
    level: FaultLevel = FaultLevel.WRONG
    zh: str
    en: str

    @property
    def text(self) -> str:
        """One line, in both languages."""
        key = f"{self.key}: " if self.key else ""
        return f"{self.file}:{self.line}: {key}{self.zh} {self.en}"


class PolicyFileError(SettingError):
    """Policy files that cannot be used.

    Attributes:
        faults: Everything that is wrong.
    """

    def __init__(self, faults: Sequence[PolicyFault]) -> None:
        """Say all of it in one text."""
        super().__init__(BETWEEN.join(fault.text for fault in faults))
        self.faults = tuple(faults)
