"""A dark place in a value, or behind it, that gave no character makes the value unsure."""

from typing import Any

import cv2
import numpy as np
import pytest

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, TextSpan
from tasks.reading.image.geometry import place
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.split_labels import PlacedLabel
from tasks.reading.rereading.covered_values import doubt_covered_values, doubt_patched

SIZE = 40


NO_READER: Any = None
"""Everything is read already."""


def page_of(columns, shades=()):
    """A page with a square of ink in some of ten columns, and what else lies in others."""
    image = np.full((200, 700, 3), 230, np.uint8)
    for column in columns:
        left = 100 + column * SIZE
        cv2.rectangle(image, (left + 4, 84), (left + 34, 116), (30, 30, 30), 3)
        cv2.line(image, (left + 4, 100), (left + 34, 100), (30, 30, 30), 3)
    for column, grey in shades:
        left = 100 + column * SIZE
        image[80:120, left : left + SIZE] = grey
    return image


def weakest(columns, width, shades=()):
    """How sure a value of these columns is whose line is so many columns wide."""
    return weakest_on(page_of(columns, shades), columns, width)


def weakest_on(image, columns, width):
    right = 100 + width * SIZE
    quad = ((100.0, 78.0), (float(right), 78.0), (float(right), 122.0), (100.0, 122.0))
    lines = PageLines(image, (quad,), NO_READER, known={})
    glyphs = tuple(Glyph("田", 0.999, (c + 0.5) / width) for c in columns)
    span = TextSpan(glyphs, quad, place(quad, lines.matrix), 0)
    label = PlacedLabel("name", place(((20, 78), (80, 78), (80, 122), (20, 122)), lines.matrix), "")
    form = LabelledValues((LabelledValue(label, (span,)),), ())
    (entry,) = doubt_covered_values(lines, form, frozenset({"name"})).entries
    return entry.weakest


@pytest.mark.parametrize(
    ("columns", "width", "shades"),
    [
        ((0, 2), 3, ((1, 150),)),
        ((0, 1, 2, 5, 6, 7), 8, ((3, 140), (4, 170))),
        ((0, 1, 2), 5, ((3, 120), (4, 150))),
        ((0, 1, 2), 3, ((3, 160), (4, 160))),
    ],
)
def test_a_mosaic_in_a_value_makes_it_unsure(columns, width, shades):
    assert weakest(columns, width, shades) <= 0.5


@pytest.mark.parametrize(
    ("columns", "width"), [((0, 2), 3), ((0, 1, 2), 5), ((0, 1, 2, 3, 4), 5), ((0, 1, 2, 5, 6), 7)]
)
def test_blank_paper_between_and_behind_characters_hides_nothing(columns, width):
    assert weakest(columns, width) > 0.9


def with_strokes(columns, stroked):
    image = page_of(columns)
    for column in stroked:
        left = 100 + column * SIZE
        cv2.line(image, (left + 5, 100), (left + 34, 100), (60, 60, 60), 2)
    return image


@pytest.mark.parametrize(("columns", "width"), [((0, 1, 3, 4), 5), ((0, 1, 2), 5), ((0, 2), 3)])
def test_a_thin_stroke_that_gave_no_character_makes_the_value_unsure(columns, width):
    stroked = [column for column in range(width) if column not in columns]
    assert weakest_on(with_strokes(columns, stroked[:1]), columns, width) <= 0.5


def test_a_rule_of_the_form_onto_which_print_slipped_hides_nothing():
    image = page_of((0, 1, 2))
    cv2.line(image, (20, 98), (680, 102), (40, 40, 40), 2)
    assert weakest_on(image, (0, 1, 2), 5) > 0.9


def test_a_character_in_a_paler_ink_is_not_the_values_own():
    image = page_of((0, 1, 2, 3))
    image[80:120, 180:220] = np.maximum(image[80:120, 180:220], 150)
    assert weakest_on(image, (0, 1, 2, 3), 4) <= 0.5


@pytest.mark.parametrize(
    ("columns", "width", "from_column"),
    [
        pytest.param((0, 1, 2), 5, 3, id="behind the value"),
        pytest.param((0, 1, 2, 5, 6, 7), 8, 3, id="from a gap on"),
        pytest.param((0, 1, 2, 3, 4), 5, 3, id="over its last characters"),
    ],
)
def test_a_shadow_covers_nothing(columns, width, from_column):
    image = page_of(columns)
    left = 100 + from_column * SIZE
    image[:, left:] = (image[:, left:] * 0.55).astype(np.uint8)
    assert weakest_on(image, columns, width) > 0.9


def test_a_stamp_in_a_shadow_s_colour_still_covers():
    image = page_of((0, 1, 2))
    image[60:140, 220:] = (image[60:140, 220:] * 0.8).astype(np.uint8)
    image[86:114, 226:296] = (100, 60, 160)
    assert weakest_on(image, (0, 1, 2), 5) <= 0.5


@pytest.mark.parametrize(
    "shades",
    [
        pytest.param((170, 170), id="even"),
        pytest.param((195, 120), id="of two blocks, one pale"),
    ],
)
def test_a_patch_over_half_a_character_that_was_read_makes_the_value_unsure(shades):
    image = page_of((0, 1, 2))
    upper, lower = shades
    image[74:100, 156:178] = upper
    image[100:126, 156:178] = lower
    assert weakest_on(cv2.GaussianBlur(image, (0, 0), 1), (0, 1, 2), 3) <= 0.5


def test_light_that_grows_along_a_line_is_no_patch():
    image = page_of((0, 2))
    light = np.interp(np.arange(image.shape[1]), (100, 260), (0.75, 1.0))
    image = (image * light[np.newaxis, :, np.newaxis]).astype(np.uint8)
    assert weakest_on(image, (0, 2), 3) > 0.9


def test_a_thick_stroke_and_its_blur_are_no_patch():
    image = page_of((0, 1, 2))
    image[84:116, 150:158] = 30
    assert weakest_on(cv2.GaussianBlur(image, (0, 0), 3), (0, 1, 2), 3) > 0.9


def with_a_finger():
    """Two columns of ink; the right half of a third one lies below something of skin's colour."""
    image = page_of((0, 1, 2))
    image[60:140, 200:300] = (130, 155, 205)
    return cv2.GaussianBlur(image, (0, 0), 1)


def test_a_finger_over_the_end_of_a_line_makes_its_last_character_unsure_and_no_other():
    quad = ((100.0, 78.0), (204.0, 78.0), (204.0, 122.0), (100.0, 122.0))
    lines = PageLines(with_a_finger(), (quad,), NO_READER, known={})
    glyphs = tuple(Glyph("田", 0.999, place) for place in (0.19, 0.58, 0.9))
    (span,) = doubt_patched(lines, (TextSpan(glyphs, quad, place(quad, lines.matrix), 0),))
    assert [glyph.confidence > 0.9 for glyph in span.glyphs] == [True, True, False]
