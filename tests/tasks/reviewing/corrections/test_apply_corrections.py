import datetime as dt

import pytest

from models.reviews.review_work import Correction
from tasks.reviewing.corrections.apply_corrections import (
    correction_fault,
    normalise_correction,
    with_corrections,
)
from tests.tasks.checks.dossiers import CHILD, FATHER, page


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", " 买买提•艾力 ", "买买提·艾力"),
        ("id_number", "11010519491231002x", "11010519491231002X"),
        ("birth_date", "2019-05-06", "2019-05-06"),
        ("birth_date", "2019年5月6日", "2019-05-06"),
        ("valid_from", "2019.5.6", "2019-05-06"),
        ("issue_date", "20190506", "2019-05-06"),
        ("birth_date", "２０１９／５／６", "2019-05-06"),
        ("birth_date", "二〇一九年五月六日", "2019-05-06"),
        ("birth_time", "2019-05-06 03:31", "2019-05-06T03:31"),
        ("birth_time", "2019年5月6日3时31分", "2019-05-06T03:31"),
        ("birth_time", "201905060331", "2019-05-06T03:31"),
        ("id_number", "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("sex", "女", "女"),
        ("household_number", "33 0102 001234", "330102001234"),
        ("relation_to_householder", "长女", "长女"),
        ("name", "  ", None),
    ],
)
def test_a_typed_value_takes_the_form_that_readings_have(field, typed, kept):
    assert normalise_correction(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("id_number", "1101", "现有 4 位"),
        ("id_number", "1101051949123100Q2", "只能含数字"),
        ("sex", "F", "男"),
        ("birth_date", "2019年", "2014年1月3日"),
        ("birth_date", "2019-02-30", "日期有误"),
        ("birth_date", "生于2019年5月6日", "日期有误"),
        ("birth_time", "2019-05-06", "时间有误"),
        ("address", "路" * 200, "最多 120 个字"),
    ],
)
def test_what_cannot_be_a_value_of_the_field_is_refused_and_told_why(field, typed, told):
    with pytest.raises(ValueError):
        normalise_correction(field, typed)
    zh, en = correction_fault(field, typed)
    assert told in zh
    assert en


def test_a_correction_reaches_its_field_alone_and_leaves_the_reading_as_it_was():
    readings = (page(FATHER, "户主"), page(CHILD, "长女", name="沈雨侗"))
    made = Correction(
        round_id="r",
        paper=1,
        field="name",
        value=CHILD.name,
        staff="lin",
        made_at=dt.datetime.now(dt.UTC),
    )
    seen = with_corrections(readings, {(1, "name"): made})
    assert seen[0] is readings[0]
    assert (seen[1].value("name"), seen[1].confidence("name")) == (CHILD.name, 1.0)
    assert seen[1].fields["name"].raw == readings[1].value("name") == "沈雨侗"
    others = set(seen[1].fields) - {"name"}
    assert all(seen[1].fields[name] == readings[1].fields[name] for name in others)
