"""What a place demands, from when, with its source: the shape of a policy file.

A policy is data. It names conditions (ages, papers, limits, thresholds, what a reason leads to);
how a condition is judged is code and stands elsewhere.
"""

import datetime as dt
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from models.checks.reason import Reason
from models.intake.application import (
    BindingMethod,
    Channel,
    IdentityRoute,
    Product,
    Relationship,
)
from models.policy.measures import (
    AgeGroup,
    BirthCertificateRules,
    FaceRules,
    KinshipRules,
    Plausibility,
    ReadingRules,
    RetentionRules,
    ReverifyRules,
    ReviewRules,
    RoundRules,
    RuleGroup,
    UnbindRules,
    ValidityRules,
)
from models.record import Record

NATIONAL: Final = "00"
"""The region of the policy that every province starts from."""

MACHINE_MAY_REJECT: Final = frozenset(
    {
        *(
            Reason.RELATIONSHIP_NOT_ELIGIBLE,
            Reason.CHANNEL_NOT_OFFERED,
            Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT,
            Reason.APPLICANT_LIMIT_REACHED,
            Reason.MEMBER_LIMIT_REACHED,
            Reason.ALREADY_BOUND,
            Reason.NOTHING_TO_UNBIND,
            Reason.BINDING_ONESELF,
        ),
        # Nobody answered: there is nothing that a person could see differently.
        Reason.RETURN_NOT_ANSWERED,
    }
)
"""No policy file can let the machine reject for anything else."""


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
    """One product as this place offers it.

    Attributes:
        filing_needed: It has to be filed (备案) in the official channel before it is used.
    """

    channels: frozenset[Channel]
    binding_methods: frozenset[BindingMethod]
    applicant_needs_employee_account: bool
    filing_needed: bool
    eligible: tuple[Eligibility, ...] = Field(min_length=1)

    def relationships(self, on: dt.date) -> frozenset[Relationship]:
        """Everybody who may be bound on this day."""
        return frozenset().union(*(e.relationships for e in self.eligible if e.in_force(on)))


class AgeRules(RuleGroup):
    """How old somebody is, and what follows.

    Attributes:
        minor_max_age: Completed years up to which a member is a minor.
        age_16_group: To which group somebody of exactly 16 belongs. The published rules disagree,
            so a policy says it in so many words; it must follow from `minor_max_age`.
        senior_min_age: Completed years from which remote authorisation is offered.
        attained: A year is completed on the birthday itself, or on the day after.
        as_of: The day by which ages are judged.
    """

    minor_max_age: int = Field(ge=0, le=30)
    age_16_group: AgeGroup
    senior_min_age: int = Field(ge=30, le=120)
    attained: Literal["on_birthday", "day_after"]
    as_of: Literal["submitted_at"]

    @model_validator(mode="after")
    def _says_one_thing_about_16(self) -> Self:
        by_number = AgeGroup.MINOR if self.minor_max_age >= 16 else AgeGroup.ADULT
        if self.age_16_group is not by_number:
            msg = f"minor_max_age {self.minor_max_age} makes somebody of 16 {by_number.value}"
            raise ValueError(msg)
        return self

    def age(self, born: dt.date, on: dt.date) -> int:
        """Completed years; somebody born on 29 February turns older on 1 March in other years."""
        day = on - dt.timedelta(days=1) if self.attained == "day_after" else on
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def group(self, born: dt.date, on: dt.date) -> AgeGroup:
        """Minor or adult on this day."""
        return AgeGroup.MINOR if self.age(born, on) <= self.minor_max_age else AgeGroup.ADULT


class ProofSet(Record):
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


class ProofRules(RuleGroup):
    """Which papers must be there.

    Attributes:
        sets: The first one that fits counts.
        cross_province: Extra papers when both are insured in different provinces.
        incapacity: Extra papers when the member is declared incapacitated.
        hukou_cover: Whether the cover is asked for where the book is the proof; "wanted" leaves
            its absence to a person, because only the cover shows a collective household.
        unnumbered_pages: What ties pages that print no household number (户号) to one book:
            nothing, so a person looks; or one day of registration on all of them together with
            an adult member's own will (docs/decisions/0007-one-book.md).
        social_security_card: Whether one may stand in for the member's ID card; "person": what
            was sent in its place is looked at, because such a card is not read here.
    """

    sets: tuple[ProofSet, ...] = Field(min_length=1)
    cross_province: tuple[RequiredPaper, ...] = ()
    incapacity: tuple[RequiredPaper, ...] = ()
    hukou_cover: Literal["wanted", "optional"]
    unnumbered_pages: Literal["person", "same_day_and_own_will"]
    social_security_card: Literal["refused", "person"]


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
    """How many bindings there may be, this one included.

    Attributes:
        count_window: What is counted: all bindings in force.
        max_new_per_month: New bindings of an applicant in a calendar month, over all channels and
            ended ones included; None for no such limit.
    """

    count_window: Literal["in_force"]
    max_bound_per_applicant: int = Field(gt=0)
    max_applicants_per_person: int = Field(gt=0)
    max_new_per_month: int | None = Field(gt=0)


def _listed(codes: AbstractSet[Reason]) -> str:
    return " ".join(sorted(codes)) or "none"


class CodeRules(RuleGroup):
    """What a failed reason leads to. Every code stands in exactly one list.

    Attributes:
        rejected: Final, by the machine alone.
        returned: The applicant can mend it.
        reviewed: A person decides.
        noted: Changes nothing.
    """

    rejected: frozenset[Reason]
    returned: frozenset[Reason]
    reviewed: frozenset[Reason]
    noted: frozenset[Reason]

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        lists = (self.rejected, self.returned, self.reviewed, self.noted)
        missing = set(Reason) - frozenset().union(*lists)
        doubled = {c for c in Reason if sum(c in one for one in lists) > 1}
        if missing or doubled:
            msg = f"codes in no list: {_listed(missing)}; in several: {_listed(doubled)}"
            raise ValueError(msg)
        if forbidden := self.rejected - MACHINE_MAY_REJECT:
            msg = f"the machine alone must not reject for {_listed(forbidden)}"
            raise ValueError(msg)
        return self


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
