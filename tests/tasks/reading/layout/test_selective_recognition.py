"""Which lines of a page are read, and which are left out."""

import numpy as np
import pytest

from models.reading.document import DocumentKind as K
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, Recognised
from tasks.reading.kinds.registry import SPECS
from tasks.reading.layout.selective_recognition import (
    read_all,
    read_heads,
    read_wanted,
    rows_of,
    without_subtitles,
)

SIZE = 30
PAGE = (
    (400, 20, "常住人口登记卡"),
    (50, 100, "姓名"),
    (200, 100, "张三丰"),
    (50, 180, "出生地"),
    (200, 180, "浙江省杭州市西湖区文三路"),
    (700, 180, "民族"),
    (800, 180, "汉"),
    (50, 260, "其他住址"),
    (300, 260, "浙江省宁波市海曙区"),
    (50, 340, "公民身份号码"),
    (300, 340, "11010519491231002X"),
    (900, 340, "身高"),
    (50, 420, "文化程度"),
    (500, 420, "婚姻状况"),
    (700, 420, "未婚"),
    (900, 420, "兵役状况"),
    (50, 500, "服务处所"),
    (50, 580, "何时由何地迁来本址"),
    (50, 660, "承办人签章"),
    (500, 660, "登记日期"),
    (700, 660, "2011年7月20日"),
)


class LinesOfPage:
    """Gives the text of the line whose grey value a crop carries."""

    name, trust = "test", 1.0

    def locate(self, image, *, long_side=0):
        return None

    def emissions(self, crop):
        return None

    def lines(self, image):
        return ()

    def recognise(self, crops):
        texts = [PAGE[round(float(np.median(crop))) // 5][2] for crop in crops]
        return tuple(
            Recognised(tuple(Glyph(c, 0.99, (i + 0.5) / len(t)) for i, c in enumerate(t)))
            for t in texts
        )


@pytest.fixture
def page_lines():
    image = np.zeros((760, 1200, 3), np.uint8)
    quads = []
    for number, (x, y, text) in enumerate(PAGE):
        right, bottom = x + SIZE * len(text) * 0.7, y + SIZE
        image[y - 4 : y + SIZE + 4, x - 4 : int(right) + 5] = 5 * number
        quads.append(((x, y), (right, y), (right, bottom), (x, bottom)))
    return PageLines(image, tuple(quads), LinesOfPage())


def texts(page_lines):
    return {line.text for line in page_lines.known().values()}


def test_a_registration_card_is_read_without_what_nobody_wants(page_lines):
    read_wanted(page_lines, rows_of(page_lines), SPECS[K.HUKOU_MEMBER])
    read = texts(page_lines)
    assert {"张三丰", "汉", "11010519491231002X", "未婚", "2011年7月20日"} <= read
    unread = {"浙江省杭州市西湖区文三路", "浙江省宁波市海曙区", "身高", "服务处所"}
    assert not unread & read
    assert "何时由何地迁来本址" not in read


def test_what_stands_before_a_line_that_was_read_already_is_read_too(page_lines):
    page_lines.line(next(i for i, (_, _, text) in enumerate(PAGE) if text == "兵役状况"))
    page_lines.line(next(i for i, (_, _, text) in enumerate(PAGE) if text == "身高"))
    read_wanted(page_lines, rows_of(page_lines), SPECS[K.HUKOU_MEMBER])
    assert {"文化程度", "公民身份号码"} <= texts(page_lines)


def test_a_sampled_value_at_the_foot_brings_its_label_along(page_lines):
    page_lines.line(next(i for i, (_, _, text) in enumerate(PAGE) if text == "浙江省宁波市海曙区"))
    page_lines.line(next(i for i, (_, _, text) in enumerate(PAGE) if text == "何时由何地迁来本址"))
    read_wanted(page_lines, rows_of(page_lines), SPECS[K.HUKOU_MEMBER])
    assert "其他住址" in texts(page_lines)


def test_heads_are_read_from_above_until_they_are_enough(page_lines):
    read_heads(page_lines, rows_of(page_lines), enough=lambda: "姓名" in texts(page_lines))
    assert texts(page_lines) == {"常住人口登记卡", "姓名"}


def test_a_kind_without_shortcuts_is_read_whole(page_lines):
    read_wanted(page_lines, rows_of(page_lines), SPECS[K.ID_CARD_PORTRAIT])
    assert len(page_lines.known()) == len(PAGE)


def test_everything_can_be_read(page_lines):
    read_all(page_lines)
    assert texts(page_lines) == {text for _, _, text in PAGE}


@pytest.mark.parametrize(
    ("high", "below", "kept"),
    [(12, 18, False), (23, 20, False), (28, 19, True), (25, 27, True)],
    ids=["a subtitle", "a large one", "the end of an address set close", "the next row"],
)
def test_small_print_close_under_a_label_is_left_out_and_a_further_line_is_not(high, below, kept):
    boxes = [(500, 100, 210, 31), (500, 100 + below, 90, high)]
    quads = tuple(
        ((x, y - h / 2), (x + w, y - h / 2), (x + w, y + h / 2), (x, y + h / 2))
        for x, y, w, h in boxes
    )
    page_lines = PageLines(np.zeros((300, 900, 3), np.uint8), quads, LinesOfPage())
    assert without_subtitles(page_lines, ((0,), (1,))) == (((0,), (1,)) if kept else ((0,),))
