import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.identity.id_number import (
    PROVINCES,
    IdNumber,
    IdNumberFault,
    check_character,
    full_id_number,
    parse_id_number,
    upgrade_15,
    valid_id_number,
)

TODAY = dt.date(2026, 11, 20)
STANDARD = ("11010519491231002X", "440524188001010014")


def numbers() -> st.SearchStrategy[str]:
    def build(province: int, county: int, born: dt.date, serial: int) -> str:
        first = f"{province}{county:04d}{born:%Y%m%d}{serial:03d}"
        return first + check_character(first)

    return st.builds(
        build,
        st.sampled_from(sorted(PROVINCES)),
        st.integers(0, 9999),
        st.dates(dt.date(1880, 1, 1), TODAY),
        st.integers(0, 999),
    )


@pytest.mark.parametrize("text", STANDARD)
def test_the_examples_of_the_standard_are_valid(text):
    assert parse_id_number(text, today=TODAY) == IdNumber(text=text)


def test_a_lower_case_x_is_accepted():
    assert parse_id_number(STANDARD[0].lower(), today=TODAY) == IdNumber(text=STANDARD[0])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", IdNumberFault.LENGTH),
        ("11010519491231002", IdNumberFault.LENGTH),
        ("1101051949123100 X", IdNumberFault.CHARACTERS),
        ("１1010519491231002X", IdNumberFault.CHARACTERS),
        ("11010519491231002Y", IdNumberFault.CHARACTERS),
        ("99010519491231002X", IdNumberFault.PROVINCE),
        ("11010519490231002X", IdNumberFault.BIRTH_DATE),
        ("11010518791231002X", IdNumberFault.BIRTH_DATE),
        ("11010520261121002X", IdNumberFault.BIRTH_DATE),
        ("110105194912310021", IdNumberFault.CHECK_DIGIT),
    ],
)
def test_every_fault_is_told_apart(text, fault):
    assert parse_id_number(text, today=TODAY) is fault
    assert valid_id_number(text, today=TODAY) is None


@given(numbers())
def test_a_number_tells_birth_date_sex_and_region(text):
    number = valid_id_number(text, today=TODAY)
    assert number is not None
    assert f"{number.birth_date:%Y%m%d}" == text[6:14]
    assert number.sex == ("男" if text[16] in "13579" else "女")
    assert number.region == text[:6]


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(text, place, shift):
    alphabet = "0123456789X" if place == 17 else "0123456789"
    wrong = alphabet[(alphabet.index(text[place]) + shift) % len(alphabet)]
    assert valid_id_number(text[:place] + wrong + text[place + 1 :], today=TODAY) is None


@given(numbers(), st.integers(0, 15))
def test_two_swapped_neighbours_never_pass(text, place):
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert swapped == text or valid_id_number(swapped, today=TODAY) is None


def test_fifteen_digits_become_a_valid_eighteen():
    dice = random.Random(7)  # noqa: S311 - no secret
    for _ in range(50):
        old = f"330102{dice.randint(10, 99)}0312{dice.randint(0, 999):03d}"
        assert valid_id_number(upgrade_15(old), today=TODAY)


def test_an_error_never_quotes_the_number():
    with pytest.raises(ValueError) as raised:
        IdNumber.model_validate({"text": ["11010519491231002X"]})
    assert "1949" not in str(raised.value)


def test_fifteen_digits_are_lengthened_and_anything_else_stays():
    assert full_id_number("330102880312001") == "330102198803120016"
    for other in ("330102198803120015", "33010288031200X", "A12345678901234", "", "33010288"):
        assert full_id_number(other) == other
