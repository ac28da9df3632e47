"""A birth certificate from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K
from tests.tasks.checks.dossiers import FATHER

HERS, HIS = "110101199003078822", "11010119900307889X"

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


def test_a_number_whose_label_was_not_made_out_is_the_parents_of_its_sex(values_of):
    lines = [line for line in BIRTH if line[1] not in {360, 500}]
    read = values_of(K.BIRTH_CERTIFICATE, *lines, (50, 360, HERS))
    assert (read["mother_id_number"], read["father_id_number"]) == (HERS, None)


def test_what_has_a_form_of_its_own_is_read_behind_labels_that_were_not_made_out(values_of):
    lines = [line for line in BIRTH if line[2] != "性别男" and not line[2].startswith("出生证编号")]
    read = values_of(
        K.BIRTH_CERTIFICATE, *lines, (560, 120, "时男"), (700, 760, "生氏中证用 T330012345")
    )
    assert (read["newborn_sex"], read["certificate_number"]) == ("男", "T330012345")


def test_an_office_is_read_without_the_bracket_for_its_seal(values_of):
    lines = [line for line in BIRTH if not line[2].startswith("签发机构")]
    bracket = ((50, 620, "签发机构"), (200, 620, "（看取"), (300, 620, "杭州市妇产科医院"))
    assert values_of(K.BIRTH_CERTIFICATE, *lines, *bracket)["issuing_body"] == "杭州市妇产科医院"


@pytest.mark.parametrize("next_column", ["性", "女", "孙子"])
def test_a_name_ends_before_a_column_whose_label_was_not_made_out(values_of, next_column):
    lines = [line for line in BIRTH if line[2] != "性别男"]
    assert values_of(K.BIRTH_CERTIFICATE, *lines, (560, 120, next_column))["newborn_name"] == "王宝"


def test_a_name_printed_wide_is_read_whole(values_of):
    lines = [*BIRTH[:1], (50, 120, "新生儿姓名"), (300, 120, "王"), (420, 120, "宝"), *BIRTH[2:]]
    assert values_of(K.BIRTH_CERTIFICATE, *lines)["newborn_name"] == "王宝"


def test_the_same_label_in_two_close_rows_stays_two_labels(values_of):
    lines = [
        *BIRTH[:4],
        (50, 240, "母亲姓名李四"), (50, 285, "身份证件号码"), (300, 285, "110105199103072086"),
        (50, 330, "父亲姓名王五"), (50, 375, "身份证件号码"), (300, 375, "110105198805051236"),
    ]  # fmt: skip
    values = values_of(K.BIRTH_CERTIFICATE, *lines)
    assert values["mother_id_number"] == "110105199103072086"
    assert values["father_id_number"] == "110105198805051236"


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


@pytest.mark.parametrize(
    ("numbers", "mother", "father"),
    [
        ((HERS, HIS), HERS, HIS),
        ((HIS, HERS), HERS, HIS),
        ((HERS[:-1] + "3", HIS), None, HIS),
        ((HIS, FATHER.number), None, None),
    ],
)
def test_where_a_parent_s_label_is_lost_the_sex_in_a_number_tells_whose_it_is(
    fields_of, numbers, mother, father
):
    lines = [line for line in BIRTH if "母亲姓名" not in line[2] and "号码" not in line[2]]
    lines = [line for line in lines if line[2] != "110105198805051236"]
    fields = fields_of(
        K.BIRTH_CERTIFICATE,
        *lines,
        (50, 360, f"有效身份证件号码{numbers[0]}"),
        (50, 500, f"有效身份证件号码{numbers[1]}"),
    )
    assert fields["mother_id_number"].value == mother
    assert fields["father_id_number"].value == father


@pytest.mark.parametrize(
    "printed",
    [
        [(700, 120, "出生时间"), (830, 120, "2019年01月17日03时31分")],
        [(700, 120, "出生时旬2019年01月17日03时31分")],
        [(700, 120, "旬2019年01月17日03时31分")],
        [(700, 120, "出生时间2019年01月17日"), (830, 165, "03时31分")],
        [(700, 120, "出生时间2019年01月17日"), (1250, 180, "3:31")],
        [(700, 80, "出生时间"), (700, 125, "2019年01月17日03时31分")],
    ],
)
def test_day_and_time_are_read_wherever_they_stand(values_of, printed):
    lines = [line for line in BIRTH if not line[2].startswith("出生时间")]
    values = values_of(K.BIRTH_CERTIFICATE, *lines, *printed)
    assert values["birth_time"] == "2019-01-17T03:31"


def test_a_time_that_is_not_printed_is_not_read(values_of):
    lines = [line for line in BIRTH if not line[2].startswith("出生时间")]
    values = values_of(K.BIRTH_CERTIFICATE, *lines, (700, 120, "出生时间2019年01月17日 时 分"))
    assert values["birth_time"] is None


def test_the_kind_of_a_father_s_paper_is_no_label_with_a_blank_behind_it(fields_of):
    number = fields_of(
        K.BIRTH_CERTIFICATE,
        (300, 20, "出生医学证明"),
        (60, 100, "新生儿姓名 卢某诗"),
        (60, 200, "母亲姓名 杨秀"),
        (60, 250, "有效身份证件类别 居民身份证"),
        (700, 250, "有效身份证件号码 22010419710708662X"),
        (60, 300, "父亲姓名 卢勇航"),
        (60, 350, "有效身份证件类别 居民身份证"),
    )["father_id_number"]
    assert (number.value, number.confidence < 0.5) == (None, True)
