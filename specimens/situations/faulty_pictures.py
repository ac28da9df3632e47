"""Applications whose pictures cannot be used."""

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.selfie import take_empty_selfie, take_group_selfie
from specimens.situations.cases import child_case, couple_case
from specimens.situations.exhibits import (
    MEMBER,
)
from specimens.situations.situation import Exhibit, Plan, situation

RETURNED, IN_REVIEW, REJECTED = Outcome.RETURNED, Outcome.IN_REVIEW, Outcome.REJECTED


# What the pictures are like.


def _one_bad(dice: Dice, *, spoil: str | None = None, **adjust: float) -> Plan:
    """A child's application whose last page was badly photographed."""
    plan = child_case(dice)
    *good, last = plan.exhibits
    bad = last._replace(spoil=spoil, level="phone", adjust=tuple(adjust.items()))
    return plan._replace(exhibits=(*good, bad))


@situation(
    RETURNED,
    any_of=(Reason.PICTURE_BLURRED, Reason.FIELD_UNREADABLE, Reason.RESOLUTION_TOO_LOW),
    also=(IN_REVIEW,),
)
def blurred_page(dice: Dice) -> Plan:
    """The member's page is out of focus."""
    return _one_bad(dice, blur=9.0, long_side=1600)


@situation(
    RETURNED,
    any_of=(Reason.RESOLUTION_TOO_LOW, Reason.PICTURE_BLURRED, Reason.FIELD_UNREADABLE),
    also=(IN_REVIEW,),
)
def thumbnail_uploaded(dice: Dice) -> Plan:
    """A thumbnail instead of the photograph."""
    return _one_bad(dice, long_side=420)


@situation(RETURNED, any_of=(Reason.CROPPED_OR_COVERED, Reason.FIELD_UNREADABLE), also=(IN_REVIEW,))
def page_cut_off(dice: Dice) -> Plan:
    """A part of the page lies outside the picture."""
    return _one_bad(dice, spoil="cut")


@situation(
    RETURNED,
    any_of=(Reason.GLARE_OR_DARK, Reason.CROPPED_OR_COVERED, Reason.FIELD_UNREADABLE),
    also=(IN_REVIEW,),
)
def finger_over_the_number(dice: Dice) -> Plan:
    """A thumb covers the number."""
    return _one_bad(dice, spoil="finger")


@situation(RETURNED, any_of=(Reason.GLARE_OR_DARK, Reason.FIELD_UNREADABLE), also=(IN_REVIEW,))
def flash_over_the_number(dice: Dice) -> Plan:
    """The flash burns out the number."""
    return _one_bad(dice, spoil="flash")


@situation(RETURNED, Reason.NOT_ONE_FACE, also=(IN_REVIEW,))
def nobody_in_the_selfie(dice: Dice) -> Plan:
    """The selfie shows a wall."""
    plan = couple_case(dice)
    empty = Exhibit(take_empty_selfie, DocumentKind.SELFIE, MEMBER)
    return plan._replace(exhibits=(*plan.exhibits[:-1], empty))


@situation(RETURNED, Reason.NOT_ONE_FACE, also=(IN_REVIEW,))
def two_in_the_selfie(dice: Dice) -> Plan:
    """Member and applicant smile together."""
    plan = couple_case(dice)
    both = (plan.applicant, plan.member)
    group = Exhibit(lambda bench: take_group_selfie(both, bench), DocumentKind.SELFIE, MEMBER)
    return plan._replace(exhibits=(*plan.exhibits[:-1], group))
