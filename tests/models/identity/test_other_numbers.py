"""Numbers and names that are typed or printed in another form."""

import pytest

from models.identity.id_number import check_character, is_permanent_resident_number
from models.identity.person_name import is_name, other_form_of_name
from models.identity.typed_text import normalise_serial

FIRST = "93384019900725002"


def test_a_permanent_resident_s_number_has_its_own_first_digit_and_the_same_check():
    assert is_permanent_resident_number(FIRST + check_character(FIRST))
    assert not is_permanent_resident_number(FIRST + "0")
    assert not is_permanent_resident_number("990102201905060021")  # 90 is no province
    assert not is_permanent_resident_number("11010519491231002X")
    assert not is_permanent_resident_number("E12345678")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿依古丽·买买提", "买买提·阿依古丽"),
        ("阿依古丽·买买提", "阿依古丽"),
        ("阿依古丽·买买提", "阿依古丽·买"),
        ("阿卜杜热合曼·阿卜杜吾普尔·热合曼", "阿卜杜热合曼·热合曼"),
    ],
)
def test_another_order_and_a_shorter_form_may_be_one_person_s(one, other):
    assert other_form_of_name(one, other)
    assert other_form_of_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("阿依古丽·买买提", "帕提古丽·卡德尔"), ("沈建国", "沈建"), ("阿依古丽·买买提", "阿依")],
)
def test_other_names_are_no_other_form(one, other):
    assert not other_form_of_name(one, other)


def test_a_name_may_be_long():
    assert is_name("阿卜杜热合曼阿卜杜热依木·阿卜杜吾普尔阿卜杜克热木")
    assert not is_name("阿" * 51)


def test_letters_are_never_taken_for_digits():
    assert normalise_serial("ｚ３３０ 012-345") == "Z330012345"
    assert normalise_serial("33O1") == "33O1"
