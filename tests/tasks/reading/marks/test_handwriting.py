"""Whether figures were printed or written by hand."""

import cv2
import numpy as np
import pytest

from specimens.dice import Dice
from specimens.printing.handwriting import invent_hand, write_by_hand
from tasks.reading.engines.text_lines import TextLine
from tasks.reading.marks.handwriting import is_by_hand
from tests.tasks.reading.marks.drawn_lines import SCALE, line_at, pen, sheet_of_paper

NUMERALS = "330102198803122211"


@pytest.mark.parametrize("role", ["song", "hei", "kai", "fang", "number"])
def test_printed_figures_are_nobody_s_hand(role):
    page_lines = sheet_of_paper()
    end = page_lines.write(20, 30, NUMERALS, pen(role))
    image = cv2.GaussianBlur(page_lines.finish(), (0, 0), 1.2)
    assert not is_by_hand(np.asarray(image, np.uint8), [framed(20, end, 30, NUMERALS)])


def test_old_style_figures_are_print_though_some_hang_below_the_line():
    page_lines, x, line = sheet_of_paper(), 20.0, pen()
    for digit in NUMERALS:
        x = page_lines.write(x, 30 + (1.2 if digit in "34579" else 0.0), digit, line)
    image = cv2.GaussianBlur(page_lines.finish(), (0, 0), 1.2)
    assert not is_by_hand(np.asarray(image, np.uint8), [framed(20, x, 30, NUMERALS)])


def test_figures_by_hand_are_seen_in_most_hands():
    seen = 0
    for seed in range(12):
        page_lines, dice = sheet_of_paper(), Dice(seed, "figures")
        hand = invent_hand("tuning", dice)
        end = write_by_hand(page_lines, 20, 30, NUMERALS, hand, 4.6, dice.fork("writing"))
        seen += is_by_hand(page_lines.finish(), [framed(20, end, 30, NUMERALS)])
    assert seen >= 9


def framed(start, end, y, text, size=4.6) -> TextLine:
    line = line_at(start, y, text, size)
    (left, top), _, (_, bottom), _ = line.quad
    right = end * SCALE
    return TextLine(((left, top), (right, top), (right, bottom), (left, bottom)), line.recognised)


def test_a_page_without_long_numbers_is_taken_for_printed():
    assert not is_by_hand(sheet_of_paper().finish(), [line_at(20, 30, "沈建国")])
