"""Applications in which a paper is missing, wrong, or says something else."""

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.identity.id_number import check_character
from models.intake.application import Relationship
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.certificates.birth import invent_birth
from specimens.papers.id_card import draw_portrait_side
from specimens.papers.lookalike import LOOKALIKES
from specimens.people.families import invent_family
from specimens.people.households import invent_household, invent_household_number
from specimens.photography.spoil import paste_over
from specimens.situations.cases import child_case, couple_case
from specimens.situations.exhibits import (
    APPLICANT,
    MEMBER,
    card,
    certificate,
    cover,
    lookalike,
    page,
    pages,
)
from specimens.situations.planning import adult_papers, lay_plan, parent_and_child
from specimens.situations.situation import Exhibit, Files, Form, Plan, situation

RETURNED, IN_REVIEW, REJECTED = Outcome.RETURNED, Outcome.IN_REVIEW, Outcome.REJECTED


# Which papers are there.


@situation(RETURNED, Reason.ID_CARD_EXPIRED)
def expired_card(dice: Dice) -> Plan:
    """The member's card ran out."""
    family = invent_family(dice, child_ages=(dice.whole(18, 30),))
    house = invent_household(family, "mother", ("father", "child1"), dice)
    papers = adult_papers(family, house, "mother", "child1", dice)
    old = card(family.people["child1"], MEMBER, dice, expired=True)
    return lay_plan(family, "mother", "child1", (*old, *papers[2:]))


@situation(RETURNED, Reason.EMBLEM_SIDE_MISSING)
def emblem_side_missing(dice: Dice) -> Plan:
    """Only the side with the face was uploaded."""
    plan = couple_case(dice)
    return plan._replace(exhibits=(plan.exhibits[0], *plan.exhibits[2:]))


@situation(RETURNED, any_of=(Reason.SAME_SIDE_TWICE, Reason.EMBLEM_SIDE_MISSING))
def same_side_twice(dice: Dice) -> Plan:
    """The side with the face was photographed twice."""
    plan = couple_case(dice)
    again = plan.exhibits[0]._replace(hint=DocumentKind.ID_CARD_EMBLEM)
    return plan._replace(exhibits=(plan.exhibits[0], again, *plan.exhibits[2:]))


@situation(
    RETURNED, any_of=(Reason.DOCUMENT_UNUSABLE, Reason.EMBLEM_SIDE_MISSING), also=(IN_REVIEW,)
)
def something_else_under_a_hint(dice: Dice) -> Plan:
    """A bank card, a page of text or the like passes for the emblem side."""
    plan = couple_case(dice)
    which = dice.pick(LOOKALIKES)
    wrong = lookalike(which, plan.member, MEMBER, DocumentKind.ID_CARD_EMBLEM)
    return plan._replace(exhibits=(plan.exhibits[0], wrong, *plan.exhibits[2:]))


@situation(
    RETURNED,
    any_of=(Reason.APPLICANT_HUKOU_PAGE_MISSING, Reason.RELATIONSHIP_PROOF_MISSING),
    also=(IN_REVIEW,),
)
def applicants_page_missing(dice: Dice) -> Plan:
    """The applicant's own page is not there."""
    plan = child_case(dice)
    return plan._replace(exhibits=(plan.exhibits[0], plan.exhibits[2]))


@situation(
    RETURNED,
    any_of=(Reason.MEMBER_HUKOU_PAGE_MISSING, Reason.RELATIONSHIP_PROOF_MISSING),
    also=(IN_REVIEW,),
)
def members_page_missing(dice: Dice) -> Plan:
    """The member's page is not there."""
    plan = couple_case(dice)
    return plan._replace(exhibits=(*plan.exhibits[:4], plan.exhibits[5]))


@situation(
    RETURNED,
    any_of=(
        Reason.RELATIONSHIP_PROOF_MISSING,
        Reason.RELATIONSHIP_NOT_DETERMINED,
        Reason.HOUSEHOLDS_DIFFER,
    ),
    also=(IN_REVIEW,),
)
def two_booklets(dice: Dice) -> Plan:
    """Father and child stand in two books and nothing ties them together."""
    family = invent_family(dice, child_ages=(dice.whole(3, 14),))
    own = invent_household(family, "father", ("mother",), dice)
    theirs = invent_household(family, "grandfather", ("grandmother", "child1"), dice)
    papers = (
        cover(own),
        page(family, "father", own, APPLICANT),
        cover(theirs),
        page(family, "child1", theirs, MEMBER),
    )
    return lay_plan(family, "father", "child1", papers)


