"""What a place demands, from when, with its source: the shape of a policy file.

A policy is data. It names conditions (ages, papers, limits, thresholds, what a reason leads to);
how a condition is judged is code and stands elsewhere.
"""

import datetime as dt
from enum import StrEnum
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from models.application import (
    BindingMethod,
    Channel,
    IdentityRoute,
    Product,
    Relationship,
)
from models.document import DocumentKind, FieldReading
from models.face import FaceThresholds
from models.reason import Code
from models.record import Record
from models.written_date import LONG_TERM

NATIONAL: Final = "00"
"""The region of the policy that every province starts from."""

MACHINE_MAY_REJECT: Final = frozenset(
    {Code.R01, Code.A05, Code.A08, Code.B01, Code.B02, Code.B03, Code.B04, Code.B06}
)
"""No policy file can let the machine reject for anything else."""


class RuleGroup(Record):
    """Rules that share one source and one term.

    Attributes:
        source: Where the rules come from, for an auditor.
        effective_from: First day on which they bind.
        effective_until: Last day; None while they are in force.
    """

    source: str = Field(min_length=3)
    effective_from: dt.date
    effective_until: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether these rules bind on this day."""
        return self.effective_from <= on and (
            self.effective_until is None or on <= self.effective_until
        )


class AgeGroup(StrEnum):
    """The two groups for which different papers are asked."""

    MINOR = "minor"
    ADULT = "adult"


class RequiredPaper(StrEnum):
    """A paper that an evidence set can ask for: a kind, and whose."""

    MEMBER_ID_CARD_PORTRAIT = "member_id_card_portrait"
    MEMBER_ID_CARD_EMBLEM = "member_id_card_emblem"
    APPLICANT_HUKOU_PAGE = "applicant_hukou_page"
    MEMBER_HUKOU_PAGE = "member_hukou_page"
    BIRTH_CERTIFICATE = "birth_certificate"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    KINSHIP_NOTARIAL = "kinship_notarial"
    SELFIE = "selfie"
    INSURANCE_CERTIFICATE = "insurance_certificate"
    INCAPACITY_CERTIFICATE = "incapacity_certificate"


class Eligibility(RuleGroup):
    """Which relatives may be bound during one term."""

    relationships: frozenset[Relationship]


class Offer(RuleGroup):
    """One product as this place offers it."""

    channels: frozenset[Channel]
    binding_methods: frozenset[BindingMethod]
    applicant_needs_employee_account: bool
    eligible: tuple[Eligibility, ...] = Field(min_length=1)

    def relationships(self, on: dt.date) -> frozenset[Relationship]:
        """Everybody who may be bound on this day."""
        return frozenset().union(*(e.relationships for e in self.eligible if e.in_force(on)))


class AgeRules(RuleGroup):
    """How old somebody is, and what follows.

    Attributes:
        minor_max_age: Completed years up to which a member is a minor.
        senior_min_age: Completed years from which remote authorisation is offered.
        attained: A year is completed on the birthday itself, or on the day after.
        as_of: The day by which ages are judged.
    """

    minor_max_age: int = Field(ge=0, le=30)
    senior_min_age: int = Field(ge=30, le=120)
    attained: Literal["on_birthday", "day_after"]
    as_of: Literal["submitted_at"]

    def age(self, born: dt.date, on: dt.date) -> int:
        """Completed years; somebody born on 29 February turns older on 1 March in other years."""
        day = on - dt.timedelta(days=1) if self.attained == "day_after" else on
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def group(self, born: dt.date, on: dt.date) -> AgeGroup:
        """Minor or adult on this day."""
        return AgeGroup.MINOR if self.age(born, on) <= self.minor_max_age else AgeGroup.ADULT


class EvidenceSet(Record):
    """What is asked of one kind of application; empty conditions match every application.

    Attributes:
        all_of: Every one of these papers.
        one_set_of: And every paper of at least one of these sets.
    """

    age_group: AgeGroup
    products: frozenset[Product] = frozenset()
    binding_methods: frozenset[BindingMethod] = frozenset()
    routes: frozenset[IdentityRoute] = frozenset()
    all_of: tuple[RequiredPaper, ...] = ()
    one_set_of: tuple[tuple[RequiredPaper, ...], ...] = ()

    def fits(
        self,
        group: AgeGroup,
        product: Product | None,
        method: BindingMethod | None,
        route: IdentityRoute | None,
    ) -> bool:
        """Whether this set is the one for such an application."""
        return (
            group is self.age_group
            and (not self.products or product in self.products)
            and (not self.binding_methods or method in self.binding_methods)
            and (not self.routes or route in self.routes)
        )


class EvidenceRules(RuleGroup):
    """Which papers must be there.

    Attributes:
        sets: The first one that fits counts.
        cross_province: Extra papers when both are insured in different provinces.
        incapacity: Extra papers when the member is declared incapacitated.
        hukou_cover: Whether the cover is asked for where the book is the proof; "wanted" leaves
            its absence to a person, because only the cover shows a collective household.
    """

    sets: tuple[EvidenceSet, ...] = Field(min_length=1)
    cross_province: tuple[RequiredPaper, ...] = ()
    incapacity: tuple[RequiredPaper, ...] = ()
    hukou_cover: Literal["wanted", "optional"]


class ConsentRules(RuleGroup):
    """What must have been agreed to.

    Attributes:
        notice: The notice must have been agreed to.
        commitment: A commitment is needed, as a consent record or as a signed letter.
        guardian_below_age: A guardian confirms for members younger than this.
        guardian_implied_by: Relationships in which the applicant is the guardian.
        spouse_confirmation: The other spouse has to confirm a spouse binding.
        real_name_max_age_days: A real-name verification older than this is stale.
    """

    notice: bool
    commitment: bool
    guardian_below_age: int = Field(ge=0, le=18)
    guardian_implied_by: frozenset[Relationship]
    spouse_confirmation: bool
    real_name_max_age_days: int = Field(gt=0)


class Limits(RuleGroup):
    """How many active bindings there may be, this one included."""

    max_bound_per_applicant: int = Field(gt=0)
    max_applicants_per_person: int = Field(gt=0)


class FaceRules(RuleGroup):
    """When faces are compared and how near is near enough.

    Attributes:
        required_for: Age groups whose will is shown by face unless another route was chosen.
        never_below_age: No face is compared below this age, whatever else is said.
        same_sex_siblings: A person decides; the engine cannot tell them apart.
        remote_authorization: Whether a senior's remote authorisation is accepted by the machine.
    """

    required_for: frozenset[AgeGroup]
    never_below_age: int = Field(ge=0)
    same_sex_siblings: Literal["person"]
    remote_authorization: Literal["accepted", "person"]
    thresholds: FaceThresholds

    @model_validator(mode="after")
    def _no_minors(self) -> Self:
        if AgeGroup.MINOR in self.required_for:
            msg = "required_for must not name minor: no policy may ask for a minor's face"
            raise ValueError(msg)
        return self


class Confidence(Record):
    """Below these a field decides nothing (0 to 1)."""

    name: float = Field(ge=0, le=1)
    number: float = Field(ge=0, le=1)
    date: float = Field(ge=0, le=1)
    relation_word: float = Field(ge=0, le=1)
    other: float = Field(ge=0, le=1)
    kind: float = Field(ge=0, le=1)


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
        return reading.second is None or reading.second.upper() == reading.value.upper()

    def trusts_long_term(self, reading: FieldReading | None) -> bool:
        """Whether a card's end was surely read as long term (长期), which has no date."""
        return (
            reading is not None
            and reading.long_term
            and reading.confidence >= self.least("valid_until")
            and reading.second in {None, LONG_TERM}
        )


