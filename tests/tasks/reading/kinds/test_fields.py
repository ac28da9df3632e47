"""Each kind's fields from lines written by hand: labels decide, not coordinates."""

import pytest

from models.reading.document import DocumentKind as K

CARD = [
    (80, 60, "姓名"), (200, 60, "张小三"),
    (80, 140, "性别女民族汉"),
    (80, 220, "出生1991年3月7日"),
    (80, 300, "住址"), (200, 300, "浙江省杭州市西湖区民"), (200, 345, "族路12号"),
    (80, 500, "公民身份号码110105199103072086"),
]  # fmt: skip
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
BIRTH = [
    (400, 20, "出生医学证明"),
    (50, 120, "新生儿姓名王宝"), (500, 120, "性别男"), (700, 120, "出生时间2019年01月17日03时31分"),
    (50, 240, "母亲姓名李四"), (500, 240, "年龄29"), (700, 240, "国籍中国民族汉"),
    (50, 300, "住址"), (150, 300, "浙江省杭州市西湖区"),
    (50, 360, "有效身份证件号码110105199103072086"),
    (50, 440, "父亲姓名"), (200, 440, "王五"), (500, 440, "年龄30"),
    (50, 500, "有效身份证件号码"), (320, 500, "110105198805051236"),
    (50, 620, "签发机构杭州市妇产科医院"), (700, 620, "签发日期2019年2月1日"),
    (700, 760, "出生证编号T330012345"),
]  # fmt: skip


def test_a_card_is_read_with_labels_and_values_on_one_line_and_an_address_on_two(values_of):
    assert values_of(K.ID_CARD_PORTRAIT, *CARD) == {
        "name": "张小三",
        "sex": "女",
        "ethnicity": "汉",
        "birth_date": "1991-03-07",
        "address": "浙江省杭州市西湖区民族路12号",
        "id_number": "110105199103072086",
    }


def test_a_number_is_found_by_its_form_when_its_label_is_covered(fields_of):
    lines = [*CARD[:-1], (300, 500, "110105199103072086")]
    field = fields_of(K.ID_CARD_PORTRAIT, *lines)["id_number"]
    assert field.value == "110105199103072086"
    assert field.confidence <= 0.9


@pytest.mark.parametrize("next_column", ["性", "女", "孙子"])
def test_a_name_ends_before_a_column_whose_label_was_not_made_out(values_of, next_column):
    lines = [line for line in BIRTH if line[2] != "性别男"]
    assert values_of(K.BIRTH_CERTIFICATE, *lines, (560, 120, next_column))["newborn_name"] == "王宝"


def test_a_name_printed_wide_is_read_whole(values_of):
    lines = [*BIRTH[:1], (50, 120, "新生儿姓名"), (300, 120, "王"), (420, 120, "宝"), *BIRTH[2:]]
    assert values_of(K.BIRTH_CERTIFICATE, *lines)["newborn_name"] == "王宝"


COVER = [
    (60, 40, "No.467865473"), (60, 120, "中"), (120, 120, "别"), (200, 120, "居民家庭户"),
    (600, 120, "户主姓名张小三"), (60, 200, "号763311028"), (600, 200, "住址"),
    (700, 200, "浙江省杭州市西湖区"), (500, 500, "2017年12月11日签发"),
]  # fmt: skip


def test_a_cover_whose_labels_are_half_lost_is_read_by_what_its_values_look_like(fields_of):
    fields = fields_of(K.HUKOU_COVER, *COVER)
    assert fields["household_type"].value == "居民家庭户"
    assert fields["household_number"].value == "763311028"
    assert fields["household_number"].confidence <= 0.95
    assert "467865473" not in {field.value for field in fields.values()}


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


def test_a_card_tilted_by_five_degrees_reads_the_same(values_of, text_line):
    import math

    from tasks.reading.engines.text_lines import TextLine, to_span
    from tasks.reading.image.geometry import level_matrix
    from tasks.reading.kinds.read_text import read_fields

    c, s = math.cos(math.radians(5)), math.sin(math.radians(5))
    turned = []
    for line in CARD:
        straight = text_line(*line)
        a, b, d, e = ((c * x - s * y, s * x + c * y) for x, y in straight.quad)
        turned.append(TextLine((a, b, d, e), straight.recognised))
    matrix = level_matrix(tuple(line.quad for line in turned), (1400, 1000))
    spans = tuple(to_span(line, matrix, i) for i, line in enumerate(turned))
    read = {k: v.value for k, v in read_fields(K.ID_CARD_PORTRAIT, spans).items()}
    assert read == values_of(K.ID_CARD_PORTRAIT, *CARD)


@pytest.mark.parametrize(
    ("term", "until", "long_term"),
    [("2010.05.12-2030.05.12", "2030-05-12", False), ("2010.05.12-长期", None, True)],
)
def test_the_emblem_side_gives_authority_and_term(fields_of, term, until, long_term):
    fields = fields_of(
        K.ID_CARD_EMBLEM,
        (300, 80, "中华人民共和国"), (300, 180, "居民身份证"),
        (200, 450, "签发机关"), (400, 450, "杭州市公安局西湖分局"),
        (200, 530, "有效期限"), (400, 530, term),
    )  # fmt: skip
    assert fields["issuing_authority"].value == "杭州市公安局西湖分局"
    assert fields["valid_from"].value == "2010-05-12"
    assert fields["valid_until"].value == until
    assert fields["valid_until"].long_term is long_term
    assert fields["valid_until"].confidence > 0.9


