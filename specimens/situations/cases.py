"""Ordinary applications, for others to spoil."""

from collections.abc import Callable

from specimens.dice import Dice
from specimens.papers.certificates.birth import invent_birth
from specimens.people.families import invent_family
from specimens.situations.exhibits import (
    certificate,
    pages,
)
from specimens.situations.planning import adult_papers, lay_plan, parent_and_child, spouses
from specimens.situations.situation import Exhibit, Files, Form, Plan

Twist = Callable[[Form, Files], None]
"""Changes a finished form and its files."""


def child_case(dice: Dice, twist: Twist | None = None) -> Plan:
    """A householder's minor child in one book: cover, the applicant's page, the member's."""
    family, house, head = parent_and_child(dice)
    return lay_plan(family, head, "child1", pages(family, house, head, "child1"), twist=twist)


def couple_case(dice: Dice) -> Plan:
    """A couple in one book: both sides of a card, cover, two pages, selfie, in this order."""
    family, house = spouses(dice)
    head = house.head
    member = "mother" if head == "father" else "father"
    return lay_plan(family, head, member, adult_papers(family, house, head, member, dice))


def certified_case(dice: Dice) -> tuple[Plan, Exhibit]:
    """A child by birth certificate, and that certificate."""
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    exhibit = certificate(birth)
    return lay_plan(family, "mother", "child1", (exhibit,)), exhibit
