"""What a policy says about people's decisions: terms, four eyes, who may decide what, samples."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import Product
from models.kinship.claim import Ambiguity
from models.policy.rule_group import RuleGroup
from models.staff.staff_member import StaffRole

DECISIONS: Final = frozenset({Outcome.APPROVED, Outcome.RETURNED, Outcome.REJECTED})
"""What a person may decide; a review cannot end in review."""

_ALL: Final[Mapping[StaffRole, frozenset[Outcome]]] = MappingProxyType(
    {StaffRole.REVIEWER: DECISIONS, StaffRole.SENIOR: DECISIONS}
)


class SampleClass(StrEnum):
    """Sorts of approvals of which another share is looked at blind."""

    UNNUMBERED_PAGES = "unnumbered_pages"
    """A page of the book that the proof rests on prints no household number."""
    REMOTE_AUTHORIZATION = "remote_authorization"
    BIRTH_CERTIFICATE = "birth_certificate"
    """Bound by the number of a birth certificate."""
    PROVEN_BY_NUMBER = "proven_by_number"
    PROVEN_BY_TIES = "proven_by_ties"
    PROVEN_BY_OWN_WILL = "proven_by_own_will"
    PROVEN_BY_CERTIFICATE = "proven_by_certificate"
    """By the class of proof, see `models.decision.proof_class`."""


class ReviewRules(RuleGroup):
    """How long people may take, and when one person is not enough.

    Attributes:
        four_eyes_codes: A case with one of these reasons needs two people.
        four_eyes_products: So does every approval of these products.
        four_eyes_doubts: So does an approval while one of these doubts about the kinship is open.
        four_eyes_outcomes: So does every decision that ends so.
        four_eyes_from_reasons: So does a case with this many reasons or more.
        overruled_by_one: A failed check needs two people to be approved over, unless it is for
            one of these reasons.
        role_outcomes: Which decisions each role may give.
        final_codes: Reasons for which a person may reject; what `codes` lists as returned never
            carries a rejection before the last round that `rounds` grants.
        undo_minutes: A decision is put into effect only after so long; until then it can be
            taken back.
        sample_share: Of the machine's approvals, the share that people look at blind, 0 to 1.
        sample_shares: The same for some sorts of approvals; of several that fit, and the usual
            one, the largest counts.
        second_look_share: Of people's decisions, the share that a second person looks at blind.
    """

    sla_working_days: int = Field(gt=0)
    four_eyes_codes: frozenset[Reason] = frozenset()
    four_eyes_products: frozenset[Product] = frozenset()
    four_eyes_doubts: frozenset[Ambiguity] = frozenset()
    four_eyes_outcomes: frozenset[Outcome] = frozenset({Outcome.REJECTED})
    four_eyes_from_reasons: int = Field(default=6, gt=1)
    overruled_by_one: frozenset[Reason] = frozenset()
    role_outcomes: dict[StaffRole, frozenset[Outcome]] = Field(default_factory=lambda: dict(_ALL))
    final_codes: frozenset[Reason] = frozenset()
    undo_minutes: int = Field(default=0, ge=0, le=24 * 60)
    sample_share: float = Field(default=0.0, ge=0, le=1)
    sample_shares: dict[SampleClass, Annotated[float, Field(ge=0, le=1)]] = Field(
        default_factory=dict
    )
    second_look_share: float = Field(default=0.0, ge=0, le=1)

    def share_of(self, classes: Collection[SampleClass]) -> float:
        """Of approvals of these sorts, the share that people look at blind."""
        return max(self.sample_share, *(self.sample_shares.get(one, 0.0) for one in classes), 0.0)

    @model_validator(mode="after")
    def _people_can_decide(self) -> Self:
        unfit = [role.value for role in self.role_outcomes if role not in _ALL]
        if unfit or any(not outcomes <= DECISIONS for outcomes in self.role_outcomes.values()):
            raise ValueError(
                "role_outcomes 只能列 reviewer、senior 及 approved、returned、rejected。"
                " / role_outcomes names reviewer and senior, approved, returned and rejected only"
            )
        if both := self.overruled_by_one & self.four_eyes_codes:
            listed = " ".join(sorted(both))
            msg = (
                f"{listed} 不能同时列入 four_eyes_codes 和 overruled_by_one。"
                f" / {listed}: in four_eyes_codes and in overruled_by_one"
            )
            raise ValueError(msg)
        return self
