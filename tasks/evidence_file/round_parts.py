"""Fetching the parts of one round, and writing down what is not there."""

from dataclasses import dataclass, field
from typing import Final, TypeVar

from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.errors import IntegrityError
from models.record import Record
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError

RecordType = TypeVar("RecordType", bound=Record)
MISSING: Final = (ObjectMissingError, IntegrityError)
"""What fetching raises where a part is not there, or is not what was written."""


@dataclass
class RoundParts:
    """Fetches parts of one round; what is not there, or was changed, is written down."""

    repositories: Repositories
    case: ApplicationRound
    missing: list[str] = field(default_factory=list)

    def fetch(
        self, name: str, key: str, kind: type[RecordType], what: RetentionClass
    ) -> RecordType | None:
        """A part; None where it is missing, or deleted with its class of what is kept."""
        try:
            return self.repositories.archive.get_record(key, kind)
        except MISSING:
            if not self.case.deleted(what):
                self.missing.append(name)
            return None
