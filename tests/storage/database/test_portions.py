"""Portions of a long list."""

from storage.database.portions import MOST_PARAMETERS, portions


def test_every_value_is_in_one_portion_and_in_its_order():
    values = list(range(2 * MOST_PARAMETERS + 1))
    cut = list(portions(values))
    assert [len(portion) for portion in cut] == [MOST_PARAMETERS, MOST_PARAMETERS, 1]
    assert [value for portion in cut for value in portion] == values


def test_a_full_portion_is_followed_by_no_empty_one():
    assert [len(portion) for portion in portions([0] * MOST_PARAMETERS)] == [MOST_PARAMETERS]


def test_nothing_gives_no_portion():
    assert list(portions([])) == []
