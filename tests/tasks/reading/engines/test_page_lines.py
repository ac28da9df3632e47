"""Which way up a picture is."""

import numpy as np

from tasks.reading.engines.page_lines import is_upside_down, longest_lines
from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine

IMAGE = np.full((400, 600, 3), 255, np.uint8)


def line(confidence, width=100.0):
    quad = ((0.0, 0.0), (width, 0.0), (width, 20.0), (0.0, 20.0))
    return TextLine(quad, Recognised((Glyph("王", confidence, 0.5),)))


class Reader:
    """Reads everything with a given confidence, one for each time that it is asked."""

    def __init__(self, *confidences):
        self._next = iter(confidences)

    def recognise(self, crops):
        confidence = next(self._next)
        return tuple(Recognised((Glyph("王", confidence, 0.5),)) for _ in crops)


def upside_down(sample, reader, widest):
    return is_upside_down(IMAGE, sample, reader, widest)


def test_a_sample_that_reads_well_settles_it():
    assert not upside_down((line(0.9),), Reader(), lambda: ())


def test_a_sample_that_reads_well_turned_round_settles_it():
    assert upside_down((line(0.4),), Reader(0.95), lambda: ())


def test_a_second_script_is_outvoted_by_the_widest_lines():
    sample = (line(0.3),)
    assert not upside_down(sample, Reader(0.6, 0.5), lambda: (line(0.97, 400.0),))
    assert upside_down(sample, Reader(0.2, 0.97), lambda: (line(0.5, 400.0),))


def test_the_widest_lines_are_found():
    quads = tuple(line(1.0, width).quad for width in (50, 300, 10, 200, 120))
    assert longest_lines(quads) == (1, 3, 4)
