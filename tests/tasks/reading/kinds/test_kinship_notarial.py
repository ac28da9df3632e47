"""A notarial certificate of kinship from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K


def test_a_notarial_certificate_with_headings_is_read(values_of):
    assert values_of(
        K.KINSHIP_NOTARIAL,
        (500, 20, "公证书"),
        (400, 100, "(2024)京长安内民证字第12345号"),
        (60, 200, "申请人：沈建国，男，一九八八年五月五日出生，公民身份号码：1101"),
        (0, 260, "05198805051236，现住北京市朝阳区。"),
        (60, 320, "关系人：沈雨桐，女，2019年5月6日出生。"),
        (60, 380, "兹证明关系人沈雨桐是申请人沈建国的女儿。"),
        (500, 600, "中华人民共和国北京市长安公证处"),
        (500, 660, "公证员何静"),
        (500, 720, "二〇二四年三月五日"),
    ) == {
        "applicant_name": "沈建国",
        "applicant_birth_date": "1988-05-05",
        "related_name": "沈雨桐",
        "related_birth_date": "2019-05-06",
        "relation_stated": "女儿",
        "notary_office": "中华人民共和国北京市长安公证处",
        "certificate_number": "（2024）京长安内民证字第12345号",
        "issue_date": "2024-03-05",
    }


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("兹证明申请人沈建国（男，1988年5月5日出生）是林晓梅（女，1990年7月2日生）的夫。", "夫"),
        ("兹证明申请人沈建国的妻子是关系人林晓梅。", "妻子"),
        ("兹证明申请人沈建国与关系人林晓梅是夫妻关系。", "夫妻关系"),
    ],
)  # fmt: skip
def test_a_relation_is_found_in_either_order(values_of, sentence, word):
    values = values_of(K.KINSHIP_NOTARIAL, (500, 20, "公证书"), (60, 200, sentence))
    assert values["applicant_name"] == "沈建国"
    assert values["related_name"] == "林晓梅"
    assert values["relation_stated"] == word


def test_two_certified_relations_leave_it_to_a_person_which_is_meant(fields_of):
    field = fields_of(
        K.KINSHIP_NOTARIAL,
        (60, 200, "兹证明沈雨桐的父亲是沈建国，沈雨桐的母亲是林晓梅。"),
    )["relation_stated"]
    assert field.confidence <= 0.6


@pytest.mark.parametrize("brackets", ["（2024）", "〔2024]〕", "[2024]", "【2024】"])
def test_a_bracket_that_was_read_twice_takes_no_number_away(values_of, brackets):
    values = values_of(
        K.KINSHIP_NOTARIAL, (500, 20, "公证书"), (400, 100, f"{brackets} 浙杭州证民字第62号")
    )
    assert values["certificate_number"] == "（2024）浙杭州证民字第62号"


@pytest.mark.parametrize(
    ("right", "sure"),
    [pytest.param(700, False, id="a seal's width apart"), pytest.param(370, True, id="close by")],
)
def test_words_of_one_row_far_from_each_other_make_no_sure_office(fields_of, right, sure):
    office = fields_of(
        K.KINSHIP_NOTARIAL, (300, 500, "杭州市"), (right, 500, "公证处")
    )["notary_office"]  # fmt: skip
    assert (office.value, office.confidence > 0.9) == ("杭州市公证处", sure)


@pytest.mark.parametrize(
    "born", ["2007年8月23日出生", "二〇〇七年八月二十三日生", "出生日期：2007年8月23日"]
)
def test_a_birth_date_is_no_day_of_issue_where_that_is_covered(fields_of, born):
    fields = fields_of(
        K.KINSHIP_NOTARIAL, (300, 20, "公证书"), (60, 300, f"关系人：沈雨桐，女，{born}。")
    )
    assert fields["issue_date"].value is None
