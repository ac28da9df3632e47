import datetime as dt

import pytest

from models.identity.id_number import check_character
from tasks.identity.similarity import (
    Similarity,
    compare_names,
    compare_numbers,
    compare_serials,
    differ_surely,
    is_cut_serial,
)
from tests.tasks.checks.dossiers import CHILD, FATHER

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("read", "expected", "how"),
    [
        ("沈建国", "沈建国", Similarity.SAME),
        ("沈 建国", "沈建国", Similarity.SAME),
        ("买买提•艾力", "买买提·艾力", Similarity.SAME),
        ("方宇悅", "方宇悦", Similarity.SAME),
        ("陳麗華", "陈丽华", Similarity.SAME),
        ("方宇銳", "方宇悦", Similarity.DIFFERENT),
        ("範建国", "范建国", Similarity.ALIKE),
        ("沈场", "沈玚", Similarity.ALIKE),
        ("龚宇", "䶮宇", Similarity.ALIKE),
        ("沈国", "沈䶮国", Similarity.ALIKE),
        ("沈建军", "沈建国", Similarity.DIFFERENT),
        ("沈国", "沈建国", Similarity.DIFFERENT),
        ("郑伟", "沈建国", Similarity.DIFFERENT),
    ],
)
def test_names_are_the_same_alike_or_different(read, expected, how):
    assert compare_names(read, expected) is how
    assert compare_names(expected, read) is how


@pytest.mark.parametrize(
    ("read", "expected", "surely"),
    [
        pytest.param("绿喆", "逯喆", False, id="a less used character was read as a common one"),
        pytest.param("沈曈", "沈瞳", False, id="in the table"),
        pytest.param("沈建军", "沈建国", True, id="both are common"),
        pytest.param("逯喆", "绿喆", True, id="a common one is not read as a less used one"),
        pytest.param("绿军", "逯喆", True, id="no character is left"),
        pytest.param("绿建喆", "逯喆", True, id="one character more"),
        pytest.param("绿建军", "逯建国", True, id="one of two differences is none of a reader"),
        pytest.param("沈 建国", "沈建国", False, id="the same"),
    ],
)
def test_a_name_differs_surely_where_no_rare_character_explains_it(read, expected, surely):
    assert differ_surely(read, expected) is surely


def test_a_number_of_fifteen_digits_is_the_same_as_its_longer_form():
    first = "330102880312101"
    longer = "33010219880312101"
    longer += check_character(longer)
    assert compare_numbers(first, longer, today=TODAY) is Similarity.SAME


def test_a_dropped_digit_is_a_misread():
    assert compare_numbers(CHILD.number[:-1], CHILD.number, today=TODAY) is Similarity.ALIKE


def test_a_valid_number_is_never_a_misread():
    assert compare_numbers(FATHER.number, CHILD.number, today=TODAY) is Similarity.DIFFERENT


@pytest.mark.parametrize(
    ("read", "how"),
    [
        ("330102001234", Similarity.SAME),
        ("330102001284", Similarity.ALIKE),
        ("330102001288", Similarity.DIFFERENT),
    ],
)
def test_one_place_of_a_household_number_may_be_misread(read, how):
    assert compare_serials(read, "330102001234") is how


@pytest.mark.parametrize(
    ("read", "cut"),
    [
        ("3301020", True),
        ("01234", True),
        ("0012", False),
        ("30102", False),
        ("330102001234", False),
    ],
)
def test_the_beginning_or_the_end_of_a_number_may_be_all_that_was_seen(read, cut):
    assert is_cut_serial(read, "330102001234") is cut
