"""The cover of a hukou book from lines written by hand."""

from models.reading.document import DocumentKind as K

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


def test_a_day_of_issue_that_is_named_behind_it_is_found(fields_of):
    lines = (
        (100, 100, "户别"), (300, 100, "居民家庭户"), (700, 100, "户主姓名张三"),
        (400, 800, "承办人签章："), (900, 800, "2010年4月18日签发"),
    )  # fmt: skip
    field = fields_of(K.HUKOU_COVER, *lines)["issue_date"]
    assert field.value == "2010-04-18"
    assert field.confidence > 0.95
