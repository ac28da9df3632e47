"""What a place demands, from when, with its source: the shape of a policy file.

A policy is data. It names conditions (ages, papers, limits, thresholds, what a reason leads to);
how a condition is judged is code and stands elsewhere.
"""

import datetime as dt
from functools import lru_cache
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import SchemaError

from models.intake.application import BindingMethod, Channel, Product, Relationship
from models.policy.code_rules import CodeRules
from models.policy.consent_rules import ConsentRules
from models.policy.face_rules import FaceRules
from models.policy.measures import (
    BirthCertificateRules,
    KinshipRules,
    Plausibility,
    ReadingRules,
    RetentionRules,
    ReverifyRules,
    RoundRules,
    UnbindRules,
    ValidityRules,
)
from models.policy.proof_rules import ProofRules
from models.policy.review_rules import ReviewRules
from models.policy.rule_group import AgeGroup, RuleGroup
from models.policy.service_rules import (
    UNSTATED_CONTACT,
    UNSTATED_JURISDICTION,
    UNSTATED_OBJECTIONS,
    ContactRules,
    JurisdictionRules,
    ObjectionRules,
)
from models.record import Record

NATIONAL: Final = "00"
"""The region of the policy that every province starts from."""


class Eligibility(RuleGroup):
    """Which relatives may be bound during one term.

    Attributes:
        decides: "person": the country allows it and the place's own first day is not known.
    """

    relationships: frozenset[Relationship]
    decides: Literal["machine", "person"] = "machine"


@lru_cache(maxsize=256)
def _fitting(pattern: str) -> TypeAdapter[str]:
    """What takes only texts that a whole pattern fits, in time that grows with their length alone.

    Pydantic's own engine never goes back, so that no pattern of a file ((a+)+$) can hold up the
    office on a text from outside. It knows no look-ahead and no references.
    """
    whole = StringConstraints(pattern=rf"^(?:{pattern})$")
    return TypeAdapter(Annotated[str, whole], config=ConfigDict(regex_engine="rust-regex"))


def _pattern(text: str) -> str:
    """A regular expression that can be used."""
    try:
        _fitting(text)
    except SchemaError as error:
        msg = "不是可用的正则表达式，请改正。 / no regular expression that can be used; correct it"
        raise ValueError(msg) from error
    return text


class Offer(RuleGroup):
    """One product as this place offers it.

    Attributes:
        filing_needed: It has to be filed (备案) in the official channel before it is used.
        filing_pattern: A regular expression that the whole number of a filing fits; None: any.
    """

    channels: frozenset[Channel]
    binding_methods: frozenset[BindingMethod]
    applicant_needs_employee_account: bool
    filing_needed: bool
    filing_pattern: Annotated[str, AfterValidator(_pattern)] | None = None
    eligible: tuple[Eligibility, ...] = Field(min_length=1)

    def filing_fits(self, filing: str) -> bool | None:
        """Whether a number fits the place's pattern; None where it names none."""
        if self.filing_pattern is None:
            return None
        try:
            _fitting(self.filing_pattern).validate_python(filing)
        except ValidationError:
            return False
        return True

    def relationships(self, on: dt.date) -> frozenset[Relationship]:
        """Everybody who may surely be bound on this day."""
        return self._eligible(on, "machine")

    def doubtful_relationships(self, on: dt.date) -> frozenset[Relationship]:
        """Who may be bound on this day only as a person decides."""
        return self._eligible(on, "person") - self.relationships(on)

    def _eligible(self, on: dt.date, decides: str) -> frozenset[Relationship]:
        terms = (e for e in self.eligible if e.in_force(on) and e.decides == decides)
        return frozenset().union(*(term.relationships for term in terms))


