"""A marriage certificate from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K

FATHER, CHILD = "110105198805051236", "110105201905062222"
ABREAST = [
    (400, 20, "结婚证"),
    (60, 100, "持证人林晓梅"), (60, 160, "登记日期2016年05月20日"),
    (60, 220, "结婚证字号J330102-2016-000123"),
    (60, 340, "姓名沈建国"), (700, 340, "姓名林晓梅"),
    (60, 400, "性别男"), (700, 400, "性别女"),
    (60, 460, "出生日期1988年05月05日"), (700, 460, "出生日期1990年07月25日"),
    (60, 520, f"身份证件号{FATHER}"), (700, 520, "身份证件号110105199007251242"),
]  # fmt: skip


BELOW = [
    *ABREAST[:4],
    (60, 340, "姓名"), (160, 340, "沈建国"), (500, 340, "性别男"),
    (60, 400, "国籍中国"), (500, 400, "出生日期1988年05月05日"), (60, 460, f"身份证件号{FATHER}"),
    (60, 560, "姓名"), (160, 560, "林晓梅"), (500, 560, "性别女"),
    (60, 620, "国籍中国"), (500, 620, "出生日期1990年07月25日"),
    (60, 680, "身份证件号110105199007251242"),
]  # fmt: skip


@pytest.mark.parametrize("lines", [ABREAST, BELOW], ids=["abreast", "one below the other"])
def test_both_spouses_keep_their_own_data(values_of, lines):
    assert values_of(K.MARRIAGE_CERTIFICATE, *lines) == {
        "holder_name": "林晓梅",
        "registration_date": "2016-05-20",
        "certificate_number": "J330102-2016-000123",
        "spouse1_name": "沈建国",
        "spouse1_sex": "男",
        "spouse1_birth_date": "1988-05-05",
        "spouse1_id_number": FATHER,
        "spouse2_name": "林晓梅",
        "spouse2_sex": "女",
        "spouse2_birth_date": "1990-07-25",
        "spouse2_id_number": "110105199007251242",
    }


@pytest.mark.parametrize("lines", [ABREAST, BELOW], ids=["abreast", "one below the other"])
def test_a_spouse_whose_name_is_cut_off_gets_nobody_else_s(values_of, lines):
    cut = [line for line in lines if "沈建国" not in line[2] and line[:2] != (60, 340)]
    values = values_of(K.MARRIAGE_CERTIFICATE, *cut)
    assert (values["spouse1_name"], values["spouse1_id_number"]) == (None, FATHER)
    assert (values["spouse2_name"], values["spouse2_sex"]) == ("林晓梅", "女")
