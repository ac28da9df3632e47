"""Face thresholds: where match, unsure and mismatch begin, by who might pose as whom.

Whoever poses as the member is most likely the applicant, so how near is near enough depends on
how alike the two may look by nature: brothers more than a grandfather and his granddaughter.
"""

from typing import Literal, NamedTuple

from pydantic import Field

from models.faces.face_verdict import FaceThresholds
from models.intake.application import Relationship
from models.record import Record


class FacePair(NamedTuple):
    """What the bands of one case depend on.

    Attributes:
        relationship: What the member is said to be to the applicant.
        same_sex: None where it is not known.
        member_age: Completed years; None where it is not known.
        portrait_years: Since the member's card was issued; None where it is not known.
    """

    relationship: Relationship | None
    same_sex: bool | None = None
    member_age: int | None = None
    portrait_years: float | None = None


class BandRule(Record):
    """Other bands for some cases; a condition that is not given fits every case.

    Attributes:
        rule: Its name; stands behind the version in verdicts.
        relationships: Empty: all.
        sexes: Whether member and applicant are of one sex; unknown counts as the same.
        max_member_age: Completed years of the member, at most.
        min_portrait_years: The member's portrait is at least this old; unknown does not fit.
        decides: `person`: whatever the engine says.
        match: In the place of the usual one.
        margin: In the place of the usual one.
    """

    rule: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    relationships: frozenset[Relationship] = frozenset()
    sexes: Literal["any", "same", "different"] = "any"
    max_member_age: int | None = None
    min_portrait_years: float | None = None
    decides: Literal["engine", "person"] = "engine"
    match: float | None = Field(default=None, ge=-1, le=1)
    margin: float | None = Field(default=None, ge=0, le=1)

    def fits(self, pair: FacePair) -> bool:
        """Whether a case is of this sort."""
        sex = "different" if pair.same_sex is False else "same"
        return (
            (not self.relationships or pair.relationship in self.relationships)
            and self.sexes in {"any", sex}
            and self._fits_age(pair)
        )

    def _fits_age(self, pair: FacePair) -> bool:
        young = self.max_member_age is None or (
            pair.member_age is None or pair.member_age <= self.max_member_age
        )
        old = self.min_portrait_years is None or (
            pair.portrait_years is not None and pair.portrait_years >= self.min_portrait_years
        )
        return young and old


class FaceBands(NamedTuple):
    """The bands in force for one case.

    Attributes:
        thresholds: Under which the engine answers; their version names the rule.
        person_decides: Whatever the engine says, a person has the word.
    """

    thresholds: FaceThresholds
    person_decides: bool


def bands_for(usual: FaceThresholds, rules: tuple[BandRule, ...], pair: FacePair) -> FaceBands:
    """The usual bands, or those of the first rule that fits."""
    rule = next((rule for rule in rules if rule.fits(pair)), None)
    if rule is None:
        return FaceBands(usual, person_decides=False)
    changes: dict[str, object] = {"version": f"{usual.version}/{rule.rule}"}
    changes |= {} if rule.match is None else {"match": rule.match}
    changes |= {} if rule.margin is None else {"margin": rule.margin}
    return FaceBands(usual.model_copy(update=changes), rule.decides == "person")
