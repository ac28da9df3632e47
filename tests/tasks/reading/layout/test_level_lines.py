"""Lines that run along a page's rows, and those that were laid over it."""

import math
from types import SimpleNamespace
from typing import cast

import numpy as np

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.layout.level_lines import level_lines


def page(*lines):
    """Lines of text, each by its words, length and slant in degrees, 40 pixels high."""
    quads, known = [], {}
    for index, (text, length, slant) in enumerate(lines):
        dx, dy = length * math.cos(math.radians(slant)), length * math.sin(math.radians(slant))
        x, y = 100.0, 100.0 + 80 * index
        quads.append(((x, y), (x + dx, y + dy), (x + dx, y + dy + 40), (x, y + 40)))
        known[index] = SimpleNamespace(text=text)
    told = SimpleNamespace(quads=tuple(quads), known=lambda: known, matrix=np.eye(3))
    return cast(PageLines, told)


ROWS = (("出生时间 2024年06月29日", 300, 0.5), ("新生儿姓名 诸葛华文", 180, -1.0), ("住址", 90, 0))


def test_a_watermark_is_no_line_of_the_page():
    assert level_lines(page(*ROWS, ("仅供办理医保使用", 320, 15.0))) == (0, 1, 2)


def test_a_label_and_a_short_value_half_a_row_lower_are_the_page_s_own():
    lines = page(*ROWS, ("性别 男", 95, 9.0), ("复印无效", 160, 9.0))
    assert level_lines(lines) == (0, 1, 2)
    assert level_lines(lines, lambda text: text.startswith("性别")) == (0, 1, 2, 3)


def test_where_hardly_any_line_is_level_all_are_taken():
    assert level_lines(page(("甲", 200, 9.0), ("乙", 200, 9.0), ("丙", 200, 0.0))) == (0, 1, 2)
