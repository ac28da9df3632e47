"""Applications whose form or folder the applicant must mend, or in which a consent is missing."""

import datetime as dt

from models.checks.reason import Reason
from models.clock import CHINA
from models.decision.decision import Outcome
from models.identity.id_number import check_character
from models.intake.application import BindingMethod, ConsentKind, IdentityRoute, Relationship
from specimens.dice import Dice
from specimens.people.families import invent_family
from specimens.people.households import invent_household
from specimens.situations.cases import certified_case, child_case, couple_case
from specimens.situations.exhibits import (
    pages,
)
from specimens.situations.planning import adult_papers, lay_plan
from specimens.situations.situation import Files, Form, Plan, situation

RETURNED, IN_REVIEW, REJECTED = Outcome.RETURNED, Outcome.IN_REVIEW, Outcome.REJECTED


# What the form says.


@situation(RETURNED, Reason.ID_NUMBER_INVALID)
def number_with_a_changed_digit(dice: Dice) -> Plan:
    """One digit of the member's number is mistyped; the check digit tells."""

    def twist(form: Form, _: Files) -> None:
        number = form["member"]["id_number"]
        at = dice.whole(14, 16)
        form["member"]["id_number"] = (
            number[:at] + str((int(number[at]) + dice.whole(1, 9)) % 10) + number[at + 1 :]
        )

    return child_case(dice, twist)


@situation(
    RETURNED,
    any_of=(Reason.BIRTH_DATES_DIFFER, Reason.SEX_OR_NUMBER_CONFLICT),
    also=(IN_REVIEW,),
    honest=False,
)
def number_of_somebody_else(dice: Dice) -> Plan:
    """The form gives a valid number of another day; the papers show the true one."""

    def twist(form: Form, _: Files) -> None:
        number = form["member"]["id_number"]
        day = "11" if number[12:14] != "11" else "17"
        body = number[:12] + day + number[14:17]
        form["member"]["id_number"] = body + check_character(body)

    return child_case(dice, twist)


@situation(RETURNED, Reason.NAMES_DIFFER)
def name_differs_from_the_papers(dice: Dice) -> Plan:
    """The form's name is not the papers'."""

    def twist(form: Form, _: Files) -> None:
        form["member"]["name"] = dice.pick(("赵文博", "钱思雨", "孙国栋", "李晓燕"))

    return child_case(dice, twist)


@situation(RETURNED, Reason.NAME_MALFORMED)
def name_is_not_a_name(dice: Dice) -> Plan:
    """Letters and a digit stand in the name."""

    def twist(form: Form, _: Files) -> None:
        form["member"]["name"] = dice.pick(("Xiaoming2", "李-四?", ""))

    return child_case(dice, twist)


@situation(RETURNED, Reason.RELATIONSHIP_NOT_STATED)
def relation_not_given(dice: Dice) -> Plan:
    """Nobody chose a relation."""

    def twist(form: Form, _: Files) -> None:
        form["relationship"] = None

    return child_case(dice, twist)


@situation(RETURNED, Reason.CERTIFICATE_NUMBER_MALFORMED)
def certificate_number_malformed(dice: Dice) -> Plan:
    """Binding by birth certificate with eight digits and no letter."""
    plan, exhibit = certified_case(dice)

    def twist(form: Form, _: Files) -> None:
        form["member"]["birth_certificate_number"] = "32015588"
        form["member"]["id_number"] = None

    return plan._replace(exhibits=(exhibit,), method=BindingMethod.BIRTH_CERTIFICATE, twist=twist)


@situation(RETURNED, any_of=(Reason.RELATIONSHIP_CONTRADICTED,), also=(REJECTED,))
def direction_reversed(dice: Dice) -> Plan:
    """A child enters 'child' for a parent: the direction is the wrong way round."""
    family = invent_family(dice, child_ages=(dice.whole(23, 29),))
    house = invent_household(family, "father", ("mother", "child1"), dice)
    papers = adult_papers(family, house, "child1", "father", dice)
    return lay_plan(family, "child1", "father", papers, claimed=Relationship.CHILD)


