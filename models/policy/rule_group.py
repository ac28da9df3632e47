"""What every group of rules of a policy has: a source and a term."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints, model_validator

from models.record import Record

_NUMBERS: Final = (int, float, int | None, float | None)


class RuleGroup(Record):
    """Rules that share one source and one term.

    Attributes:
        source: Where the rules come from, for an auditor.
        effective_from: First day on which they bind.
        effective_until: Last day; None while they are in force.
        sources: Key of this group to the publications that give its value, as identifiers of
            `sources.csv` or "design", parted by spaces; "*" stands for every other key.
    """

    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
    effective_from: dt.date
    effective_until: dt.date | None = None
    sources: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _no_truth_for_a_number(cls, said: Any) -> Any:  # noqa: ANN401 - a file holds anything
        """`yes` where a number belongs is refused on its line, and not taken for 1."""
        if not isinstance(said, dict):
            return said
        numbers = {n for n, f in cls.model_fields.items() if f.annotation in _NUMBERS}
        return {k: str(v) if isinstance(v, bool) and k in numbers else v for k, v in said.items()}

    def in_force(self, on: dt.date) -> bool:
        """Whether these rules bind on this day."""
        return self.effective_from <= on and (
            self.effective_until is None or on <= self.effective_until
        )


class AgeGroup(StrEnum):
    """The two groups for which different papers are asked."""

    MINOR = "minor"
    ADULT = "adult"