class AgeRules(RuleGroup):
    """How old somebody is, and what follows.

    Attributes:
        minor_max_age: Completed years up to which a member is a minor.
        age_16_group: To which group somebody of exactly 16 belongs. The published rules disagree,
            so a policy says it in so many words; it must follow from `minor_max_age`.
        senior_min_age: Completed years from which remote authorisation is offered.
        attained: A year is completed on the birthday itself, or on the day after.
        as_of: The day by which ages are judged.
        ambiguous_age_action: What is asked for a member of exactly 16, whom the published rules
            put into both groups or into neither: what `age_16_group` says, or that the papers of
            both groups are there, and a person decides where they are not.
        applicant_min_age: Completed years from which somebody may apply alone; 16 at least, for no
            place can lift the Civil Code (18 to 20).
    """

    minor_max_age: int = Field(ge=0, le=30)
    age_16_group: AgeGroup
    senior_min_age: int = Field(ge=30, le=120)
    attained: Literal["on_birthday", "day_after"]
    as_of: Literal["submitted_at"]
    ambiguous_age_action: Literal["age_16_group", "both_or_person"] = "age_16_group"
    applicant_min_age: int = Field(default=18, ge=16, le=30)

    @model_validator(mode="after")
    def _says_one_thing_about_16(self) -> Self:
        by_number = AgeGroup.MINOR if self.minor_max_age >= 16 else AgeGroup.ADULT
        if self.age_16_group is not by_number:
            msg = (
                f"minor_max_age 为 {self.minor_max_age}，age_16_group 应为 {by_number.value}。"
                f" / minor_max_age {self.minor_max_age} makes somebody of 16 {by_number.value}"
            )
            raise ValueError(msg)
        return self

    def age(self, born: dt.date, on: dt.date) -> int:
        """Completed years; somebody born on 29 February turns older on 1 March in other years."""
        day = on - dt.timedelta(days=1) if self.attained == "day_after" else on
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def group(self, born: dt.date, on: dt.date) -> AgeGroup:
        """Minor or adult on this day."""
        return AgeGroup.MINOR if self.age(born, on) <= self.minor_max_age else AgeGroup.ADULT


class Limits(RuleGroup):
    """How many bindings of one product there may be, this one included.

    Attributes:
        count_window: What is counted: all bindings in force.
        max_new_per_month: New bindings of an applicant in a calendar month, over all channels and
            ended ones included; None for no such limit.
    """

    count_window: Literal["in_force"]
    max_bound_per_applicant: int = Field(gt=0, le=99)
    max_applicants_per_person: int = Field(gt=0, le=99)
    max_new_per_month: int | None = Field(gt=0)


class Rules(Record):
    """Everything that a policy file says.

    Attributes:
        region: Two digits of a province, four of a city with rules of its own, "00" for the
            country.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    region: str = Field(pattern=r"^\d{2}(\d{2})?$")
    effective_from: dt.date
    effective_until: dt.date | None = None
    extends: str | None = None
    products: dict[Product, Offer]
    ages: AgeRules
    evidence: ProofRules
    consents: ConsentRules
    limits: Limits
    face: FaceRules
    reading: ReadingRules
    kinship: KinshipRules
    plausibility: Plausibility
    validity: ValidityRules
    birth_certificate: BirthCertificateRules
    review: ReviewRules
    rounds: RoundRules
    unbind: UnbindRules
    reverify: ReverifyRules
    retention: RetentionRules
    codes: CodeRules
    objections: ObjectionRules = UNSTATED_OBJECTIONS
    contact: ContactRules = UNSTATED_CONTACT
    jurisdiction: JurisdictionRules = UNSTATED_JURISDICTION


class Policy(Rules):
    """The rules for one case: a place, a day and a product.

    Attributes:
        version: Names file, date and content, so that a decision can be explained later.
        offer: The product's own rules; None where no product was named or it is not offered.
        eligible: Who may be bound with that product on that day.
        eligible_by_person: Who may be only as a person decides.
    """

    version: str
    offer: Offer | None
    eligible: frozenset[Relationship]
    eligible_by_person: frozenset[Relationship] = frozenset()
