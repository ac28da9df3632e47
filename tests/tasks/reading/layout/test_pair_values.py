"""Which label a value belongs to."""

import pytest

from tasks.reading.layout.pair_values import pair_values
from tasks.reading.layout.split_labels import SplitText
from tests.tasks.reading.layout.pieces import label, value


@pytest.mark.parametrize("below", [70, 80, 95])
@pytest.mark.parametrize("digits", [42.0, 60.0])
def test_a_table_gives_a_value_to_the_heading_above_it_whatever_the_height_of_its_type(
    below, digits
):
    headings = (
        label("name", "姓名", 370, 560),
        label("id_number", "社会保障号码", 870, 560),
        label("insured_region", "参保统筹区", 1370, 560),
    )
    number = value("330481200001319172", 890, 560 + below, digits, width=354)
    values = (value("洛桑丹增", 390, 560 + below), number, value("浙江省海宁市", 1390, 560 + below))
    paired = pair_values(SplitText(headings, values), frozenset())
    assert [entry.text for entry in paired.entries] == [
        "洛桑丹增",
        "330481200001319172",
        "浙江省海宁市",
    ]
    assert paired.loose == ()


def test_a_value_far_below_a_blank_place_is_not_that_place_s():
    headings = (label("former_name", "曾用名", 370, 560), label("sex", "性别", 900, 560))
    paired = pair_values(SplitText(headings, (value("无关", 380, 720),)), frozenset())
    assert [entry.text for entry in paired.entries] == ["", ""]
    assert [span.text for span in paired.loose] == ["无关"]


def test_the_end_of_a_label_that_was_cut_once_more_is_no_part_of_the_value():
    """The line finder may give 名 of 姓名 as a piece of its own, a little lower than the name."""
    name = label("mother_name", "母亲姓名", 200, 500)
    pieces = (value("韦芳涵", 455, 500), value("名", 385, 535))
    assert pair_values(SplitText((name,), pieces), frozenset()).entries[0].text == "韦芳涵"


def test_a_name_that_repeats_a_character_of_its_label_is_whole():
    name = label("mother_name", "母亲姓名", 200, 500)
    pieces = (value("名母亲", 480, 500),)
    assert pair_values(SplitText((name,), pieces), frozenset()).entries[0].text == "名母亲"


def test_rows_that_lie_close_are_read_one_after_the_other():
    """Of the first row a line of the form left a low piece, close to the second one."""
    address = label("address", "住址", 919, 512, height=45)
    rows = (
        value("治县双河乡红旗村第四村", 1123, 501, 53, width=323),
        value("重庆市酉", 1132, 472, 28, width=101),
        value("民小组31号", 1125, 531, 45, width=153),
    )
    paired = pair_values(SplitText((address,), rows), frozenset({"address"}))
    assert paired.entries[0].text == "重庆市酉治县双河乡红旗村第四村民小组31号"
