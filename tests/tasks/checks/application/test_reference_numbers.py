"""What people type where a number is asked for that they do not have."""

import pytest

from models.intake.application import Application
from tasks.checks.application.reference_numbers import can_be_reference, says_none
from tests.tasks.checks import dossiers as build

FORM = Application.model_validate(build.application(build.FATHER, build.CHILD, "child"))


@pytest.mark.parametrize(
    "text", ["", "  ", "----", "无", "暂无", "N/A", "na", "待定", "尚未办理", "x"]
)
def test_words_for_nothing_name_nothing(text):
    assert says_none(text)


@pytest.mark.parametrize(
    "text", ["E1", "无锡市医保平台", "未来科技", "招待所", "NA2026", "国家医保服务平台"]
)
def test_names_that_hold_such_words_are_names(text):
    assert not says_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "000001",
        "121212",
        "123123",
        "12345678",
        "87654321",
        "1234567890",
        "9876543210",
        "待补2026",
        "尚未备案2026年11月20日",
        "none2026",
        "xx2026731",
        "没有号码",
        "2026年11月20日",
        "2026/1/20",
        "+86 138-0013-8000",
        "已申请2026731",
        "正在办理2026731",
        "pending2026731",
        build.FATHER.number,
        build.CHILD.number,
        f"备案{build.FATHER.number}",
        build.FATHER.number[-10:],
        build.FATHER.number[:6],
        "A1",
    ],
)
def test_what_only_fills_the_field_is_no_reference(text):
    assert not can_be_reference(text, FORM)


@pytest.mark.parametrize(
    "text",
    [
        "No.2026-0042",
        "BJ-2026-1",
        "无锡医保20260713",
        build.FATHER.number[2:7],
        "MAX20260731",
        "京医共济20260731",
        "经办中心20260731",
        "20260731-0042",
    ],
)
def test_what_a_register_may_hold_is_one(text):
    assert can_be_reference(text, FORM)


def test_a_filing_and_an_authorisation_bear_two_numbers():
    authorised = {
        "reference": "YC-2026-0731A",
        "authorized_at": build.SUBMITTED,
        "system": "某平台",
    }
    form = build.application(build.FATHER, build.CHILD, "child", remote_authorization=authorised)
    alike, unlike = (
        Application.model_validate(form | {"filing_id": filing})
        for filing in ("yc20260731a", "BJ-2026-0042")
    )
    assert not can_be_reference(alike.filing_id, alike)
    assert not can_be_reference("YC-2026-0731A", alike)
    assert can_be_reference(unlike.filing_id, unlike)
    assert can_be_reference("YC-2026-0731A", unlike)
