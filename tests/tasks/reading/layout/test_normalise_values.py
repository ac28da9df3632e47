"""Normalising: the same value however it is printed, and None for what is no such value."""

import pytest

from tasks.reading.layout import normalise_values as values


@pytest.mark.parametrize(
    ("normalise", "text", "value"),
    [
        (values.name, "张 小三", "张小三"),
        (values.name, "阿依古丽・买买提", "阿依古丽·买买提"),
        (values.name, "张3", None),
        (values.name, "董琴涵Age", "董琴涵"),
        (values.name, "Name李國強", "李国强"),
        (values.name, "陈昇堃", "陈昇堃"),
        (values.name, "未提供Ag", "未提供"),
        (values.organisation, "景洪市第一人民医院H", "景洪市第一人民医院"),
        (values.organisation, "（基章）：城关区第一人民医院", "城关区第一人民医院"),
        (values.sex, "女性", "女"),
        (values.sex, "男女", None),
        (values.ethnicity, "维吾尔族", "维吾尔"),
        (values.ethnicity, "漢", "汉"),
        (values.ethnicity, "乌克兰(入籍)", "乌克兰(入籍)"),
        (values.ethnicity, "穿青人", "穿青人"),
        (values.ethnicity, "公安局", None),
        (values.marital_status, "离婚未再婚", "离婚未再婚"),
        (values.marital_status, "族初婚", "初婚"),
        (values.marital_status, "已婚离异", None),
        (values.marital_status, "安局城", None),
        (values.date, "二〇一二年四月十七日", "2012-04-17"),
        (values.name, "名谢诗语Age", "谢诗语"),
        (values.name, "名扬", "名扬"),
        (values.date, "2012-02-30", None),
        (values.date, "2012年Ⅱ月27日", "2012-11-27"),
        (values.moment, "2019年01月17日03时31分", "2019-01-17T03:31"),
        (values.moment, "2019年01月17日", None),
        (values.id_number, "1101051949123l002x", "11010519491231002X"),
        (values.id_number, "1101051949123100", None),
        (values.id_number, "110105 19491231 002X", "11010519491231002X"),
        (values.id_number, "11010519491231002X 177", "11010519491231002X"),
        (values.id_number, "血型A 11010519491231002X", "11010519491231002X"),
        (values.id_number, "110105194912310021 177", None),
        (values.id_number, "11010519491231002X177", None),
        (values.id_number, "11010519491231002X 622901199412099793", None),
        (values.certificate_number, "0123456789", "O123456789"),
        (values.certificate_number, "TO12345678O", None),
        (values.certificate_number, "T O12345678", "T012345678"),
        (values.relation, "长 子", "长子"),
        (values.household_type, "非农业家庭户口", "非农业家庭户口"),
        (values.name, "登记使", None),  # of a watermark over an empty field
        (values.digits, "户01234567", "01234567"),
        (values.digits, "972619471141841701", None),  # a watermark's number behind it
    ],
)
def test_a_text_becomes_its_value(normalise, text, value):
    assert normalise(text) == value


@pytest.mark.parametrize(
    "text", ["", "无", "未提供", "未提供Ag", "the未提供", "Date of birth", "--"]
)
def test_a_blank_is_a_blank_whatever_the_subtitle(text):
    assert values.is_blank(text)


@pytest.mark.parametrize("text", ["王无", "A123456789", "0"])
def test_a_value_is_no_blank(text):
    assert not values.is_blank(text)


@pytest.mark.parametrize(
    "text", ["家庭户", "居民家庭户", "非农业家庭户口", "农业家庭户", "城镇集体户"]
)
def test_household_types_of_registers_are_known(text):
    assert values.known_household_type(text)


@pytest.mark.parametrize("text", ["象庭户", "公安", "居民户口簿"])
def test_other_words_are_no_household_type(text):
    assert not values.known_household_type(text)


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("黑龙江省尚志市龙泉镇松树坡村第八村民小组3号", True),
        ("恩施市舞阳坝街道1号", True),
        ("广西壮族自治区南宁市青秀区1号", True),
        ("一西壮族自治区南宁市青秀区1号", False),
        ("去南省昆明市五华区1号", False),
        ("科尔沁左翼中旗保康镇", True),
        ("余杭区五常街道3号", True),
        ("龙泉镇松树坡村第八村民小组3号", False),
        ("阳光小区3栋", False),
        ("幸福社区2栋5号", False),
        ("建设路12号", False),
        ("呼和浩特市新城区青年路438号附11号1-1-3", True),
        ("呼和浩特市新城区青年路438号附", False),
        ("尚志市龙泉镇松树坡村第", False),
    ],
)
def test_a_whole_address_begins_with_a_division_and_ends_where_nothing_follows(address, whole):
    assert values.is_whole_address(address) is whole
