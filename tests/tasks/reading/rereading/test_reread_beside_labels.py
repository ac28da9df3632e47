"""What is read beside a label a second time."""

import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import draw_paper
from tasks.reading.confidence.witnesses import READ_TWICE_ALIKE, READ_TWICE_OTHERWISE
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine, to_span
from tasks.reading.image.geometry import place
from tasks.reading.kinds.registry import SPECS
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.split_labels import PlacedLabel
from tasks.reading.read_file import read_file
from tasks.reading.rereading.reread_beside_labels import reread_beside_labels


@pytest.mark.engine
def test_a_name_that_shares_a_slanting_box_with_the_next_label_is_told_from_it():
    paper = draw_paper(DocumentKind.HUKOU_MEMBER, 5106, "phone", style_set="held_out")
    (read_paper,) = read_file("page.jpg", paper.data)
    for name in ("name", "relation_to_householder"):
        assert read_paper.reading.value(name) == paper.fields[name]


LABEL = ((20.0, 40.0), (84.0, 40.0), (84.0, 72.0), (20.0, 72.0))
VALUE = ((120.0, 40.0), (216.0, 40.0), (216.0, 72.0), (120.0, 72.0))
NUMBER_PLACE = ((20.0, 140.0), (500.0, 140.0), (500.0, 172.0), (20.0, 172.0))


class SecondReading:
    """A reader that finds one line beside the label and reads it as it is told."""

    name, trust = "second reading", 1.0

    def __init__(self, text, confidence):
        self._read = Recognised(tuple(Glyph(c, confidence, 0.5) for c in text))

    def locate(self, image, *, long_side=0):
        height = image.shape[0]
        top, bottom = 0.5 * height - 16, 0.5 * height + 16
        return (((50.0, top), (140.0, top), (140.0, bottom), (50.0, bottom)),)

    def recognise(self, crops):
        return tuple(self._read for _ in crops)

    def emissions(self, crop):
        return None

    def lines(self, image):
        return ()


def reread(first, first_confidence, second, second_confidence):
    """The name of a registration card after a second reading beside its label."""
    image = np.full((220, 700, 3), 230, np.uint8)
    page_lines = PageLines(
        image, (LABEL, VALUE, NUMBER_PLACE), SecondReading(second, second_confidence)
    )
    glyphs = tuple(Glyph(c, first_confidence, (i + 0.5) / len(first)) for i, c in enumerate(first))
    span = to_span(TextLine(VALUE, Recognised(glyphs)), page_lines.matrix, 1)
    label = PlacedLabel("name", place(LABEL, page_lines.matrix), "姓名")
    form = LabelledValues((LabelledValue(label, (span,)),), ())
    (entry,) = reread_beside_labels(page_lines, form, SPECS[DocumentKind.HUKOU_MEMBER]).entries
    return entry.text, entry.weakest


def test_two_readings_that_agree_are_surer_than_one_and_never_quite_sure():
    assert reread("王芳", 0.7, "王芳", 0.99) == ("王芳", READ_TWICE_ALIKE)


def test_two_readings_that_differ_give_the_surer_one_without_much_confidence():
    assert reread("王芳", 0.7, "王苏", 0.99) == ("王苏", READ_TWICE_OTHERWISE)
    assert reread("王芳", 0.84, "王苏", 0.81) == ("王芳", READ_TWICE_OTHERWISE)


def test_what_was_read_surely_is_not_read_again():
    assert reread("王芳", 0.97, "王苏", 0.99) == ("王芳", 0.97)
