"""What is counted about one round: answers, bands and groups, nothing that stood on a paper."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from models.checks.finding import CheckVerdict
from models.decision.proof_class import ProofClass
from models.intake.application import IdentityRoute, Relationship
from models.record import Record


class FieldTier(StrEnum):
    """How far a field could be relied on, by the policy's least confidence for its sort."""

    TRUSTED = "trusted"  # surely read, and no second reader disagrees
    CONTESTED = "contested"  # two readers saw different values
    UNSURE = "unsure"  # a value below the least confidence
    BLANK = "blank"  # the place was seen to be empty
    UNREAD = "unread"  # something may stand there


class FieldFigure(NamedTuple):
    """How one field was read.

    Attributes:
        paper: Place of the paper in the readings, from 0.
        field: Its name.
        confidence: 0 to 1.
        tier: How far it could be relied on.
        second_agreed: Whether the second reader saw the same; None where it did not look.
    """

    paper: int
    field: str
    confidence: float
    tier: FieldTier
    second_agreed: bool | None


class KinshipFigures(Record):
    """How the relation was derived: rules and kinds of paper, nobody's name.

    Attributes:
        path: Kinds of paper that carry the proof or the contradiction, joined by `+`.
        certified: Certificates prove it by themselves.
        ambiguities: Doubts that stand in the way (K1 to K11).
        presumed: Doubts that the policy sets aside.
    """

    answer: str
    derived: tuple[str, ...]
    path: str
    certified: bool
    ambiguities: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()


class FaceFigures(Record):
    """How the comparison of the faces ended; no score, which would tell persons apart.

    Attributes:
        reason: Why none was made.
        sharp: Whether the blurrier crop was sharp enough; None where none was measured.
        faces: How many faces the selfie shows.
    """

    compared: bool
    band: str | None
    reason: str | None
    sharp: bool | None
    copied: bool
    faces: int | None
    engine: str
    thresholds: str


class MemberGroups(Record):
    """The groups that equal treatment is measured by; coarse, and deleted with the records.

    Attributes:
        age_band: `0-5`, `6-17`, `18-44`, `45-59`, `60-74` or `75+` on the day of handing in.
        sex: `male` or `female`.
        ethnicity_group: `han` or `minority`, as read on the member's papers.
    """

    relationship: Relationship | None = None
    route: IdentityRoute | None = None
    age_band: str | None = None
    sex: str | None = None
    ethnicity_group: str | None = None


class RoundFigures(Record):
    """Everything that is counted about the machine's decision of one round.

    Attributes:
        form_version: The form that it was handed in with; None where that is not known.
    """

    groups: MemberGroups = MemberGroups()
    proof_class: ProofClass | None = None
    form_version: str | None = None
    kinship: KinshipFigures | None = None
    face: FaceFigures | None = None
    checks: dict[str, CheckVerdict] = Field(default_factory=dict)
    fields: tuple[FieldFigure, ...] = ()

    @property
    def counted(self) -> str:
        """As JSON what is kept as text; groups, class of proof and form stand in columns."""
        return self.model_dump_json(exclude={"groups", "proof_class", "form_version"})
