"""The measures of a policy: how sure, how near, how far apart and how long.

The groups of numbers that a policy file holds beside its conditions (see `models.policy.policy`).
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from models.kinship.claim import Ambiguity
from models.policy.rule_group import RuleGroup
from models.reading.document import DocumentKind, FieldReading
from models.reading.written_date import LONG_TERM
from models.record import Record


class Confidence(Record):
    """Below these a field decides nothing (0 to 1).

    What decides is likelier right than wrong, whatever a file says: from a half on.

    Attributes:
        name_beside_number: Below this a reading is a guess that no witness can confirm, however
            exactly it is what the form states (see `tasks.identity.witnesses`).
    """

    name: float = Field(ge=0.5, le=1)
    name_beside_number: float = Field(ge=0, le=1)
    number: float = Field(ge=0.5, le=1)
    date: float = Field(ge=0.5, le=1)
    relation_word: float = Field(ge=0.5, le=1)
    other: float = Field(ge=0.5, le=1)
    kind: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _beside_is_no_stricter(self) -> Self:
        if self.name_beside_number > self.name:
            msg = (
                "name_beside_number 不得高于 name：号码相符时姓名更可信。"
                " / name_beside_number must not be above name: beside its number a name is surer"
            )
            raise ValueError(msg)
        return self


def _as_counted(field: str, value: str) -> str:
    """What of a value the decision needs: of a moment its day, and no difference of case."""
    return value[:10] if field.endswith("_time") else value.upper()


class ReadingRules(RuleGroup):
    """How sure a reading must be.

    Attributes:
        confidence: The least confidence, by sort of field.
        min_glyph_height_px: Below this median height of a line the picture is too small.
        needed: The fields without which a paper decides nothing.
    """

    confidence: Confidence
    min_glyph_height_px: float = Field(ge=0)
    needed: dict[DocumentKind, tuple[str, ...]]

    def least(self, field: str) -> float:
        """The confidence below which this field decides nothing."""
        if field == "relation_to_householder":
            return self.confidence.relation_word
        if field.endswith("name"):
            return self.confidence.name
        if field.endswith("number"):
            return self.confidence.number
        if field.endswith(("_date", "_time")) or field.startswith("valid_"):
            return self.confidence.date
        return self.confidence.other

    def trusts(self, field: str, reading: FieldReading | None) -> bool:
        """Whether a value was read surely enough to decide something, by both readers if two."""
        if reading is None or reading.value is None or reading.confidence < self.least(field):
            return False
        return reading.second is None or _as_counted(field, reading.second) == _as_counted(
            field, reading.value
        )

    def trusts_long_term(self, reading: FieldReading | None) -> bool:
        """Whether a card's end was surely read as long term (长期), which has no date."""
        return (
            reading is not None
            and reading.long_term
            and reading.confidence >= self.least("valid_until")
            and reading.second in {None, LONG_TERM}
        )


class KinshipRules(RuleGroup):
    """What a hukou book proves by itself.

    Attributes:
        child_in_book: Whether 子, 女, 父 or 母 of the householder is proof of parent and child;
            a step-child may be printed so (K6). "person": only a certificate is.
        couple_in_book: Whether two parents in one book are proof of a marriage; the divorced may
            go on sharing one (K8). Their pages' marital status counts in either case.
    """

    child_in_book: Literal["proves", "person"]
    couple_in_book: Literal["proves", "person"]

    @property
    def set_aside(self) -> frozenset[Ambiguity]:
        """The doubts that do not stand in the way of a proof by the book."""
        keys = ((Ambiguity.K6, self.child_in_book), (Ambiguity.K8, self.couple_in_book))
        return frozenset(doubt for doubt, answer in keys if answer == "proves")


