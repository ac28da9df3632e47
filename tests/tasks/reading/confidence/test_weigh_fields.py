"""A number is believed for its own checks; what a page says against itself lowers confidence."""

import datetime as dt

import pytest

from models.reading.document import DocumentKind, FieldReading
from models.reading.document import DocumentKind as K
from tasks.reading.confidence.weigh_fields import lower_cut_off, lower_implausible, weigh_fields
from tasks.reading.confidence.witnesses import CONFIRMED, DISAGREEMENT

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


@pytest.mark.parametrize(
    ("address", "ceiling"),
    [("尚志市龙泉镇松树坡村3号", 0.99), ("龙泉镇松树坡村3号", 0.8), ("阳光小区3栋", 0.8)],
)
def test_an_address_without_its_division_may_lack_its_first_line(address, ceiling):
    fields = lower_implausible({"address": reading(address, 0.99)}, today=TODAY)
    assert fields["address"].confidence == ceiling


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
    ("name", "right", "high", "sure"),
    [
        pytest.param("relation_to_householder", 995, 40, False, id="女 of 女婿?"),
        pytest.param("relation_to_householder", 55, 40, False, id="begins beyond the left edge?"),
        pytest.param("relation_to_householder", 900, 40, True, id="well inside"),
        pytest.param("relation_to_householder", 975, 400, True, id="a column of print"),
        pytest.param("relation_to_householder", 60, 40, True, id="half a line from the edge"),
        pytest.param("id_number", 995, 40, True, id="whole by its check digit"),
    ],
)
def test_a_value_at_the_edge_of_the_picture_may_go_on_beyond_it(name, right, high, sure):
    left, right, below = right - 40.0, float(right), 100.0 + high
    quad = ((left, 100.0), (right, 100.0), (right, below), (left, below))
    fields = {name: FieldReading(value="女", confidence=0.99, quad=quad)}
    assert (lower_cut_off(fields, 1000)[name].confidence > 0.95) is sure


@pytest.mark.parametrize("printed", ["1949-12-31", "1950-12-31"])
def test_a_number_that_is_in_doubt_itself_says_nothing_of_the_birth_date(printed):
    fields = {
        "id_number": reading(NUMBER, 0.9),
        "birth_date": reading(printed, 0.93),
    }
    other = "110105194912310038"
    after = weigh_fields(DocumentKind.HUKOU_MEMBER, fields, lambda _: other, today=TODAY)
    assert after["id_number"].confidence == DISAGREEMENT
    assert after["birth_date"].confidence == 0.93


def test_a_sure_number_makes_a_weak_birth_date_sure():
    fields = {"id_number": reading(NUMBER, 0.99), "birth_date": reading("1949-12-31", 0.7)}
    after = weigh_fields(DocumentKind.HUKOU_MEMBER, fields, lambda _: None, today=TODAY)
    assert after["birth_date"].confidence == CONFIRMED
