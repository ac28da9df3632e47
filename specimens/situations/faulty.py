"""Applications that the applicant must mend: something is missing, wrong or unreadable."""

import datetime as dt
from collections.abc import Callable

from models.application import BindingMethod, ConsentKind, IdentityRoute, Relationship
from models.decision import Outcome
from models.document import DocumentKind
from models.id_number import check_character
from models.reason import Code
from specimens.dice import Dice
from specimens.families import invent_family
from specimens.households import invent_household, invent_household_number
from specimens.papers.birth_certificate import invent_birth
from specimens.papers.id_card import draw_portrait_side
from specimens.papers.lookalike import LOOKALIKES
from specimens.papers.selfie import take_empty_selfie, take_group_selfie
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
from specimens.situations.planning import adult_papers, lay_plan, parent_and_child, spouses
from specimens.situations.situation import Exhibit, Files, Form, Plan, situation
from specimens.spoil import paste_over

RETURNED, IN_REVIEW, REJECTED = Outcome.RETURNED, Outcome.IN_REVIEW, Outcome.REJECTED
Twist = Callable[[Form, Files], None]


def _child(dice: Dice, twist: Twist | None = None) -> Plan:
    family, house, head = parent_and_child(dice)
    return lay_plan(family, head, "child1", pages(family, house, head, "child1"), twist=twist)


def _couple(dice: Dice) -> Plan:
    """Papers in this order: portrait side, emblem side, cover, two pages, selfie."""
    family, house = spouses(dice)
    head = house.head
    member = "mother" if head == "father" else "father"
    return lay_plan(family, head, member, adult_papers(family, house, head, member, dice))


def _certified(dice: Dice) -> tuple[Plan, Exhibit]:
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    exhibit = certificate(birth)
    return lay_plan(family, "mother", "child1", (exhibit,)), exhibit


# What the form says.


@situation(RETURNED, Code.F02)
def number_with_a_changed_digit(dice: Dice) -> Plan:
    """One digit of the member's number is mistyped; the check digit tells."""

    def twist(form: Form, _: Files) -> None:
        number = form["member"]["id_number"]
        at = dice.whole(14, 16)
        form["member"]["id_number"] = (
            number[:at] + str((int(number[at]) + dice.whole(1, 9)) % 10) + number[at + 1 :]
        )

    return _child(dice, twist)


@situation(RETURNED, any_of=(Code.X02, Code.X03), also=(IN_REVIEW,), honest=False)
def number_of_somebody_else(dice: Dice) -> Plan:
    """The form gives a valid number of another day; the papers show the true one."""

    def twist(form: Form, _: Files) -> None:
        number = form["member"]["id_number"]
        day = "11" if number[12:14] != "11" else "17"
        body = number[:12] + day + number[14:17]
        form["member"]["id_number"] = body + check_character(body)

    return _child(dice, twist)


@situation(RETURNED, Code.X01)
def name_differs_from_the_papers(dice: Dice) -> Plan:
    """The form's name is not the papers'."""

    def twist(form: Form, _: Files) -> None:
        form["member"]["name"] = dice.pick(("赵文博", "钱思雨", "孙国栋", "李晓燕"))

    return _child(dice, twist)


@situation(RETURNED, Code.F01)
def name_is_not_a_name(dice: Dice) -> Plan:
    """Letters and a digit stand in the name."""

    def twist(form: Form, _: Files) -> None:
        form["member"]["name"] = dice.pick(("Xiaoming2", "李-四?", ""))

    return _child(dice, twist)


@situation(RETURNED, Code.F05)
def relation_not_given(dice: Dice) -> Plan:
    """Nobody chose a relation."""

    def twist(form: Form, _: Files) -> None:
        form["relationship"] = None

    return _child(dice, twist)


@situation(RETURNED, Code.F04)
def certificate_number_malformed(dice: Dice) -> Plan:
    """Binding by birth certificate with eight digits and no letter."""
    plan, exhibit = _certified(dice)

    def twist(form: Form, _: Files) -> None:
        form["member"]["birth_certificate_number"] = "32015588"
        form["member"]["id_number"] = None

    return plan._replace(exhibits=(exhibit,), method=BindingMethod.BIRTH_CERTIFICATE, twist=twist)


@situation(RETURNED, any_of=(Code.R02,), also=(REJECTED,))
def direction_reversed(dice: Dice) -> Plan:
    """A child enters 'child' for a parent: the direction is the wrong way round."""
    family = invent_family(dice, child_ages=(dice.whole(23, 29),))
    house = invent_household(family, "father", ("mother", "child1"), dice)
    papers = adult_papers(family, house, "child1", "father", dice)
    return lay_plan(family, "child1", "father", papers, claimed=Relationship.CHILD)


@situation(RETURNED, Code.A03)
def applicant_not_verified(dice: Dice) -> Plan:
    """The applicant never proved the own name."""

    def twist(form: Form, _: Files) -> None:
        form["applicant"]["real_name_verified_at"] = None

    return _child(dice, twist)


