"""Ends of lines and blank places, on drawn pictures; and values whose ends were cut off."""

import cv2
import numpy as np
import pytest

from tasks.reading.confidence.witnesses import END_EXTENDED, END_UNSEEN
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.engines.text_lines import TextLine, to_span
from tasks.reading.image.geometry import Box
from tasks.reading.layout.normalise_values import digits
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.split_labels import PlacedLabel
from tasks.reading.rereading.extend_cut_values import (
    BlankPlace,
    LineEnd,
    examine_ends,
    examine_place,
    extend_cut_values,
)

LINE = ((100.0, 40.0), (400.0, 40.0), (400.0, 80.0), (100.0, 80.0))
LABEL = ((5.0, 40.0), (65.0, 40.0), (65.0, 80.0), (5.0, 80.0))


def paper(*, text_from=110, text_to=390):
    """A sheet of grey paper with strokes like characters between two places."""
    image = np.full((120, 600, 3), 215, np.uint8)
    for x in (*range(text_from, text_to, 12), *range(8, 56, 12)):
        cv2.line(image, (x, 46), (x + 7, 74), (30, 30, 30), 2)
    return image


def test_plain_paper_follows_a_whole_line():
    assert examine_ends(paper(), LINE, None) == (LineEnd.PAPER, LineEnd.PAPER)


def test_a_character_that_the_box_cuts_off_is_noticed():
    assert examine_ends(paper(text_to=430), LINE, None) == (LineEnd.PAPER, LineEnd.INK)
    assert examine_ends(paper(text_from=86), LINE, None) == (LineEnd.INK, LineEnd.PAPER)


def test_a_ruled_line_beside_a_value_is_no_character():
    image = paper()
    cv2.line(image, (408, 0), (408, 119), (40, 40, 40), 2)
    assert examine_ends(image, LINE, None).right is LineEnd.PAPER


def test_an_end_under_a_reflection_or_at_the_page_s_edge_is_lost():
    lit, edge = paper(), paper()
    lit[:, 385:450] = 255
    edge[:, 408:] = 60
    assert examine_ends(lit, LINE, None).right is LineEnd.LOST
    assert examine_ends(edge, LINE, None).right is LineEnd.LOST


def test_a_place_is_blank_inked_or_burnt_out():
    blank, burnt = paper(text_from=0, text_to=0), paper(text_from=0, text_to=0)
    burnt[:, 150:300] = 255
    assert examine_place(blank, LINE, LABEL, None) is BlankPlace.BLANK
    assert examine_place(burnt, LINE, LABEL, None) is BlankPlace.BURNT
    assert examine_place(paper(), LINE, LABEL, None) is BlankPlace.INKED


NUMBER = "411381444280"


TOP, BOTTOM, LEFT, RIGHT = 70.0, 120.0, 95.0, 405.0


def page():
    """A number on grey paper, from about x = 100 to 400."""
    image = np.full((200, 640, 3), 210, np.uint8)
    cv2.putText(image, NUMBER, (100, 110), cv2.FONT_HERSHEY_SIMPLEX, 1.25, (25, 25, 25), 2)
    return image


def read(image, left, right):
    """The number as read in a box from `left` to `right`, looked after at its ends."""
    quad = ((left, TOP), (right, TOP), (right, BOTTOM), (left, BOTTOM))
    page_lines = PageLines(image, (quad,), this_process_readers().text)
    span = to_span(TextLine(quad, page_lines.reread(quad)), page_lines.matrix, 0)
    label = PlacedLabel("number", Box(5, 60, (TOP + BOTTOM) / 2, 40), "户号")
    (entry,) = extend_cut_values(
        page_lines, LabelledValues((LabelledValue(label, (span,)),), ()), {"number": digits}
    ).entries
    return entry


@pytest.mark.engine
def test_a_number_that_its_box_cuts_off_is_read_whole_but_not_quite_sure():
    entry = read(page(), LEFT, RIGHT - 45)
    assert entry.text == NUMBER
    assert entry.weakest <= END_EXTENDED


@pytest.mark.engine
def test_a_number_that_runs_off_the_paper_is_not_sure():
    image = page()
    image[:, 350:] = 40
    entry = read(image, LEFT, 352)
    assert entry.text != NUMBER
    assert entry.weakest <= END_UNSEEN


@pytest.mark.engine
def test_a_whole_number_stays_as_it_was_read():
    whole = read(page(), LEFT - 5, 100 + cv2.getTextSize(NUMBER, 0, 1.25, 2)[0][0] + 10)
    assert whole.text == NUMBER
    assert whole.weakest > END_EXTENDED
