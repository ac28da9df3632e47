"""Applications that deserve to be approved."""

from models.decision.decision import Outcome
from models.intake.application import BindingMethod, IdentityRoute
from specimens.dice import Dice
from specimens.papers.certificates.birth import invent_birth
from specimens.people.families import invent_family
from specimens.people.households import invent_household
from specimens.people.invented_names import MAJORITY, NameStyle
from specimens.situations.exhibits import (
    APPLICANT,
    MEMBER,
    both_sides,
    card,
    certificate,
    cover,
    letter,
    open_book,
    page,
    pages,
    selfie,
)
from specimens.situations.planning import adult_papers, lay_plan, parent_and_child, spouses
from specimens.situations.situation import Plan, situation

APPROVED, IN_REVIEW = Outcome.APPROVED, Outcome.IN_REVIEW


@situation(APPROVED)
def child_by_birth_certificate(dice: Dice) -> Plan:
    """A parent binds a minor child with the birth certificate."""
    family = invent_family(dice, child_ages=(dice.whole(1, 15),))
    birth = invent_birth(
        family.people["child1"], family.people["mother"], family.people["father"], dice
    )
    parent = dice.pick(("mother", "father"))
    own = card(family.people[parent], APPLICANT, dice) if dice.chance(0.5) else ()
    return lay_plan(family, parent, "child1", (*own, certificate(birth)))


@situation(APPROVED)
def child_of_a_mother_alone(dice: Dice) -> Plan:
    """A mother binds her child; the certificate gives no father."""
    family = invent_family(dice, child_ages=(dice.whole(1, 12),))
    birth = invent_birth(family.people["child1"], family.people["mother"], None, dice)
    return lay_plan(family, "mother", "child1", (certificate(birth),))


@situation(APPROVED)
def child_in_own_book(dice: Dice) -> Plan:
    """A householder binds a minor child registered in the same book."""
    family, house, head = parent_and_child(dice)
    return lay_plan(family, head, "child1", pages(family, house, head, "child1"))


@situation(APPROVED)
def second_of_three_children(dice: Dice) -> Plan:
    """A mother who heads the household binds the second of three children."""
    family = invent_family(dice, child_ages=(13, 9, 4))
    house = invent_household(family, "mother", ("father", "child1", "child2", "child3"), dice)
    return lay_plan(family, "mother", "child2", pages(family, house, "mother", "child2"))


@situation(APPROVED)
def spouse_in_one_book(dice: Dice) -> Plan:
    """Husband and wife in one book, with the member's face."""
    family, house = spouses(dice)
    head = house.head
    other = "mother" if head == "father" else "father"
    applicant, member = dice.pick(((head, other), (other, head)))
    papers = adult_papers(family, house, applicant, member, dice)
    return lay_plan(
        family, applicant, member, (*card(family.people[applicant], APPLICANT, dice), *papers)
    )


@situation(APPROVED)
def parent_in_own_book(dice: Dice) -> Plan:
    """A grown child heads the book in which the mother or father lives."""
    family = invent_family(dice, child_ages=(dice.whole(24, 30),))
    member = dice.pick(("mother", "father"))
    house = invent_household(family, "child1", ("mother", "father"), dice)
    return lay_plan(family, "child1", member, adult_papers(family, house, "child1", member, dice))


@situation(APPROVED)
def parent_who_heads_the_book(dice: Dice) -> Plan:
    """A grown child binds the parent who heads the book."""
    family = invent_family(dice, child_ages=(dice.whole(23, 29),))
    head, other = dice.pick((("mother", "father"), ("father", "mother")))
    house = invent_household(family, head, (other, "child1"), dice)
    papers = adult_papers(family, house, "child1", head, dice)
    return lay_plan(
        family, "child1", head, (*card(family.people["child1"], APPLICANT, dice), *papers)
    )