@situation(RETURNED, Code.A07, also=(IN_REVIEW,))
def member_not_insured(dice: Dice) -> Plan:
    """The member is in no scheme."""

    def twist(form: Form, _: Files) -> None:
        form["member"]["insurance_type"] = None
        form["member"]["insured_region"] = None

    return _child(dice, twist)


@situation(RETURNED, Code.D31)
def insured_in_another_province(dice: Dice) -> Plan:
    """The member is insured in another province and shows no certificate of it."""

    def twist(form: Form, _: Files) -> None:
        here = form["member"]["insured_region"]
        form["member"]["insured_region"] = "440100" if here[:2] != "44" else "330100"

    return _child(dice, twist)


# What was agreed to.


@situation(RETURNED, Code.C01)
def notice_not_agreed(dice: Dice) -> Plan:
    """The notice was never agreed to."""
    return _child(dice)._replace(consents=(ConsentKind.COMMITMENT,))


@situation(RETURNED, Code.C02)
def commitment_missing(dice: Dice) -> Plan:
    """No commitment, neither on the screen nor on paper."""
    return _child(dice)._replace(consents=(ConsentKind.NOTICE,))


@situation(RETURNED, Code.C04)
def guardian_not_asked(dice: Dice) -> Plan:
    """A grandparent binds a small child and no guardian confirmed it."""
    family = invent_family(dice, child_ages=(dice.whole(3, 12),))
    house = invent_household(family, "grandfather", ("father", "mother", "child1"), dice)
    papers = pages(family, house, "grandfather", "child1")
    both = (ConsentKind.NOTICE, ConsentKind.COMMITMENT)
    return lay_plan(family, "grandfather", "child1", papers, consents=both)


@situation(RETURNED, Code.P04)
def face_without_consent(dice: Dice) -> Plan:
    """A selfie is there, the separate consent to its use is not."""
    return _couple(dice)._replace(consents=(ConsentKind.NOTICE, ConsentKind.COMMITMENT))


# Which papers are there.


@situation(RETURNED, Code.E01)
def expired_card(dice: Dice) -> Plan:
    """The member's card ran out."""
    family = invent_family(dice, child_ages=(dice.whole(18, 30),))
    house = invent_household(family, "mother", ("father", "child1"), dice)
    papers = adult_papers(family, house, "mother", "child1", dice)
    old = card(family.people["child1"], MEMBER, dice, expired=True)
    return lay_plan(family, "mother", "child1", (*old, *papers[2:]))


@situation(RETURNED, Code.D02)
def emblem_side_missing(dice: Dice) -> Plan:
    """Only the side with the face was uploaded."""
    plan = _couple(dice)
    return plan._replace(exhibits=(plan.exhibits[0], *plan.exhibits[2:]))


@situation(RETURNED, any_of=(Code.D03, Code.D02))
def same_side_twice(dice: Dice) -> Plan:
    """The side with the face was photographed twice."""
    plan = _couple(dice)
    again = plan.exhibits[0]._replace(hint=DocumentKind.ID_CARD_EMBLEM)
    return plan._replace(exhibits=(plan.exhibits[0], again, *plan.exhibits[2:]))


@situation(RETURNED, any_of=(Code.D04, Code.D02), also=(IN_REVIEW,))
def something_else_under_a_hint(dice: Dice) -> Plan:
    """A bank card, a page of text or the like passes for the emblem side."""
    plan = _couple(dice)
    which = dice.pick(LOOKALIKES)
    wrong = lookalike(which, plan.member, MEMBER, DocumentKind.ID_CARD_EMBLEM)
    return plan._replace(exhibits=(plan.exhibits[0], wrong, *plan.exhibits[2:]))


@situation(RETURNED, any_of=(Code.D10, Code.D20), also=(IN_REVIEW,))
def applicants_page_missing(dice: Dice) -> Plan:
    """The applicant's own page is not there."""
    plan = _child(dice)
    return plan._replace(exhibits=(plan.exhibits[0], plan.exhibits[2]))


@situation(RETURNED, any_of=(Code.D11, Code.D20), also=(IN_REVIEW,))
def members_page_missing(dice: Dice) -> Plan:
    """The member's page is not there."""
    plan = _couple(dice)
    return plan._replace(exhibits=(*plan.exhibits[:4], plan.exhibits[5]))


@situation(RETURNED, any_of=(Code.D20, Code.R03, Code.X05), also=(IN_REVIEW,))
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


@situation(RETURNED, any_of=(Code.X05, Code.D20), also=(IN_REVIEW,), honest=False)
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


@situation(RETURNED, any_of=(Code.D16, Code.D20, Code.R03), also=(IN_REVIEW,))
def collective_household(dice: Dice) -> Plan:
    """A collective household's pages prove no kinship."""
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    house = invent_household(family, "stranger", ("mother", "child1"), dice, collective=True)
    return lay_plan(family, "mother", "child1", pages(family, house, "mother", "child1"))


@situation(RETURNED, Code.X06, honest=False, also=(IN_REVIEW,))
def certificate_names_other_parents(dice: Dice) -> Plan:
    """An uncle hands in the child's certificate as if the child were his."""
    family = invent_family(dice, child_ages=(dice.whole(2, 12),))
    people = family.people
    birth = invent_birth(people["child1"], people["mother"], people["father"], dice)
    return lay_plan(family, "uncle", "child1", (certificate(birth),), claimed=Relationship.CHILD)


