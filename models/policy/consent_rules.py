"""What must have been agreed to, in which version of the text, and for how long that holds."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from models.intake.application import ConsentKind, Relationship
from models.policy.rule_group import RuleGroup
from models.record import Record


class TextVersion(Record):
    """One version of a text that people agree to.

    Attributes:
        kind: Which text.
        version: As consents name it.
        first_day: The first day on which it may be agreed to.
        last_day: The last one; None while it is in force.
    """

    kind: ConsentKind
    version: str = Field(min_length=1)
    first_day: dt.date
    last_day: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether this text may be agreed to on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


class ConsentRules(RuleGroup):
    """What must have been agreed to.

    Attributes:
        notice: The notice must have been agreed to.
        commitment: A commitment is needed, as a consent record or as a signed letter.
        guardian_below_age: A guardian confirms for members younger than this.
        guardian_implied_by: Relationships in which the applicant is the guardian.
        unnamed_guardian: Whether a guardian, or the mother of a newborn, who gave no name counts;
            whether such a person exists only the channel knows.
        spouse_confirmation: The other spouse has to confirm a spouse binding.
        real_name_max_age_days: A real-name verification older than this is stale.
        versions: The versions of each text; a kind without one takes any version.
        max_age_days: A consent given longer before the handing-in no longer counts; None for no
            such term.
    """

    notice: bool
    commitment: bool
    guardian_below_age: int = Field(ge=0, le=18)
    guardian_implied_by: frozenset[Relationship]
    unnamed_guardian: Literal["accepted", "person"] = "accepted"
    spouse_confirmation: bool
    real_name_max_age_days: int = Field(gt=0)
    versions: tuple[TextVersion, ...] = ()
    max_age_days: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _each_version_once(self) -> Self:
        names = [(text.kind, text.version) for text in self.versions]
        if twice := sorted({f"{kind} {v}" for kind, v in names if names.count((kind, v)) > 1}):
            listed = ", ".join(twice)
            msg = (
                f"versions 中 {listed} 写了两次，请合为一段。"
                f" / versions name {listed} twice; make it one term"
            )
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _guardians_are_relatives(self) -> Self:
        if Relationship.OTHER in self.guardian_implied_by:
            msg = (
                "guardian_implied_by 不得含 other：不能绑定的关系不能视为监护人。"
                " / guardian_implied_by must not name other: nobody is a guardian by that"
            )
            raise ValueError(msg)
        return self

    def accepts_version(self, kind: ConsentKind, version: str, on: dt.date) -> bool:
        """Whether a text of this version could be agreed to on a day."""
        listed = [text for text in self.versions if text.kind is kind]
        return not listed or any(t.version == version and t.in_force(on) for t in listed)

    def holds(self, agreed_on: dt.date, submitted_on: dt.date) -> bool:
        """Whether a consent of one day still counts on the day of handing in."""
        return self.max_age_days is None or (submitted_on - agreed_on).days <= self.max_age_days