@situation(RETURNED, Reason.REAL_NAME_NOT_VERIFIED)
def applicant_not_verified(dice: Dice) -> Plan:
    """The applicant never proved the own name."""

    def twist(form: Form, _: Files) -> None:
        form["applicant"]["real_name_verified_at"] = None

    return child_case(dice, twist)


@situation(RETURNED, Reason.MEMBER_NOT_INSURED, also=(IN_REVIEW,))
def member_not_insured(dice: Dice) -> Plan:
    """The member is in no scheme."""

    def twist(form: Form, _: Files) -> None:
        form["member"]["insurance_type"] = None
        form["member"]["insured_region"] = None

    return child_case(dice, twist)


@situation(RETURNED, Reason.INSURANCE_CERTIFICATE_MISSING)
def insured_in_another_province(dice: Dice) -> Plan:
    """The member is insured in another province and shows no certificate of it."""

    def twist(form: Form, _: Files) -> None:
        here = form["member"]["insured_region"]
        form["member"]["insured_region"] = "440100" if here[:2] != "44" else "330100"

    return child_case(dice, twist)


# What was agreed to.


@situation(RETURNED, Reason.NOTICE_NOT_AGREED)
def notice_not_agreed(dice: Dice) -> Plan:
    """The notice was never agreed to."""
    return child_case(dice)._replace(consents=(ConsentKind.COMMITMENT,))


@situation(RETURNED, Reason.COMMITMENT_MISSING)
def commitment_missing(dice: Dice) -> Plan:
    """No commitment, neither on the screen nor on paper."""
    return child_case(dice)._replace(consents=(ConsentKind.NOTICE,))


@situation(RETURNED, Reason.CONFIRMATION_MISSING)
def guardian_not_asked(dice: Dice) -> Plan:
    """A grandparent binds a small child and no guardian confirmed it."""
    family = invent_family(dice, child_ages=(dice.whole(3, 12),))
    house = invent_household(family, "grandfather", ("father", "mother", "child1"), dice)
    papers = pages(family, house, "grandfather", "child1")
    both = (ConsentKind.NOTICE, ConsentKind.COMMITMENT)
    return lay_plan(family, "grandfather", "child1", papers, consents=both)


@situation(RETURNED, Reason.FACE_CONSENT_MISSING)
def face_without_consent(dice: Dice) -> Plan:
    """A selfie is there, the separate consent to its use is not."""
    return couple_case(dice)._replace(consents=(ConsentKind.NOTICE, ConsentKind.COMMITMENT))


# What is wrong with the folder.


@situation(RETURNED, Reason.DOCUMENT_UNUSABLE, also=(IN_REVIEW,))
def file_missing(dice: Dice) -> Plan:
    """The form names a picture that is not there."""

    def twist(form: Form, files: Files) -> None:
        del files[form["documents"][-1]["file"]]

    return child_case(dice, twist)


@situation(RETURNED, Reason.DOCUMENT_UNUSABLE, also=(IN_REVIEW,))
def file_outside_the_folder(dice: Dice) -> Plan:
    """The form points outside its folder."""

    def twist(form: Form, _: Files) -> None:
        form["documents"].append({"file": "../other/01.jpg", "kind": None, "person": None})

    return child_case(dice, twist)


@situation(RETURNED, Reason.REAL_NAME_NOT_VERIFIED)
def verified_long_ago(dice: Dice) -> Plan:
    """The proof of the applicant's name is three years old."""

    def twist(form: Form, _: Files) -> None:
        old = dt.datetime(2023, 9, 1, 10, tzinfo=CHINA)
        form["applicant"]["real_name_verified_at"] = old.isoformat()

    return child_case(dice, twist)


@situation(RETURNED, any_of=(Reason.FACE_CONSENT_MISSING,), also=(IN_REVIEW,))
def grown_member_without_a_route(dice: Dice) -> Plan:
    """An adult's application says nothing about the member's own will."""
    plan = couple_case(dice)
    return plan._replace(
        exhibits=plan.exhibits[:-1],
        route=IdentityRoute.NONE,
        consents=(ConsentKind.NOTICE, ConsentKind.COMMITMENT),
    )