def test_a_cover_page_keeps_the_seal_s_text_out_of_the_address(values_of):
    assert values_of(
        K.HUKOU_COVER,
        (100, 100, "户"), (200, 100, "别"), (300, 100, "居民户口家庭户"),
        (700, 100, "户主姓名张三"),
        (100, 200, "户号"), (300, 200, "012345678"), (700, 200, "住址"),
        (850, 180, "浙江省杭州市"), (850, 222, "西湖区1号"),
        (100, 500, "省级公安机关户口专用章"), (700, 500, "户口登记机关户口专用章"),
        (1000, 300, "公安"), (900, 340, "局"),
        (400, 800, "承办人签章"), (700, 800, "签发日期：二〇一二年四月十七日"),
    ) == {
        "household_type": "居民户口家庭户",
        "householder_name": "张三",
        "household_number": "012345678",
        "address": "浙江省杭州市西湖区1号",
        "issue_date": "2012-04-17",
    }  # fmt: skip


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


def test_the_same_label_in_two_close_rows_stays_two_labels(values_of):
    lines = [
        *BIRTH[:4],
        (50, 240, "母亲姓名李四"), (50, 285, "身份证件号码"), (300, 285, "110105199103072086"),
        (50, 330, "父亲姓名王五"), (50, 375, "身份证件号码"), (300, 375, "110105198805051236"),
    ]  # fmt: skip
    values = values_of(K.BIRTH_CERTIFICATE, *lines)
    assert values["mother_id_number"] == "110105199103072086"
    assert values["father_id_number"] == "110105198805051236"


def test_a_day_of_issue_that_is_named_behind_it_is_found(fields_of):
    lines = (
        (100, 100, "户别"), (300, 100, "居民家庭户"), (700, 100, "户主姓名张三"),
        (400, 800, "承办人签章："), (900, 800, "2010年4月18日签发"),
    )  # fmt: skip
    field = fields_of(K.HUKOU_COVER, *lines)["issue_date"]
    assert field.value == "2010-04-18"
    assert field.confidence > 0.95


def test_the_sex_and_the_next_label_on_one_line_are_told_apart(values_of):
    lines = [line for line in CARD if not line[2].startswith("性别")]
    values = values_of(K.ID_CARD_PORTRAIT, *lines, (80, 140, "性别"), (200, 140, "女民族汉"))
    assert (values["sex"], values["ethnicity"]) == ("女", "汉")


def test_a_birth_certificate_tells_mother_from_father(values_of):
    assert values_of(K.BIRTH_CERTIFICATE, *BIRTH) == {
        "newborn_name": "王宝",
        "newborn_sex": "男",
        "birth_time": "2019-01-17T03:31",
        "mother_name": "李四",
        "mother_id_number": "110105199103072086",
        "father_name": "王五",
        "father_id_number": "110105198805051236",
        "certificate_number": "T330012345",
        "issuing_body": "杭州市妇产科医院",
        "issue_date": "2019-02-01",
    }


def test_parents_side_by_side_keep_their_own_numbers(values_of):
    lines = [
        *BIRTH[:4],
        (50, 240, "母亲姓名李四"), (700, 240, "父亲姓名王五"),
        (50, 300, "身份证件号码"), (250, 300, "110105199103072086"),
        (700, 300, "身份证件号码"), (900, 300, "110105198805051236"),
    ]  # fmt: skip
    values = values_of(K.BIRTH_CERTIFICATE, *lines)
    assert values["mother_id_number"] == "110105199103072086"
    assert values["father_id_number"] == "110105198805051236"


def test_a_father_who_is_not_named_is_a_sure_blank(fields_of):
    lines = [(200, 440, "未提供") if line[2] == "王五" else line for line in BIRTH]
    lines = [line for line in lines if "110105198805051236" not in line[2]]
    fields = fields_of(K.BIRTH_CERTIFICATE, *lines)
    assert fields["father_name"].value is None
    assert fields["father_name"].confidence > 0.9
    assert fields["father_id_number"].value is None
    assert fields["mother_id_number"].value == "110105199103072086"


def test_a_number_beside_one_parent_s_label_alone_is_nobody_s(fields_of):
    fields = fields_of(
        K.BIRTH_CERTIFICATE,
        (100, 100, "出生医学证明"),
        (100, 200, "有效身份证件号码"),
        (400, 200, "110101199003078822"),
        (100, 300, "父亲姓名"),
        (400, 300, "沈建国"),
        (100, 400, "有效身份证件号码"),
        (400, 400, "11010119900307889X"),
    )
    assert fields["father_name"].value == "沈建国"
    assert (fields["father_id_number"].value, fields["father_id_number"].quad) == (None, None)


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