@situation(
    RETURNED,
    any_of=(Reason.HOUSEHOLDS_DIFFER, Reason.RELATIONSHIP_PROOF_MISSING),
    also=(IN_REVIEW,),
    honest=False,
    shown_by_number=True,
)
def household_numbers_differ(dice: Dice) -> Plan:
    """The two pages bear different household numbers."""
    family, house, head = parent_and_child(dice)
    other = house._replace(number=invent_household_number(house.place, dice.fork("other")))
    papers = (
        cover(house),
        page(family, head, house, APPLICANT),
        page(family, "child1", other, MEMBER),
    )
    return lay_plan(family, head, "child1", papers)


@situation(
    RETURNED,
    any_of=(
        Reason.COLLECTIVE_HOUSEHOLD,
        Reason.RELATIONSHIP_PROOF_MISSING,
        Reason.RELATIONSHIP_NOT_DETERMINED,
    ),
    also=(IN_REVIEW,),
)
def collective_household(dice: Dice) -> Plan:
    """A collective household's pages prove no kinship."""
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    house = invent_household(family, "stranger", ("mother", "child1"), dice, collective=True)
    return lay_plan(family, "mother", "child1", pages(family, house, "mother", "child1"))


@situation(RETURNED, Reason.CERTIFICATE_NAMES_OTHER_PARENTS, honest=False, also=(IN_REVIEW,))
def certificate_names_other_parents(dice: Dice) -> Plan:
    """An uncle hands in the child's certificate as if the child were his."""
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    return lay_plan(family, "uncle", "child1", (certificate(birth),), claimed=Relationship.CHILD)


@situation(RETURNED, Reason.HUKOU_PAGE_CANCELLED, also=(IN_REVIEW,), honest=False)
def cancelled_page(dice: Dice) -> Plan:
    """The member's page is stamped as cancelled."""
    family, house, head = parent_and_child(dice)
    stamp = dice.pick(("注销", "迁出", "已迁出", "死亡注销"))
    papers = (
        *pages(family, house, head, "child1")[:2],
        page(family, "child1", house, MEMBER, stamp=stamp),
    )
    return lay_plan(family, head, "child1", papers)


@situation(
    RETURNED,
    any_of=(Reason.POSSIBLY_EDITED, Reason.BIRTH_DATES_DIFFER, Reason.SEX_OR_NUMBER_CONFLICT),
    also=(IN_REVIEW,),
    honest=False,
)
def number_pasted_over(dice: Dice) -> Plan:
    """A scrap with another number covers the card's own; the form repeats the false one."""
    plan = couple_case(dice)
    person = plan.member
    year = f"{person.birth_date.year + dice.pick((-3, -2, 2, 3))}"
    body = person.id_number[:6] + year + person.id_number[10:17]
    false = body + check_character(body)
    pasted = Exhibit(
        lambda bench: paste_over(draw_portrait_side(person, bench), "id_number", false, bench),
        DocumentKind.ID_CARD_PORTRAIT,
        MEMBER,
    )

    def twist(form: Form, _: Files) -> None:
        form["member"]["id_number"] = false

    return plan._replace(exhibits=(pasted, *plan.exhibits[1:]), twist=twist)


@situation(
    IN_REVIEW,
    any_of=(
        Reason.DOCUMENT_USED_ELSEWHERE,
        Reason.NAMES_DIFFER,
        Reason.CERTIFICATE_NAMES_OTHER_PARENTS,
        Reason.RELATIONSHIP_PROOF_MISSING,
    ),
    also=(RETURNED,),
    honest=False,
    companion="certificate_used_here_first",
)
def certificate_used_elsewhere(dice: Dice) -> Plan:
    """The very file of another family's certificate, under other names."""
    donors = dice.common("reused certificate")
    donor = invent_family(donors, child_ages=(5,))
    people = donor.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], donors)
    exhibit = certificate(birth)._replace(stream="reused certificate")
    family = invent_family(dice, child_ages=(dice.whole(4, 8),))
    return lay_plan(family, "mother", "child1", (exhibit,))