class Plausibility(RuleGroup):
    """Gaps between birth dates outside which a person looks (years unless named otherwise)."""

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
    """

    terms: tuple[CardTerm, ...] = Field(min_length=1)
    slack_days: int = Field(ge=0)
    first_year: int
    incapacity_days: int = Field(gt=0)


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


class ReviewRules(RuleGroup):
    """How long people may take."""

    sla_working_days: int = Field(gt=0)


class CodeRules(RuleGroup):
    """What a failed reason leads to. Every code stands in exactly one list.

    Attributes:
        rejected: Final, by the machine alone.
        returned: The applicant can mend it.
        reviewed: A person decides.
        noted: Changes nothing.
    """

    rejected: frozenset[Code]
    returned: frozenset[Code]
    reviewed: frozenset[Code]
    noted: frozenset[Code]

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        lists = (self.rejected, self.returned, self.reviewed, self.noted)
        missing = set(Code) - frozenset().union(*lists)
        doubled = {c for c in Code if sum(c in one for one in lists) > 1}
        if missing or doubled:
            msg = f"codes in no list: {sorted(missing)}; in several: {sorted(doubled)}"
            raise ValueError(msg)
        if forbidden := self.rejected - MACHINE_MAY_REJECT:
            msg = f"the machine alone must not reject for {sorted(forbidden)}"
            raise ValueError(msg)
        return self


class Rules(Record):
    """Everything that a policy file says."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    region: str = Field(pattern=r"^\d{2}$")
    effective_from: dt.date
    effective_until: dt.date | None = None
    extends: str | None = None
    products: dict[Product, Offer]
    ages: AgeRules
    evidence: EvidenceRules
    consents: ConsentRules
    limits: Limits
    face: FaceRules
    reading: ReadingRules
    plausibility: Plausibility
    validity: ValidityRules
    birth_certificate: BirthCertificateRules
    review: ReviewRules
    codes: CodeRules


class Policy(Rules):
    """The rules for one case: a place, a day and a product.

    Attributes:
        version: Names file, date and content, so that a decision can be explained later.
        offer: The product's own rules; None where no product was named or it is not offered.
        eligible: Who may be bound with that product on that day.
    """

    version: str
    offer: Offer | None
    eligible: frozenset[Relationship]