class Plausibility(RuleGroup):
    """Gaps between birth dates outside which a person looks (years unless named otherwise).

    Attributes:
        householder_page_newer: Whether a person looks where a member's page was printed before
            the householder's (K10): never; for words that look up or sideways from the
            householder (父亲, 弟弟), which an earlier householder, mostly the spouse, turns into
            in-laws; or for every word. Pages are also printed again for other reasons.
    """

    parent_min_years: int = Field(ge=0)
    mother_max_years: int = Field(gt=0)
    father_max_years: int = Field(gt=0)
    grandparent_min_years: int = Field(ge=0)
    sibling_max_years: int = Field(gt=0)
    sibling_min_months: int = Field(ge=0)
    marriage_min_age_man: int = Field(gt=0)
    marriage_min_age_woman: int = Field(gt=0)
    lunar_min_days: int = Field(gt=0)
    lunar_max_days: int = Field(gt=0)
    householder_page_newer: Literal["ignored", "upward", "person"]

    @model_validator(mode="after")
    def _least_below_most(self) -> Self:
        most = min(self.mother_max_years, self.father_max_years)
        if self.parent_min_years >= most or self.lunar_min_days > self.lunar_max_days:
            msg = (
                "下限不得高于上限：parent_min_years、lunar_min_days。"
                " / a least is above its most: parent_min_years, lunar_min_days"
            )
            raise ValueError(msg)
        return self


class CardTerm(Record):
    """How long a card lasts for holders below an age; None: long term, or no upper age."""

    below_age: int | None
    years: int | None


class ValidityRules(RuleGroup):
    """The terms of papers.

    Attributes:
        terms: ID-card terms by the holder's age on the first day, youngest first.
        slack_days: How far a card may be issued from the birthday that changes its term.
        first_year: No card of this generation starts earlier.
        incapacity_days: How long an incapacity certificate counts.
        insurance_days: How long an insurance certificate counts from its issue; None for no such
            term.
    """

    terms: tuple[CardTerm, ...] = Field(min_length=1)
    slack_days: int = Field(ge=0)
    first_year: int
    incapacity_days: int = Field(gt=0)
    insurance_days: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _youngest_first(self) -> Self:
        ages = [term.below_age for term in self.terms]
        known = [age for age in ages[:-1] if age is not None]
        if ages[-1] is not None or known != sorted(set(known)) or len(known) < len(ages) - 1:
            msg = (
                "terms 须按 below_age 由小到大排列，最后一段的 below_age 为 null。"
                " / terms must rise by below_age, and the last one must be null"
            )
            raise ValueError(msg)
        return self


class BirthCertificateRules(RuleGroup):
    """Cues on a birth certificate; each only ever asks a person to look.

    Attributes:
        first_letter_year: The year of printing that letter A stands for.
        last_known_year: For later years of issue the letters are not known.
        max_years_in_stock: How long after printing a form may be issued.
    """

    first_letter_year: int
    last_known_year: int
    max_years_in_stock: int = Field(ge=0)


class RoundRules(RuleGroup):
    """How often and how long an applicant may answer a return (补件).

    Attributes:
        max_rounds: Handings-in of one application, the first one included.
        after_last: Who has the word where the last one would be returned again.
        answer_working_days: Days for an answer; then reason S02 applies, as `codes` says.
    """

    max_rounds: int = Field(ge=1)
    after_last: Literal["person", "rejected"]
    answer_working_days: int = Field(gt=0)


class UnbindRules(RuleGroup):
    """When a binding may be undone, and from when it is.

    Attributes:
        effective: From when the end counts.
        min_days: A binding lasts this long at least, from its first day.
        consent: Whose agreement is asked.
    """

    effective: Literal["at_once", "next_day", "next_month"]
    min_days: int = Field(ge=0)
    consent: Literal["applicant", "member", "either", "both"]


Again = Literal["keep", "review", "suspend"]
"""What becomes of a binding: nothing, a person looks, or it rests until a person has looked."""


class ReverifyRules(RuleGroup):
    """What is looked at again while a binding is in force.

    Attributes:
        turned_adult: A member who was bound as a minor, whose own will nobody asked for.
        card_ended: The member's ID card.
        incapacity_ended: The member's incapacity certificate.
        consent_withdrawn: A consent on which the binding stands was taken back.
    """

    turned_adult: Again
    card_ended: Again
    incapacity_ended: Again
    consent_withdrawn: Again = "suspend"


class RetentionRules(RuleGroup):
    """How many days after an application's end each class of what is kept is deleted.

    Attributes:
        records_days: Only once no binding stands on it any more.
    """

    pictures_days: int = Field(ge=0)
    readings_days: int = Field(ge=0)
    records_days: int = Field(ge=0)

    @model_validator(mode="after")
    def _strictest_first(self) -> Self:
        if not self.pictures_days <= self.readings_days <= self.records_days:
            msg = (
                "pictures_days、readings_days、records_days 须依次不减。"
                " / pictures_days, readings_days and records_days must not shrink in this order"
            )
            raise ValueError(msg)
        return self
