"""What one page says about one person, held against itself."""

import datetime as dt

import pytest

from models.reading.document import FieldReading
from tasks.reading.confidence.one_paper import contradicts_itself, unsure_of_all

WOMAN = {"id_number": "110101199001020029", "sex": "女", "birth_date": "1990-01-02"}


def page(**values):
    return {name: FieldReading(value=value, confidence=0.99) for name, value in values.items()}


@pytest.mark.parametrize(
    ("values", "contradicts"),
    [
        pytest.param({}, False, id="one person"),
        pytest.param({"birth_date": "1991-01-02"}, True, id="another birth date"),
        pytest.param({"sex": "男"}, True, id="another sex"),
        pytest.param({"relation_to_householder": "儿子"}, True, id="a word for men"),
        pytest.param({"relation_to_householder": "妻"}, False, id="a word for women"),
        pytest.param({"relation_to_householder": "户主"}, False, id="a word for either"),
        pytest.param({"birth_date": None, "sex": None}, False, id="nothing to hold it against"),
        pytest.param({"id_number": "110101199001020020"}, False, id="no number at all"),
    ],
)
def test_number_birth_date_sex_and_relation_are_one_persons(values, contradicts):
    fields = page(**{**WOMAN, **values})
    assert contradicts_itself(fields, today=dt.date(2026, 11, 20)) is contradicts


def test_nothing_is_sure_of_a_part_that_may_show_two_papers():
    assert all(f.confidence <= 0.5 for f in unsure_of_all(page(**WOMAN)).values())