@situation(APPROVED)
def grandchild_in_grandparents_book(dice: Dice) -> Plan:
    """A grandparent who heads the book binds a minor grandchild."""
    family = invent_family(dice, child_ages=(dice.whole(3, 12),))
    head = dice.pick(("grandfather", "grandmother"))
    house = invent_household(family, head, ("father", "mother", "child1"), dice)
    return lay_plan(family, head, "child1", pages(family, house, head, "child1"))


@situation(APPROVED)
def grandparent_who_heads_the_book(dice: Dice) -> Plan:
    """A grown grandchild binds the grandfather who heads the book."""
    family = invent_family(dice, child_ages=(dice.whole(20, 24),))
    house = invent_household(family, "grandfather", ("grandmother", "father", "child1"), dice)
    papers = adult_papers(family, house, "child1", "grandfather", dice)
    return lay_plan(family, "child1", "grandfather", papers)


@situation(APPROVED)
def three_generations_with_birth_certificate(dice: Dice) -> Plan:
    """Father and child in the grandparents' book: the certificate settles whose child it is."""
    family = invent_family(dice, child_ages=(dice.whole(2, 13),))
    people = family.people
    house = invent_household(
        family, "grandfather", ("grandmother", "father", "mother", "child1"), dice
    )
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    papers = (*pages(family, house, "father", "child1"), certificate(birth))
    return lay_plan(family, "father", "child1", papers)


@situation(APPROVED)
def siblings_with_birth_certificates(dice: Dice) -> Plan:
    """Grown brother and sister; both certificates name the same parents."""
    sexes = dice.pick(("男女", "女男"))
    family = invent_family(dice, child_ages=(24, 20), child_sexes=sexes)
    people = family.people
    house = invent_household(family, "father", ("mother", "child1", "child2"), dice)
    births = [
        certificate(invent_birth(people[key], people["mother"], people["father"], dice), role)
        for key, role in (("child1", APPLICANT), ("child2", MEMBER))
    ]
    papers = adult_papers(family, house, "child1", "child2", dice)
    own = card(people["child1"], APPLICANT, dice)
    return lay_plan(family, "child1", "child2", (*own, *papers, *births))


@situation(APPROVED)
def names_with_a_middle_dot(dice: Dice) -> Plan:
    """A minority family whose names carry a middle dot, child by birth certificate."""
    style = NameStyle(dice.pick(("维吾尔", "哈萨克")), dotted=True, rare=0)
    family = invent_family(dice, child_ages=(dice.whole(2, 14),), style=style)
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    own = card(people["mother"], APPLICANT, dice)
    return lay_plan(family, "mother", "child1", (*own, certificate(birth)))


@situation(APPROVED, also=(IN_REVIEW,))
def rare_characters_in_the_names(dice: Dice) -> Plan:
    """Everybody's name holds a rare character; a reader may well be unsure."""
    style = NameStyle(MAJORITY, dotted=False, rare=1.0)
    family = invent_family(dice, child_ages=(dice.whole(3, 15),), style=style)
    house = invent_household(family, "mother", ("father", "child1"), dice)
    return lay_plan(family, "mother", "child1", pages(family, house, "mother", "child1"))


@situation(APPROVED)
def remote_authorisation_of_an_elder(dice: Dice) -> Plan:
    """A parent over sixty authorises from afar instead of showing a face."""
    family = invent_family(dice, child_ages=(dice.whole(38, 40),))
    member = dice.pick(("father", "mother"))
    house = invent_household(family, "child1", ("father", "mother"), dice)
    papers = (
        *card(family.people[member], MEMBER, dice),
        *pages(family, house, "child1", member),
    )
    return lay_plan(family, "child1", member, papers, route=IdentityRoute.REMOTE_AUTHORIZATION)


@situation(APPROVED)
def child_of_sixteen(dice: Dice) -> Plan:
    """Sixteen is of age here: card, both pages and a face."""
    family, house, head = parent_and_child(dice, age=16)
    return lay_plan(family, head, "child1", adult_papers(family, house, head, "child1", dice))


