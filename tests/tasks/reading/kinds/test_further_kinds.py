"""Letters and certificates: sentences and labels, parsed without an engine."""

import pytest

from models.reading.document import DocumentKind as K
from tasks.reading.kinds.read_text import classify

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


@pytest.mark.parametrize(
    "lines",
    [
        [(60, 100, "姓名："), (200, 100, "周桂芳"), (60, 160, "身份证号码：330102196001201241"),
         (60, 220, "参保地：浙江省杭州市"), (60, 280, "险种：城乡居民基本医疗保险"),
         (500, 500, "出具日期：2026年10月8日")],
        [(60, 100, "兹证明周桂芳，女，公民身份号码330102196001201241，自2015"),
         (0, 160, "年01月起在浙江省杭州市参加城乡居民基本医疗保险。"),
         (500, 500, "2026年10月8日")],
    ],
    ids=["labels", "sentence"],
)  # fmt: skip
def test_an_insurance_certificate_is_read(values_of, lines):
    assert values_of(K.INSURANCE_CERTIFICATE, (400, 20, "基本医疗保险参保凭证"), *lines) == {
        "name": "周桂芳",
        "id_number": "330102196001201241",
        "insured_region": "浙江省杭州市",
        "insurance_type": "resident",
        "issue_date": "2026-10-08",
    }


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


@pytest.mark.parametrize(
    "texts",
    [
        ("离婚证", "持证人沈建国", "登记日期2020年1月2日", "离婚证字号L330102-2020-000001"),
        ("持证人沈建国", "登记日期2020年1月2日", "姓名沈建国性别男", "国籍中国", "身份证件号110"),
        ("中华人民共和国临时居民身份证", "姓名", "性别民族", "出生", "住址", "公民身份号码"),
        ("居住证", "签发机关", "有效期限", "中华人民共和国"),
        ("姓名", "性别女", "出生", "住址", "公民身份号码", "810000199408230021"),
        ("常住人口登记卡索引表", "页码姓名与户主关系备注"),
        ("登记事项变更和更正记载", "项目变更、更正后的内容", "变更、更正日期承办人签章"),
        ("机动车驾驶证", "姓名性别国籍", "住址", "出生日期", "准驾车型"),
        ("中华人民共和国社会保障卡", "姓名", "社会保障号码", "卡号"),
    ],
)
def test_look_alikes_are_no_kind_of_ours(texts):
    assert classify(texts).kind is K.OTHER


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (K.MARRIAGE_CERTIFICATE, ABREAST),
        (K.COMMITMENT_LETTER, [(0, 0, "承诺书"), (0, 0, "承诺人（签字）：")]),
        (K.KINSHIP_NOTARIAL, [(0, 0, "公证书"), (0, 0, "兹证明"), (0, 0, "公证员")]),
        (K.INSURANCE_CERTIFICATE, [(0, 0, "基本医疗保险参保凭证"), (0, 0, "社会保障号码")]),
        (K.INCAPACITY_CERTIFICATE, [(0, 0, "长期护理失能等级评估结论书")]),
        (K.HUKOU_MEMBER, [(0, 0, "常住人口登记卡"), (0, 0, "户主或与户主关系"),
                          (0, 0, "婚姻状况离婚")]),
    ],
)  # fmt: skip
def test_each_paper_is_its_own_kind(kind, texts):
    assert classify(tuple(text for _, _, text in texts)).kind is kind
