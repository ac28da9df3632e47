"""Second looks at a place, with the real reader."""

import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import draw_paper
from tasks.reading.confidence.witnesses import END_EXTENDED, END_UNSEEN
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.engines.text_lines import TextLine, to_span
from tasks.reading.image.geometry import Box
from tasks.reading.layout.normalise_values import digits
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.split_labels import PlacedLabel
from tasks.reading.read_file import read_file
from tasks.reading.rereading.extend_cut_values import extend_cut_values

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


@pytest.mark.engine
def test_a_name_that_shares_a_slanting_box_with_the_next_label_is_told_from_it():
    paper = draw_paper(DocumentKind.HUKOU_MEMBER, 5106, "phone", style_set="held_out")
    (read_paper,) = read_file("page.jpg", paper.data)
    for name in ("name", "relation_to_householder"):
        assert read_paper.reading.value(name) == paper.fields[name]
