"""Laying out a plan with the consents and routes that an ordinary application would have."""

from typing import Any

from models.intake.application import ConsentKind, IdentityRoute, Relationship
from specimens.dice import Dice
from specimens.people.families import InventedFamily, invent_family
from specimens.people.households import Household, invent_household
from specimens.people.person import InventedPerson
from specimens.situations.exhibits import MEMBER, card, pages, selfie
from specimens.situations.situation import COMMON_CONSENTS, Exhibit, Plan

MINOR_AGE = 15
GUARDIAN_BELOW = 14


def lay_plan(
    family: InventedFamily,
    applicant: str,
    member: str,
    exhibits: tuple[Exhibit, ...],
    **changes: Any,  # noqa: ANN401  (fields of Plan)
) -> Plan:
    """An application between two of a family; `changes` are fields of the plan.

    The true relation is the family's own; the claimed one is the same unless changed.
    """
    true = family.relationship(applicant, member)
    claimed = changes.pop("claimed", true)
    one, other = family.people[applicant], family.people[member]
    route = changes.pop(
        "route", IdentityRoute.NONE if other.age <= MINOR_AGE else IdentityRoute.FACE
    )
    changes.setdefault("consents", ordinary_consents(other, claimed, route))
    return Plan(one, other, claimed, true, family.home, exhibits, route, **changes)


def ordinary_consents(
    member: InventedPerson, claimed: Relationship, route: IdentityRoute
) -> tuple[ConsentKind, ...]:
    """What a careful applicant agreed to."""
    consents: tuple[ConsentKind, ...] = COMMON_CONSENTS
    if route is IdentityRoute.FACE:
        consents = (*consents, ConsentKind.FACE)
    if claimed is Relationship.SPOUSE:
        consents = (*consents, ConsentKind.SPOUSE)
    if member.age < GUARDIAN_BELOW and claimed is not Relationship.CHILD:
        consents = (*consents, ConsentKind.GUARDIAN)
    return consents


def adult_papers(
    family: InventedFamily, house: Household, applicant: str, member: str, dice: Dice
) -> tuple[Exhibit, ...]:
    """All that an adult member with face verification hands in, the applicant's card included."""
    person = family.people[member]
    return (
        *card(person, MEMBER, dice),
        *pages(family, house, applicant, member),
        selfie(person),
    )


def spouses(dice: Dice) -> tuple[InventedFamily, Household]:
    """A couple with a child and their book; either may be the householder."""
    family = invent_family(dice, child_ages=(dice.whole(2, 15),))
    head, other = dice.pick((("father", "mother"), ("mother", "father")))
    return family, invent_household(family, head, (other, "child1"), dice)


def parent_and_child(
    dice: Dice, *, age: int | None = None
) -> tuple[InventedFamily, Household, str]:
    """A family of three or four in the book of one parent, whose key comes third."""
    ages = (age if age is not None else dice.whole(3, 15),)
    family = invent_family(dice, child_ages=ages)
    head, other = dice.pick((("father", "mother"), ("mother", "father")))
    return family, invent_household(family, head, (other, "child1"), dice), head
