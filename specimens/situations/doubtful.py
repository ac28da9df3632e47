"""Applications that a person has to decide: nothing is plainly wrong, or only a person can tell."""

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import IdentityRoute, PersonRole, Relationship
from specimens.dice import Dice
from specimens.papers.certificates.birth import invent_birth
from specimens.people.casting import other_face
from specimens.people.families import InventedFamily, invent_family
from specimens.people.households import invent_household
from specimens.people.person import InventedPerson
from specimens.situations.exhibits import (
    MEMBER,
    card,
    certificate,
    copied_selfie,
    cover,
    emblem_side,
    pages,
    portrait_side,
    selfie,
)
from specimens.situations.planning import adult_papers, lay_plan, parent_and_child, spouses
from specimens.situations.situation import Exhibit, Files, Form, Plan, situation

IN_REVIEW, RETURNED, REJECTED = Outcome.IN_REVIEW, Outcome.RETURNED, Outcome.REJECTED


@situation(IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED)
def three_generations_without_certificate(dice: Dice) -> Plan:
    """Son and grandson in the grandfather's book: the grandson may be another son's."""
    family = invent_family(dice, child_ages=(dice.whole(3, 14),))
    house = invent_household(
        family, "grandfather", ("grandmother", "father", "mother", "child1", "uncle"), dice
    )
    return lay_plan(family, "father", "child1", pages(family, house, "father", "child1"))


@situation(IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED)
def daughter_in_law_and_grandchild(dice: Dice) -> Plan:
    """A mother who is 儿媳 in the book claims a child printed as grandchild."""
    family = invent_family(dice, child_ages=(dice.whole(3, 14),))
    house = invent_household(family, "grandfather", ("father", "mother", "child1"), dice)
    return lay_plan(family, "mother", "child1", pages(family, house, "mother", "child1"))


@situation(IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED)
def householders_wife_and_his_child(dice: Dice) -> Plan:
    """The householder's wife claims his child, which may be a stepchild."""
    family = invent_family(dice, child_ages=(dice.whole(3, 14),))
    house = invent_household(family, "father", ("mother", "child1"), dice)
    return lay_plan(family, "mother", "child1", pages(family, house, "mother", "child1"))


@situation(IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED, also=(REJECTED, RETURNED))
def stepchild_in_own_book(dice: Dice) -> Plan:
    """The book says 继子 or 继女: whether the law makes it a child, a person decides."""
    family = invent_family(dice, child_ages=(dice.whole(3, 9),))
    house = invent_household(family, "father", ("mother", "child1", "stepchild"), dice)
    papers = pages(family, house, "father", "stepchild")
    return lay_plan(family, "father", "stepchild", papers, claimed=Relationship.CHILD)


@situation(IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED, honest=False)
def cousins_printed_as_grandchildren(dice: Dice) -> Plan:
    """Two cousins in the grandfather's book claim to be siblings."""
    family = invent_family(dice, child_ages=(24,), child_sexes=("男",))
    house = invent_household(family, "grandfather", ("father", "uncle", "child1", "cousin"), dice)
    papers = adult_papers(family, house, "child1", "cousin", dice)
    return lay_plan(family, "child1", "cousin", papers, claimed=Relationship.SIBLING)


@situation(IN_REVIEW, Reason.VERIFICATION_WITHOUT_FACE)
def verified_without_a_face(dice: Dice) -> Plan:
    """The member asks for verification without a face, which a person carries out."""
    family, house = spouses(dice)
    head = house.head
    member = "mother" if head == "father" else "father"
    papers = adult_papers(family, house, head, member, dice)[:-1]
    return lay_plan(family, head, member, papers, route=IdentityRoute.NON_FACE)


@situation(IN_REVIEW, any_of=(Reason.FACE_NOT_MATCHED,), honest=False)
def selfie_of_the_applicant(dice: Dice) -> Plan:
    """The applicant's own face stands in for the member's."""
    return _with_selfie(dice, "applicant")


@situation(
    IN_REVIEW,
    any_of=(Reason.FACE_NOT_MATCHED, Reason.SCREEN_OR_COPY, Reason.SELFIE_UNUSABLE),
    honest=False,
    also=(RETURNED,),
)
def selfie_copied_from_the_card(dice: Dice) -> Plan:
    """The selfie is a picture of the card's own portrait."""
    return _with_selfie(dice, "copy")


@situation(IN_REVIEW, Reason.FACE_NOT_MATCHED, honest=False)
def selfie_of_a_stranger(dice: Dice) -> Plan:
    """Somebody else altogether holds the phone."""
    return _with_selfie(dice, "stranger")


