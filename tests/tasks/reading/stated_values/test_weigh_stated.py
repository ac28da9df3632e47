"""A stated value against its rivals, by the recogniser's own output on real print."""

import datetime as dt

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from models.reading.stated_value import StatedAnswer
from specimens.dice import Dice
from specimens.printing.typefaces import load, pick_typeface
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.confidence.stated_values import stated_answer
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.files.picture import ScaledPage
from tasks.reading.stated_values.augmented_line import AugmentedLine, LegiblePage
from tasks.reading.stated_values.weigh_stated import weigh_stated

TODAY = dt.date(2026, 11, 28)
BORNE_OUT, CONTRADICTED = StatedAnswer.BORNE_OUT, StatedAnswer.CONTRADICTED
HEIGHT = 34


def place(text):
    """A line of small, soft print."""
    face = load(pick_typeface(("song",), "tuning", Dice(1, "line")), 22)
    wide = int(face.getlength(text)) + 16
    image = Image.new("RGB", (wide, HEIGHT), (240, 240, 236))
    ImageDraw.Draw(image).text((8, 4), text, (40, 40, 44), font=face)
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)))[:, :, ::-1].copy()
    picture = LegiblePage.of(ScaledPage(pixels, (wide, HEIGHT)))
    quad = ((0.0, 0.0), (wide, 0.0), (wide, HEIGHT), (0.0, HEIGHT))
    return AugmentedLine(picture, quad, this_process_readers().text)


def answer(looks, sort, stated):
    margin = weigh_stated(looks, sort, stated, today=TODAY)
    assert margin is not None
    return stated_answer(sort, margin)


ROWS = [
    (FieldSort.ID_NUMBER, "511702199003073219", ["511702199003073219"], ["511702199008073213"]),
    # the next columns run into the line
    (FieldSort.ID_NUMBER, "511702199003073219 177", ["511702199003073219"], []),
    (FieldSort.DATE, "1990年3月7日", ["1990-03-07"], ["1990-08-07", "1990-03-01"]),
    (FieldSort.DATE, "2014年10月21日16时07分", ["2014-10-21"], ["2014-10-12"]),
    (FieldSort.NUMBER, "R330012345", ["R330012345"], ["R330012845", "P330012345"]),
    (FieldSort.NAME, "段玟林", ["段玟林"], ["段玫林", "段玟", "段玟材", "段玟林林"]),
]


@pytest.mark.parametrize(("sort", "shown", "true", "false"), ROWS)
def test_what_is_printed_is_borne_out_and_what_differs_in_one_character_is_not(
    sort, shown, true, false
):
    looks = place(shown)
    for stated in true:
        assert answer(looks, sort, stated) is BORNE_OUT
    for stated in false:
        assert answer(looks, sort, stated) is CONTRADICTED


def test_nobody_tells_of_a_character_that_the_recogniser_does_not_know():
    assert weigh_stated(place("王林"), FieldSort.NAME, "王\U00030edd林", today=TODAY) is None
