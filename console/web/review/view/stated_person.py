"""What a stated number says of its bearer, beside the masked number: sex and age."""

from typing import NamedTuple

from models.intake.application import Application, PersonRole
from models.policy.policy import AgeRules
from tasks.identity.identities import People


class StatedPersonView(NamedTuple):
    """Sex and completed years on the day of handing in; both as a valid number tells them."""

    sex: str
    years: int


def stated_people(form: Application, ages: AgeRules) -> dict[str, StatedPersonView]:
    """By role; who states no valid number is left out.

    Whether two people may be parent and child is judged by this, and masks hide it.
    """
    people, on = People.of(form), form.submitted_on
    numbers = {role.value: people.stated[role.value].number for role in PersonRole}
    return {
        role: StatedPersonView(number.sex, ages.age(number.birth_date, on))
        for role, number in numbers.items()
        if number is not None
    }
