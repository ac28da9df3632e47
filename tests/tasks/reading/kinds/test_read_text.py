"""What paper a text is of, told by its words."""

import pytest

from models.reading.document import DocumentKind as K
from tasks.reading.kinds.read_text import classify

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
