"""Whether a closer look at a picture shows more of it, and how its lines are read."""

import numpy as np
import pytest

from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine
from tasks.reading.segmentation.survey import LineSurvey

IMAGE = np.full((1200, 1600, 3), 255, np.uint8)


def box(left, top, width=200.0, height=20.0):
    right, bottom = left + width, top + height
    return ((left, top), (right, top), (right, bottom), (left, bottom))


class Reader:
    """Finds the same lines each time, and counts how often it looks."""

    def __init__(self, quads):
        self._quads = quads
        self.looks = 0

    def locate(self, image, *, long_side):
        del image, long_side
        self.looks += 1
        return self._quads

    def recognise(self, crops):
        return tuple(Recognised((Glyph("王", 0.9, 0.5),)) for _ in crops)

    def lines(self, image):
        del image
        return (TextLine(box(0, 0), Recognised((Glyph("王", 0.9, 0.5),))),)


def look(reader):
    return LineSurvey(IMAGE, reader)


@pytest.mark.parametrize(
    ("known", "seen", "more"),
    [
        pytest.param((box(0, 0),), (box(4, 2, 180),), False, id="the same line"),
        pytest.param((box(0, 0, 400),), (box(0, 0), box(210, 0)), False, id="one in two pieces"),
        pytest.param((box(0, 0),), (box(0, 0), box(0, 300, 60, 8)), True, id="another one"),
        pytest.param((box(0, 0),), (), False, id="none"),
        pytest.param((box(0, 0),), None, True, id="an engine that cannot tell"),
    ],
)
def test_a_closer_look_shows_more_where_a_line_stands_that_was_not_found(known, seen, more):
    assert look(Reader(seen)).finds_more_than(known) is more


def test_lines_are_looked_for_once():
    reader = Reader((box(0, 0), box(0, 40)))
    closer = look(reader)
    assert not closer.finds_more_than((box(0, 0), box(0, 40)))
    assert [line.text for line in closer.lines()] == ["王", "王"]
    assert reader.looks == 1


def test_an_engine_that_cannot_look_reads_upright_lines_alone():
    (line,) = look(Reader(None)).lines()
    assert (line.text, line.turn) == ("王", 0)
