"""A commitment letter from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K

FATHER, CHILD = "110105198805051236", "110105201905062222"


def test_a_commitment_in_one_sentence_is_read_over_its_line_ends(values_of):
    assert values_of(
        K.COMMITMENT_LETTER,
        (400, 20, "个人承诺书"),
        (60, 120, f"本人沈建国（公民身份号码：{FATHER}）申请将沈雨"),
        (0, 180, f"桐（公民身份号码：{CHILD}）添加为家庭成员，与本人关系为子女。"),
        (60, 240, "本人承诺：所填信息真实、完整、有效。"),
        (500, 400, "承诺人（签名）："),
        (500, 480, "日期：2026年11月20日"),
    ) == {
        "applicant_name": "沈建国",
        "member_name": "沈雨桐",
        "relationship": "child",
        "sign_date": "2026-11-20",
    }


def test_a_name_behind_a_long_phrase_is_no_part_of_it(values_of):
    read = values_of(
        K.COMMITMENT_LETTER,
        (400, 20, "个人承诺书"),
        (60, 120, f"本人（姓名：何礼启，公民身份号码：{FATHER}）自愿将本"),
        (0, 180, f"人医保个人账户授权给何辉（公民身份号码：{CHILD}，与本人"),
        (0, 240, "关系：子女）使用。"),
    )
    assert (read["applicant_name"], read["member_name"]) == ("何礼启", "何辉")


def test_a_commitment_on_labelled_lines_is_read(values_of):
    values = values_of(
        K.COMMITMENT_LETTER,
        (400, 20, "承诺书"),
        (60, 120, "授权人姓名：沈建国"), (60, 180, f"身份证号码：{FATHER}"),
        (60, 240, "使用人姓名：林晓梅"), (60, 300, "身份证号码：110105199007251242"),
        (60, 360, "与授权人关系：妻子"),
        (60, 420, "本人承诺：1.遵守规定。"),
        (500, 600, "承诺人：沈建国"), (500, 680, "2026-11-20"),
    )  # fmt: skip
    assert values["applicant_name"] == "沈建国"
    assert values["member_name"] == "林晓梅"
    assert values["relationship"] == "spouse"


@pytest.mark.parametrize(
    ("sentence", "relationship"),
    [
        ("该成员系本人母亲。", "parent"),
        ("与本人关系：孙女", "grandchild"),
        ("与本人关系为岳父。", "other"),
        ("与本人关系为父女关系。", "child"),
        ("与本人关系为表述不清。", None),
    ],
)
def test_the_relation_of_a_commitment_is_a_code(values_of, sentence, relationship):
    values = values_of(
        K.COMMITMENT_LETTER,
        (60, 120, f"本人沈建国（公民身份号码：{FATHER}）为沈雨桐（公民身份号码：{CHILD}）"),
        (0, 180, f"办理绑定，{sentence}"),
    )
    assert values["relationship"] == relationship


def test_a_date_that_nobody_filled_in_is_a_sure_blank(fields_of):
    field = fields_of(
        K.COMMITMENT_LETTER,
        (60, 120, f"本人沈建国（公民身份号码：{FATHER}）承诺所填信息真实有效，材料完整。"),
        (500, 400, "承诺人："),
        (500, 480, "日期：____年__月__日"),
    )["sign_date"]
    assert field.value is None
    assert field.confidence > 0.9