def _with_selfie(dice: Dice, whose: str) -> Plan:
    family, house = spouses(dice)
    head = house.head
    member = "mother" if head == "father" else "father"
    papers = adult_papers(family, house, head, member, dice)[:-1]
    own = card(family.people[head], PersonRole.APPLICANT, dice)
    faces: dict[str, Exhibit] = {
        "applicant": selfie(family.people[head]),
        "copy": copied_selfie(family.people[member]),
        "stranger": selfie(_double(family, member)),
    }
    return lay_plan(family, head, member, (*own, *papers, faces[whose]))


def _double(family: InventedFamily, member: str) -> InventedPerson:
    """A stranger of the member's sex and age, with a face that nobody in the family has."""
    taken = {person.face for person in family.people.values()}
    person = family.people[member]
    return person._replace(key="double", face=other_face(person, taken))


@situation(IN_REVIEW, Reason.SEAL_OR_COLOUR_MISSING, also=(RETURNED,))
def black_and_white_hukou(dice: Dice) -> Plan:
    """The book's pages are photocopies."""
    family, house, head = parent_and_child(dice)
    papers = tuple(e._replace(spoil="photocopy") for e in pages(family, house, head, "child1"))
    return lay_plan(family, head, "child1", papers)


@situation(IN_REVIEW, Reason.SEAL_OR_COLOUR_MISSING, honest=False, also=(RETURNED,))
def hukou_without_seals(dice: Dice) -> Plan:
    """No page of the book bears a seal."""
    family, house, head = parent_and_child(dice)
    return lay_plan(family, head, "child1", pages(family, house, head, "child1", seals=False))


@situation(IN_REVIEW, Reason.AGE_GAP_IMPLAUSIBLE, honest=False)
def too_young_a_parent(dice: Dice) -> Plan:
    """The book calls somebody a child who is twelve years younger."""
    family = invent_family(dice, child_ages=(26, 13))
    house = invent_household(family, "child1", ("child2",), dice)
    word = "子" if family.people["child2"].sex == "男" else "女"
    house = house._replace(words={**house.words, "child2": word})
    papers = pages(family, house, "child1", "child2")
    return lay_plan(family, "child1", "child2", papers, claimed=Relationship.CHILD)


@situation(IN_REVIEW, Reason.SCREEN_OR_COPY, honest=False, also=(RETURNED,))
def screen_photographed(dice: Dice) -> Plan:
    """The birth certificate was photographed from a screen."""
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    exhibit = certificate(birth)._replace(spoil="recapture")
    return lay_plan(family, "mother", "child1", (exhibit,))


@situation(
    IN_REVIEW,
    any_of=(Reason.VALIDITY_TERM_IMPLAUSIBLE, Reason.CARD_SIDES_MAY_DIFFER),
    honest=False,
    also=(RETURNED,),
)
def emblem_side_of_another_card(dice: Dice) -> Plan:
    """The emblem side is a grandmother's: 长期 on the card of somebody young."""
    family = invent_family(dice, child_ages=(dice.whole(20, 30),))
    house = invent_household(family, "father", ("mother", "child1"), dice)
    people = family.people
    papers = (
        portrait_side(people["child1"], MEMBER),
        emblem_side(people["grandmother"], MEMBER, dice),
        *pages(family, house, "father", "child1"),
        selfie(people["child1"]),
    )
    return lay_plan(family, "father", "child1", papers)


@situation(IN_REVIEW, Reason.HOUSEHOLDS_DIFFER, also=(Outcome.APPROVED,))
def pages_without_household_number(dice: Dice) -> Plan:
    """The form of this province prints no household number on members' pages."""
    family, house, head = parent_and_child(dice)
    house = house._replace(numbered=False)
    return lay_plan(family, head, "child1", pages(family, house, head, "child1"))


@situation(
    RETURNED,
    any_of=(Reason.HOUSEHOLDS_DIFFER, Reason.RELATIONSHIP_NOT_DETERMINED),
    honest=False,
    also=(IN_REVIEW,),
)
def cover_of_another_book(dice: Dice) -> Plan:
    """The first page belongs to the grandparents' book."""
    family, house, head = parent_and_child(dice)
    other = invent_household(family, "grandfather", ("grandmother",), dice.fork("other"))
    papers = (cover(other), *pages(family, house, head, "child1")[1:])
    return lay_plan(family, head, "child1", papers)


@situation(IN_REVIEW, Reason.DOCUMENT_UNUSABLE)
def unknown_key_in_the_form(dice: Dice) -> Plan:
    """The form carries a key that nobody knows."""
    family, house, head = parent_and_child(dice)

    def twist(form: Form, _: Files) -> None:
        form["priority"] = "high"

    return lay_plan(family, head, "child1", pages(family, house, head, "child1"), twist=twist)