@situation(RETURNED, Code.E03, also=(IN_REVIEW,), honest=False)
def cancelled_page(dice: Dice) -> Plan:
    """The member's page is stamped as cancelled."""
    family, house, head = parent_and_child(dice)
    stamp = dice.pick(("注销", "迁出", "已迁出", "死亡注销"))
    papers = (
        *pages(family, house, head, "child1")[:2],
        page(family, "child1", house, MEMBER, stamp=stamp),
    )
    return lay_plan(family, head, "child1", papers)


@situation(RETURNED, any_of=(Code.Q07, Code.X02, Code.X03), also=(IN_REVIEW,), honest=False)
def number_pasted_over(dice: Dice) -> Plan:
    """A scrap with another number covers the card's own; the form repeats the false one."""
    plan = _couple(dice)
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
    any_of=(Code.X20, Code.X01, Code.X06, Code.D20),
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


# What the pictures are like.


def _one_bad(dice: Dice, *, spoil: str | None = None, **adjust: float) -> Plan:
    """A child's application whose last page was badly photographed."""
    plan = _child(dice)
    *good, last = plan.exhibits
    bad = last._replace(spoil=spoil, level="phone", adjust=tuple(adjust.items()))
    return plan._replace(exhibits=(*good, bad))


@situation(RETURNED, any_of=(Code.Q01, Code.Q05, Code.Q06), also=(IN_REVIEW,))
def blurred_page(dice: Dice) -> Plan:
    """The member's page is out of focus."""
    return _one_bad(dice, blur=9.0, long_side=1600)


@situation(RETURNED, any_of=(Code.Q06, Code.Q01, Code.Q05), also=(IN_REVIEW,))
def thumbnail_uploaded(dice: Dice) -> Plan:
    """A thumbnail instead of the photograph."""
    return _one_bad(dice, long_side=420)


@situation(RETURNED, any_of=(Code.Q03, Code.Q05), also=(IN_REVIEW,))
def page_cut_off(dice: Dice) -> Plan:
    """A part of the page lies outside the picture."""
    return _one_bad(dice, spoil="cut")


@situation(RETURNED, any_of=(Code.Q02, Code.Q03, Code.Q05), also=(IN_REVIEW,))
def finger_over_the_number(dice: Dice) -> Plan:
    """A thumb covers the number."""
    return _one_bad(dice, spoil="finger")


@situation(RETURNED, any_of=(Code.Q02, Code.Q05), also=(IN_REVIEW,))
def flash_over_the_number(dice: Dice) -> Plan:
    """The flash burns out the number."""
    return _one_bad(dice, spoil="flash")


@situation(RETURNED, Code.P02, also=(IN_REVIEW,))
def nobody_in_the_selfie(dice: Dice) -> Plan:
    """The selfie shows a wall."""
    plan = _couple(dice)
    empty = Exhibit(take_empty_selfie, DocumentKind.SELFIE, MEMBER)
    return plan._replace(exhibits=(*plan.exhibits[:-1], empty))


@situation(RETURNED, Code.P02, also=(IN_REVIEW,))
def two_in_the_selfie(dice: Dice) -> Plan:
    """Member and applicant smile together."""
    plan = _couple(dice)
    both = (plan.applicant, plan.member)
    group = Exhibit(lambda bench: take_group_selfie(both, bench), DocumentKind.SELFIE, MEMBER)
    return plan._replace(exhibits=(*plan.exhibits[:-1], group))


# What is wrong with the folder.


@situation(RETURNED, Code.D04, also=(IN_REVIEW,))
def file_missing(dice: Dice) -> Plan:
    """The form names a picture that is not there."""

    def twist(form: Form, files: Files) -> None:
        del files[form["documents"][-1]["file"]]

    return _child(dice, twist)


@situation(RETURNED, Code.D04, also=(IN_REVIEW,))
def file_outside_the_folder(dice: Dice) -> Plan:
    """The form points outside its folder."""

    def twist(form: Form, _: Files) -> None:
        form["documents"].append({"file": "../other/01.jpg", "kind": None, "person": None})

    return _child(dice, twist)


@situation(RETURNED, Code.A03)
def verified_long_ago(dice: Dice) -> Plan:
    """The proof of the applicant's name is three years old."""

    def twist(form: Form, _: Files) -> None:
        old = dt.datetime(2023, 9, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
        form["applicant"]["real_name_verified_at"] = old.isoformat()

    return _child(dice, twist)


@situation(RETURNED, any_of=(Code.P04,), also=(IN_REVIEW,))
def grown_member_without_a_route(dice: Dice) -> Plan:
    """An adult's application says nothing about the member's own will."""
    plan = _couple(dice)
    return plan._replace(
        exhibits=plan.exhibits[:-1],
        route=IdentityRoute.NONE,
        consents=(ConsentKind.NOTICE, ConsentKind.COMMITMENT),
    )
