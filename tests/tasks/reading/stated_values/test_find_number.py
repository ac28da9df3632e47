"""A stated number is looked for the way up that reading found the page to be."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from specimens.printing.typefaces import installed, load
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.stated_values.find_number import NumberLines

NUMBER = "320104198511230024"
OTHER = "110101199003070011"


@pytest.fixture(scope="module")
def page():
    sheet = Image.new("RGB", (900, 500), (245, 245, 245))
    draw = ImageDraw.Draw(sheet)
    for row, text in enumerate(("常住人口登记卡", NUMBER, "公民身份号码")):
        face = load(installed("song", "tuning")[0], 34)
        draw.text((120, 80 + 120 * row), text, font=face, fill=(30, 30, 30))
    return np.asarray(sheet, np.uint8)


@pytest.mark.parametrize(
    ("rotation", "number", "found"),
    [(None, NUMBER, True), (0, NUMBER, True), (180, NUMBER, False), (0, OTHER, False)],
)
def test_a_number_is_found_the_right_way_up(page, rotation, number, found):
    lines = NumberLines(page, this_process_readers().text, rotation)
    assert (lines.place_of(number) is not None) is found
