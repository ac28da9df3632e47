"""Applications that no further paper of the same people can save."""

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import InsuranceType, Product, Relationship
from specimens.dice import Dice
from specimens.people.families import invent_family
from specimens.people.households import invent_household
from specimens.situations.exhibits import APPLICANT, card, pages
from specimens.situations.planning import adult_papers, lay_plan, parent_and_child
from specimens.situations.situation import Files, Form, Plan, situation

REJECTED, RETURNED, IN_REVIEW = Outcome.REJECTED, Outcome.RETURNED, Outcome.IN_REVIEW
NOT_ELIGIBLE = (Reason.RELATIONSHIP_NOT_ELIGIBLE, Reason.RELATIONSHIP_CONTRADICTED)


@situation(RETURNED, any_of=NOT_ELIGIBLE, honest=False, also=(REJECTED, IN_REVIEW))
def nephew_claimed_as_child(dice: Dice) -> Plan:
    """The book says 侄子 or 侄女, the form says child."""
    family = invent_family(dice, child_ages=(dice.whole(3, 13),))
    house = invent_household(family, "uncle", ("uncles_wife", "cousin", "child1"), dice)
    papers = pages(family, house, "uncle", "child1")
    return lay_plan(family, "uncle", "child1", papers, claimed=Relationship.CHILD)


@situation(RETURNED, any_of=NOT_ELIGIBLE, honest=False, also=(REJECTED, IN_REVIEW))
def parent_in_law_claimed_as_parent(dice: Dice) -> Plan:
    """The book says 岳母, 公公 or the like, the form says parent."""
    family = invent_family(dice, child_ages=(dice.whole(8, 20),))
    head, member = dice.pick(
        (
            ("father", "mothers_mother"),
            ("father", "mothers_father"),
            ("mother", "grandfather"),
            ("mother", "grandmother"),
        )
    )
    house = invent_household(family, head, (member, "child1"), dice)
    papers = adult_papers(family, house, head, member, dice)
    return lay_plan(family, head, member, papers, claimed=Relationship.PARENT)


@situation(REJECTED, Reason.RELATIONSHIP_NOT_ELIGIBLE, also=(RETURNED,))
def in_law_claimed_openly(dice: Dice) -> Plan:
    """The form itself asks for a relation that cannot be bound."""
    family = invent_family(dice, child_ages=(dice.whole(8, 20),))
    house = invent_household(family, "father", ("mothers_mother", "mother"), dice)
    papers = adult_papers(family, house, "father", "mothers_mother", dice)
    return lay_plan(family, "father", "mothers_mother", papers, claimed=Relationship.OTHER)


@situation(REJECTED, Reason.BINDING_ONESELF)
def applicant_binds_themselves(dice: Dice) -> Plan:
    """Applicant and member are one person."""
    family, house, head = parent_and_child(dice)
    papers = (*card(family.people[head], APPLICANT, dice), *pages(family, house, head, head)[:2])
    plan = lay_plan(family, head, head, papers, claimed=Relationship.SPOUSE)
    return plan._replace(true=Relationship.OTHER)


@situation(REJECTED, Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT, also=(RETURNED, IN_REVIEW))
def no_employee_account(dice: Dice) -> Plan:
    """Money is to be shared, and the applicant has no employee account to share from."""
    family, house, head = parent_and_child(dice)

    def twist(form: Form, _: Files) -> None:
        form["applicant"]["insurance_type"] = InsuranceType.RESIDENT.value

    papers = pages(family, house, head, "child1")
    return lay_plan(family, head, "child1", papers, product=Product.MUTUAL_AID, twist=twist)
