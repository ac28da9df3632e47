"""A certificate of incapacity from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("重度失能Ⅰ级", "重度失能Ⅰ级"),
        ("重度失能\u0399级", "重度失能Ⅰ级"),
        ("重度失能II级", "重度失能Ⅱ级"),
        ("重度失能三级", "重度失能三级"),
        ("重度失能等级", "重度失能"),
    ],
)
def test_a_grade_is_no_label_though_only_one_character_differs(fields_of, printed, level):
    fields = fields_of(
        K.INCAPACITY_CERTIFICATE,
        (100, 100, "长期护理失能等级评估结论书"),
        (100, 200, "姓名"),
        (300, 200, "秦春昌"),
        (100, 300, "失能等级"),
        (300, 300, printed),
    )
    assert fields["level"].value == level


def test_an_assessment_s_day_is_not_the_day_of_issue(fields_of):
    fields = fields_of(
        K.INCAPACITY_CERTIFICATE,
        (100, 100, "失能评估结论"),
        (100, 200, "姓名"),
        (300, 200, "曹明健"),
        (100, 300, "评估日期"),
        (300, 300, "2026年8月9日"),
        (100, 800, "日期"),
        (300, 800, "2026年8月25日"),
    )
    assert fields["issue_date"].value == "2026-08-25"


def test_where_a_seal_covers_the_day_of_issue_the_assessments_is_a_guess(fields_of):
    fields = fields_of(
        K.INCAPACITY_CERTIFICATE,
        (100, 100, "失能评估结论"),
        (100, 200, "姓名"),
        (300, 200, "曹明健"),
        (100, 300, "评估日期"),
        (300, 300, "2026年8月9日"),
        (100, 800, "签发日期：20评估专用章月25日"),
    )
    assert fields["issue_date"].confidence <= 0.6


def test_an_incapacity_certificate_is_read(values_of):
    assert values_of(
        K.INCAPACITY_CERTIFICATE,
        (400, 20, "失能等级评估结果告知书"),
        (60, 100, "周桂芳，女，身份证号码：330102196001201241，经评估，"),
        (0, 160, "失能等级为重度失能II级，有效两年。"),
        (500, 400, "评估机构：杭州市长期护理保险失能评估中心"),
        (500, 460, "评估日期：2026-03-01"),
    ) == {
        "name": "周桂芳",
        "id_number": "330102196001201241",
        "level": "重度失能Ⅱ级",
        "issuing_body": "杭州市长期护理保险失能评估中心",
        "issue_date": "2026-03-01",
    }
