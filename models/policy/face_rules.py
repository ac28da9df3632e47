"""When faces are compared, how near is near enough, and what may stand in for a face."""

from typing import Literal, Self

from pydantic import Field, model_validator

from models.faces.face_thresholds import BandRule, FaceBands, FacePair, bands_for
from models.faces.face_verdict import FaceThresholds
from models.intake.application import Relationship
from models.policy.rule_group import AgeGroup, RuleGroup
from models.record import Record


class RemoteRecordRules(Record):
    """What is asked of the record of a remote authorisation.

    Attributes:
        needed: Without a record a person decides.
        max_age_days: An authorisation older than this on the day of handing in is none; None for
            no such term.
        systems: Names of the systems whose records count; empty: any.
    """

    needed: bool = False
    max_age_days: int | None = Field(default=None, gt=0)
    systems: frozenset[str] = frozenset()


class FaceRules(RuleGroup):
    """When faces are compared and how near is near enough.

    Attributes:
        required_for: Age groups whose will is shown by face unless another route was chosen.
        never_below_age: No face is compared below this age, whatever else is said.
        remote_authorization: Whether a senior's remote authorisation is accepted by the machine.
        remote_record: What is asked of the record of such an authorisation.
        photo_max_age_days: A photograph taken longer before the handing-in is not a recent one;
            None where its age does not count. It is known only where the picture tells it.
        thresholds: The usual bands.
        bands: Other bands for some cases; the first rule that fits counts. Of siblings of the
            same sex a person decides, whatever a file says: the engine cannot tell them apart.
    """

    required_for: frozenset[AgeGroup]
    never_below_age: int = Field(ge=0, le=18)
    remote_authorization: Literal["accepted", "person"]
    thresholds: FaceThresholds
    bands: tuple[BandRule, ...]
    remote_record: RemoteRecordRules = RemoteRecordRules()
    photo_max_age_days: int | None = Field(default=None, gt=0)

    def bands_for(self, pair: FacePair) -> FaceBands:
        """The bands in force for one case."""
        return bands_for(self.thresholds, self.bands, pair)

    @model_validator(mode="after")
    def _siblings_to_a_person(self) -> Self:
        pairs = (
            FacePair(Relationship.SIBLING, same, age, years)
            for same in (True, None)
            for age in (None, 16, 40, 90)
            for years in (None, 0.0, 30.0)
        )
        if not all(self.bands_for(pair).person_decides for pair in pairs):
            msg = (
                "同性兄弟姐妹须由人工判断，bands 中其他规则不得排在其前。"
                " / bands must leave siblings of the same sex to a person, before any other rule"
            )
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _bands_in_order(self) -> Self:
        least = min([self.thresholds.match, *(b.match for b in self.bands if b.match is not None)])
        if self.thresholds.mismatch > least:
            msg = (
                "mismatch 不得高于任何一个 match：两者之间才由人工判断。"
                " / mismatch must not be above any match: between the two a person decides"
            )
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _no_minors(self) -> Self:
        if AgeGroup.MINOR in self.required_for:
            msg = (
                "required_for 不得含 minor：任何政策都不得要求未成年人刷脸。"
                " / required_for must not name minor: no policy may ask for a minor's face"
            )
            raise ValueError(msg)
        return self
