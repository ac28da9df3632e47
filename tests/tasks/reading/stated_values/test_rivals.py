"""What may be mistaken for a stated value."""

import datetime as dt

from models.identity.id_number import valid_id_number
from tasks.reading.stated_values.rivals import (
    date_rivals,
    name_rivals,
    number_rivals,
    serial_rivals,
)
from tests.tasks.checks.dossiers import CHILD

TODAY = dt.date(2026, 11, 28)


def test_every_rival_of_a_number_is_a_number():
    number = CHILD.number
    found = number_rivals(number, today=TODAY)
    assert len(found) == len(set(found)) > 90
    assert number not in found
    assert all(valid_id_number(rival, today=TODAY) for rival in found)


def test_a_number_has_a_rival_for_every_digit_and_swap_after_which_it_is_a_number():
    number = CHILD.number
    rivals = number_rivals(number, today=TODAY)
    swap = number[:15] + number[16] + number[15]
    wanted = {number[:16] + digit for digit in "0123456789"} | {swap}
    wanted |= {number[:4] + digit + number[5:17] for digit in "0123456789"}
    assert wanted - {number[:17]} <= {rival[:17] for rival in rivals}


def test_digits_that_were_seen_are_exchanged_in_pairs_too():
    number = CHILD.number
    likely = ["", "", "", *([""] * 11), "9", "", "8", ""]
    far = {
        rival
        for rival in number_rivals(number, today=TODAY, likely=tuple(likely))
        if rival[14] == "9" and rival[16] == "8"
    }
    assert len(far) == (number[14] != "9" and number[16] != "8")


def test_rivals_of_a_day_are_days_that_have_been():
    found = date_rivals(dt.date(2021, 12, 3), today=TODAY)
    assert {dt.date(2021, 12, 8), dt.date(2011, 12, 3), dt.date(2021, 12, 30)} <= set(found)
    assert all(dt.date(1880, 1, 1) <= day <= TODAY and day != dt.date(2021, 12, 3) for day in found)
    assert dt.date(2026, 12, 3) not in found


def test_a_name_is_held_against_look_alikes_and_what_was_seen_and_one_more_or_fewer():
    found = name_rivals("王玟", [("王", "主"), ("玟", "坟")])
    assert {"王玫", "玉玟", "主玟", "王坟", "王", "玟", "王王玟", "王玟玟"} <= set(found)
    assert "王玟" not in found
    assert "" not in found


def test_a_number_without_check_digit_is_held_against_every_neighbour():
    found = serial_rivals("P123456789")
    assert {"B123456789", "P123456780", "P213456789"} <= set(found)
    assert len(found) == len(set(found)) == 25 + 9 * 9 + 9
