"""A registration card from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K

MEMBER = [
    (400, 20, "常住人口登记卡"),
    (50, 100, "姓__名"), (250, 100, "张小三"),
    (700, 100, "户主或与"), (700, 135, "户主关系"),
    (900, 118, "长女"),
    (50, 180, "曾用名"), (700, 180, "性别"), (900, 180, "女"),
    (50, 260, "出生地"), (250, 260, "浙江省杭州市"), (700, 260, "民族"),
    (900, 260, "回族"), (50, 340, "籍贯"), (250, 340, "江苏省"), (700, 340, "出生日期"),
    (900, 340, "一九九一年三月七日"),
    (50, 420, "公民身份"), (50, 455, "号码"), (250, 438, "110105199103072086"),
    (50, 540, "文化程度大学"), (400, 540, "婚姻状况"), (560, 540, "已婚"), (900, 540, "兵役状况"),
    (50, 620, "服务处所"), (900, 620, "职业"),
    (300, 900, "承办人签章"), (700, 900, "登记日期：2012.04.17"),
]  # fmt: skip


def _with_relation(*texts):
    words = {"户主或与", "户主关系", "长女"}
    return [line for line in MEMBER if line[2] not in words] + list(texts)


def test_behind_what_is_left_of_its_label_a_relation_word_is_the_value(fields_of):
    lines = _with_relation((700, 118, "户主"), (900, 118, "长女"))
    field = fields_of(K.HUKOU_MEMBER, *lines)["relation_to_householder"]
    assert (field.value, field.confidence > 0.95) == ("长女", True)


def test_a_lone_householder_may_be_what_is_left_of_the_label(fields_of):
    field = fields_of(K.HUKOU_MEMBER, *_with_relation((700, 118, "户主")))[
        "relation_to_householder"
    ]
    assert field.confidence <= 0.9


@pytest.mark.parametrize(
    ("printed", "word", "sure"),
    [
        ("户主或与户主系丈夫", "丈夫", True),  # no stretch that holds 丈 is nearest to the label
        ("户主或与户王关系丈夫", "丈夫", True),
        ("户主或与户主关系丈夫", "丈夫", True),
        ("户主或与户主关丈夫", "夫", False),  # 丈 may be a misread 系, or the value's own
        ("户主或与户主关系夫", "夫", True),
    ],
)
def test_a_label_that_was_misread_takes_no_character_of_its_value(fields_of, printed, word, sure):
    field = fields_of(K.HUKOU_MEMBER, *_with_relation((700, 118, printed)))[
        "relation_to_householder"
    ]
    assert (field.value, field.confidence > 0.9) == (word, sure)


def test_a_registration_card_is_read_with_split_and_stacked_labels(fields_of):
    fields = fields_of(K.HUKOU_MEMBER, *MEMBER)
    assert {name: field.value for name, field in fields.items()} == {
        "name": "张小三",
        "relation_to_householder": "长女",
        "former_name": None,
        "sex": "女",
        "ethnicity": "回",
        "birth_date": "1991-03-07",
        "id_number": "110105199103072086",
        "marital_status": "已婚",
        "registration_date": "2012-04-17",
    }


def test_a_blank_place_is_sure_and_a_missing_label_is_not(fields_of):
    blank = fields_of(K.HUKOU_MEMBER, *MEMBER)["former_name"]
    assert blank.value is None
    assert blank.confidence > 0.9
    without = [line for line in MEMBER if line[2] != "曾用名"]
    unread = fields_of(K.HUKOU_MEMBER, *without)["former_name"]
    assert unread.value is None
    assert unread.confidence == 0


def test_an_illegible_name_is_unsure_and_keeps_its_raw_text(fields_of):
    lines = [(250, 100, "张7%", 0.4) if line[2] == "张小三" else line for line in MEMBER]
    name = fields_of(K.HUKOU_MEMBER, *lines)["name"]
    assert name.value is None
    assert name.raw == "张7%"
    assert name.confidence <= 0.2


@pytest.mark.parametrize(
    "rows",
    [("户主或与户主", "关系"), ("户主或与户", "主", "关系"), ("户主或与", "户主关系")],
)
def test_a_label_is_found_wherever_its_cell_breaks_it(values_of, rows):
    lines = [line for line in MEMBER if line[2] not in {"户主或与", "户主关系"}]
    lines += [(700, 100 + 32 * i, row) for i, row in enumerate(rows)]
    values = values_of(K.HUKOU_MEMBER, *lines)
    assert values["relation_to_householder"] == "长女"
    assert values["name"] == "张小三"


@pytest.mark.parametrize(
    ("place", "confidence", "value"),
    [("浙江省诸暨市", 0.7, "浙江省诸暨市"), ("浙江省诸暨市", 0.5, None), ("江苏省", 0.999, None)],
)
def test_a_native_place_is_taken_along_only_where_it_is_legible(
    fields_of, place, confidence, value
):
    lines = [line for line in MEMBER if line[2] != "江苏省"]
    fields = fields_of(K.HUKOU_MEMBER, *lines, (250, 340, place, confidence))
    field = fields.get("native_place")
    assert (field.value if field else None) == value