@situation(APPROVED)
def newborn_by_certificate_number(dice: Dice) -> Plan:
    """A baby without a number of its own, bound by the certificate's number."""
    family = invent_family(dice, child_ages=(0,))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    papers = (*card(people["mother"], APPLICANT, dice), certificate(birth))
    return lay_plan(
        family,
        "mother",
        "child1",
        papers,
        method=BindingMethod.BIRTH_CERTIFICATE,
        certificate_number=birth.number,
    )


@situation(APPROVED)
def adopted_child(dice: Dice) -> Plan:
    """The book calls the child 养子 or 养女, which is a child in law."""
    family, house, head = parent_and_child(dice)
    word = "养子" if family.people["child1"].sex == "男" else "养女"
    house = house._replace(words={**house.words, "child1": word})
    return lay_plan(family, head, "child1", pages(family, house, head, "child1"))


@situation(APPROVED)
def two_books_and_a_birth_certificate(dice: Dice) -> Plan:
    """Parent and child stand in two books; the certificate alone proves it."""
    family = invent_family(dice, child_ages=(dice.whole(2, 14),))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    house = invent_household(family, "father", ("mother",), dice)
    papers = (page(family, "father", house, APPLICANT), certificate(birth))
    return lay_plan(family, "father", "child1", papers)


@situation(APPROVED)
def commitment_on_screen_and_on_paper(dice: Dice) -> Plan:
    """An agreed commitment with the printed letter added for good measure."""
    family, house, head = parent_and_child(dice)
    people = family.people
    papers = (
        *pages(family, house, head, "child1"),
        letter(people[head], people["child1"], family.relationship(head, "child1")),
    )
    return lay_plan(family, head, "child1", papers)


@situation(APPROVED)
def both_sides_in_one_picture(dice: Dice) -> Plan:
    """Husband and wife; the member's card lies on one sheet, both sides."""
    family, house = spouses(dice)
    head = house.head
    member = "mother" if head == "father" else "father"
    person = family.people[member]
    papers = (
        both_sides(person, MEMBER, dice),
        *pages(family, house, head, member),
        selfie(person),
    )
    return lay_plan(family, head, member, papers)


@situation(APPROVED)
def two_pages_in_one_picture(dice: Dice) -> Plan:
    """The book lies open: both pages are in one picture."""
    family, house, head = parent_and_child(dice)
    papers = (cover(house), open_book(family, house, head, "child1"))
    return lay_plan(family, head, "child1", papers)


@situation(APPROVED)
def all_pages_in_one_pdf(dice: Dice) -> Plan:
    """Cover and pages were scanned into one PDF file."""
    family, house, head = parent_and_child(dice)
    papers = pages(family, house, head, "child1")
    return lay_plan(family, head, "child1", papers, bound_as_pdf=True)


@situation(APPROVED, also=(IN_REVIEW,))
def cover_left_out(dice: Dice) -> Plan:
    """Both pages are there, the book's first page is not."""
    family, house, head = parent_and_child(dice)
    papers = tuple(
        page(family, key, house, role) for key, role in ((head, APPLICANT), ("child1", MEMBER))
    )
    return lay_plan(family, head, "child1", papers)


@situation(APPROVED, also=(IN_REVIEW,))
def certificate_used_here_first(dice: Dice) -> Plan:
    """An honest application whose certificate somebody copies; in one batch both are seen."""
    common = dice.common("reused certificate")
    family = invent_family(common, child_ages=(5,))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], common)
    exhibit = certificate(birth)._replace(stream="reused certificate")
    return lay_plan(family, "mother", "child1", (exhibit,))


@situation(APPROVED)
def second_selfie_in_bad_hair(dice: Dice) -> Plan:
    """The member's other selfie, taken on another day."""
    family, house = spouses(dice)
    head = house.head
    member = "mother" if head == "father" else "father"
    papers = adult_papers(family, house, head, member, dice)
    papers = (*papers[:-1], selfie(family.people[member], shot="selfie2"))
    return lay_plan(family, head, member, papers)
