import datetime as dt

import pytest

from models.identity.id_number import check_character
from tasks.identity.similarity import Likeness, compare_names, compare_numbers, compare_serials
from tests.tasks.checks.dossiers import CHILD, FATHER

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("read", "expected", "how"),
    [
        ("沈建国", "沈建国", Likeness.SAME),
        ("沈 建国", "沈建国", Likeness.SAME),
        ("买买提•艾力", "买买提·艾力", Likeness.SAME),
        ("沈场", "沈玚", Likeness.ALIKE),
        ("龚宇", "䶮宇", Likeness.ALIKE),
        ("沈国", "沈䶮国", Likeness.ALIKE),
        ("沈建军", "沈建国", Likeness.DIFFERENT),
        ("沈国", "沈建国", Likeness.DIFFERENT),
        ("郑伟", "沈建国", Likeness.DIFFERENT),
    ],
)
def test_names_are_the_same_alike_or_different(read, expected, how):
    assert compare_names(read, expected) is how
    assert compare_names(expected, read) is how


def test_a_number_of_fifteen_digits_is_the_same_as_its_longer_form():
    first = "330102880312101"
    longer = "33010219880312101"
    longer += check_character(longer)
    assert compare_numbers(first, longer, today=TODAY) is Likeness.SAME


def test_a_dropped_digit_is_a_misread():
    assert compare_numbers(CHILD.number[:-1], CHILD.number, today=TODAY) is Likeness.ALIKE


def test_a_valid_number_is_never_a_misread():
    assert compare_numbers(FATHER.number, CHILD.number, today=TODAY) is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("read", "how"),
    [
        ("330102001234", Likeness.SAME),
        ("330102001284", Likeness.ALIKE),
        ("330102001288", Likeness.DIFFERENT),
    ],
)
def test_one_place_of_a_household_number_may_be_misread(read, how):
    assert compare_serials(read, "330102001234") is how
