"""What is said of a picture while the phone is still in the hand; no value of a field is in it."""

import datetime as dt

from pydantic import Field

from models.checks.finding import Message
from models.checks.reason import Reason
from models.intake.application import BindingMethod, Channel, IdentityRoute, Product, Relationship
from models.policy.rule_group import AgeGroup
from models.reading.document import DocumentKind
from models.record import Record


class PictureQuery(Record):
    """What a picture is meant for, as far as the one who asks says it.

    Attributes:
        region: Code of the place that decides; its policy says what is asked.
        kind: What the picture should show: checked, never believed.
        held: The kinds of the papers that are there already, one for each paper.
        on: The day by which the policy is chosen.
    """

    on: dt.date
    region: str = "000000"
    product: Product | None = None
    relationship: Relationship | None = None
    binding_method: BindingMethod | None = None
    identity_route: IdentityRoute | None = None
    channel: Channel | None = None
    kind: DocumentKind | None = None
    held: tuple[DocumentKind, ...] = ()

    @property
    def age_group(self) -> AgeGroup | None:
        """The member's group as the route tells it: only a minor needs none."""
        if self.identity_route is None:
            return None
        return AgeGroup.MINOR if self.identity_route is IdentityRoute.NONE else AgeGroup.ADULT


class PictureMessage(Record):
    """One thing that was noticed, and what to do about it.

    Attributes:
        sure: False where it only may be so.
    """

    code: Reason
    sure: bool
    message: Message


class FieldCheck(Record):
    """Whether a field that the decision needs could be read."""

    field: str
    name: Message
    read: bool


class QualityCheck(Record):
    """One signal about the photograph: how it is, in words.

    Attributes:
        signal: `sharpness`, `light`, `edges`, `size` or `direction`.
        good: False where something of it was noticed.
    """

    signal: str
    good: bool
    message: Message


class PaperCheck(Record):
    """One paper of the picture.

    Attributes:
        retake: Whether it should be photographed again before it is handed in.
        fields: The needed ones of its kind.
        quality: Empty where nothing could be read.
    """

    page: int
    part: int
    kind: DocumentKind
    kind_name: Message
    kind_confidence: float = Field(ge=0, le=1)
    retake: bool
    fields: tuple[FieldCheck, ...]
    quality: tuple[QualityCheck, ...]
    advice: tuple[PictureMessage, ...]


class PictureCheck(Record):
    """What a picture shows and what to do about it; nothing of it is kept.

    Attributes:
        missing: The papers still to be added; None where product or route were not said, or the
            policy has no set for them.
    """

    papers: tuple[PaperCheck, ...]
    missing: tuple[PictureMessage, ...] | None
