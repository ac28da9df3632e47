"""What a page says against itself lowers confidence, and nothing raises it."""

import datetime as dt

import pytest

from models.reading.document import DocumentKind as K
from models.reading.document import FieldReading
from tasks.reading.confidence.weigh_fields import lower_cut_off, lower_implausible

TODAY = dt.date(2026, 11, 20)


def doubted(kind, **texts):
    fields = {name: FieldReading(value=text, confidence=0.99) for name, text in texts.items()}
    after = lower_implausible(fields, today=TODAY)
    assert {name: field.value for name, field in after.items()} == texts
    return {name for name, field in after.items() if field.confidence < 0.95}


@pytest.mark.parametrize(
    ("field", "known", "unknown"),
    [
        ("relation_to_householder", "长女", "长犬"),
        ("ethnicity", "畲", "备"),
        ("marital_status", "已婚", "尼婚"),
        ("household_type", "非农业家庭户", "公安"),
    ],
)
def test_a_word_that_no_register_uses_is_unsure(field, known, unknown):
    assert doubted(K.HUKOU_MEMBER, **{field: known}) == set()
    assert doubted(K.HUKOU_MEMBER, **{field: unknown}) == {field}


def test_a_certificate_issued_before_the_birth_makes_both_days_unsure():
    days = {"birth_time": "2025-03-30T08:15", "issue_date": "2023-04-03"}
    assert doubted(K.BIRTH_CERTIFICATE, **days) == set(days)
    assert doubted(K.BIRTH_CERTIFICATE, **days | {"issue_date": "2025-04-03"}) == set()


def test_a_day_in_the_future_is_unsure():
    assert doubted(K.HUKOU_COVER, issue_date="2062-01-02") == {"issue_date"}


@pytest.mark.parametrize(
    ("start", "end", "usual"),
    [
        ("2010-05-12", "2030-05-12", True),
        ("2012-02-29", "2017-02-28", True),
        ("2010-05-12", "2038-05-12", False),
        ("2010-05-12", "2030-05-13", False),
        ("2010-05-12", None, True),
    ],
)
def test_only_terms_that_the_law_knows_are_sure(start, end, usual):
    found = doubted(K.ID_CARD_EMBLEM, valid_from=start, valid_until=end)
    assert found == (set() if usual else {"valid_from", "valid_until"})


def test_a_name_seen_in_another_script_is_unsure():
    field = FieldReading(value="李国强", raw="李國強", confidence=0.99)
    after = lower_implausible({"name": field}, today=TODAY)["name"]
    assert after.value == "李国强"
    assert after.raw == "李國強"
    assert after.confidence < 0.95


@pytest.mark.parametrize(
    ("name", "right", "sure"),
    [
        pytest.param("relation_to_householder", 995, False, id="女 of 女婿?"),
        pytest.param("relation_to_householder", 900, True, id="well inside"),
        pytest.param("id_number", 995, True, id="whole by its check digit"),
    ],
)
def test_a_value_at_the_edge_of_the_picture_may_go_on_beyond_it(name, right, sure):
    quad = (
        (right - 40.0, 100.0),
        (float(right), 100.0),
        (float(right), 140.0),
        (right - 40.0, 140.0),
    )
    fields = {name: FieldReading(value="女", confidence=0.99, quad=quad)}
    assert (lower_cut_off(fields, 1000)[name].confidence > 0.95) is sure
