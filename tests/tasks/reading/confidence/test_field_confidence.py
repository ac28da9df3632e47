"""Confidence: a number is believed for its own checks, never for its looks."""

import datetime as dt

import pytest

from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.weigh_fields import weigh_fields

TODAY = dt.date(2026, 11, 20)
QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 1.0), (0.0, 1.0))
NUMBER = "11010519491231002X"


def reading(value, confidence):
    return FieldReading(value=value, raw=value, confidence=confidence, quad=QUAD)


def judged(number, confidence=0.9, second=None, **others):
    fields = {"id_number": reading(number, confidence)}
    fields |= {name: reading(value, 0.97) for name, value in others.items()}
    return weigh_fields(DocumentKind.HUKOU_MEMBER, fields, lambda _: second, today=TODAY)


def test_a_failing_check_digit_is_never_believed_and_never_repaired():
    field = judged("110105194912310021", 0.999)["id_number"]
    assert field.confidence <= 0.3
    assert field.value == "110105194912310021"


def test_two_readers_that_agree_make_a_weak_reading_sure():
    field = judged(NUMBER, 0.6, NUMBER)["id_number"]
    assert field.confidence >= 0.95
    assert field.second == NUMBER


def test_two_readers_that_disagree_leave_it_open():
    assert judged(NUMBER, 0.9, "110105194912310029")["id_number"].confidence <= 0.5


def test_without_a_second_reader_a_weak_number_stays_unsure():
    assert judged(NUMBER, 0.94)["id_number"].confidence <= 0.9


def test_the_printed_birth_date_and_sex_confirm_the_number_and_are_confirmed():
    fields = judged(NUMBER, 0.8, birth_date="1949-12-31", sex="女")
    assert fields["id_number"].confidence >= 0.95
    assert fields["birth_date"].confidence >= 0.95


@pytest.mark.parametrize("other", ["1949-12-30", "1950-12-31"])
def test_a_birth_date_that_the_number_denies_is_not_sure(other):
    fields = judged(NUMBER, 0.99, birth_date=other, sex="女")
    assert fields["birth_date"].confidence <= 0.9
