"""Which way up a picture is, and lines that are read at once."""

import numpy as np
import pytest

from tasks.reading.engines.page_lines import PageLines, longest_lines, turned_upright
from tasks.reading.engines.text_lines import Glyph, Recognised

IMAGE = np.full((400, 600, 3), 255, np.uint8)
SHORT, LONG = 60.0, 400.0
"""Of the widths that a sample is of, and that it is not."""


def quad(row, width):
    return ((0.0, row), (width, row), (width, row + 20.0), (0.0, row + 20.0))


class Reader:
    """Reads lines with a given confidence, one for each time that it is asked."""

    def __init__(self, *confidences):
        self._next = iter(confidences)
        self.asked = []

    def recognise(self, crops):
        confidence = next(self._next)
        self.asked.append(len(crops))
        return tuple(Recognised((Glyph("王", confidence, 0.5),)) for _ in crops)


def page_lines(reader, *widths):
    quads = tuple(quad(30.0 * row, width) for row, width in enumerate(widths))
    return PageLines(IMAGE, quads, reader, small=IMAGE, legible=IMAGE)


@pytest.mark.parametrize(
    ("widths", "confidences", "turned"),
    [
        pytest.param((SHORT,), (0.9,), 0, id="a sample that reads well settles it"),
        pytest.param((SHORT,), (0.4, 0.95), 180, id="so does one that reads well turned round"),
        pytest.param(
            (SHORT,) * 3 + (LONG,) * 3,
            (0.3, 0.6, 0.97, 0.5),
            0,
            id="a second script is outvoted by the widest lines",
        ),
        pytest.param(
            (SHORT,) * 3 + (LONG,) * 3,
            (0.3, 0.2, 0.5, 0.97),
            180,
            id="upside down it is outvoted by them as well",
        ),
    ],
)
def test_lines_that_read_better_the_other_way_up_are_turned_round(widths, confidences, turned):
    assert turned_upright(page_lines(Reader(*confidences), *widths)).rotation == turned


def test_lines_are_prepared_at_once_and_known_when_they_are_asked_for():
    reader = Reader(0.9)
    lines = page_lines(reader, SHORT, LONG, SHORT)
    lines.prepare((0, 1))
    lines.prepare((0, 1))
    assert not lines.known()
    assert [lines.line(i).confidence for i in (0, 1)] == [0.9, 0.9]
    assert (sorted(lines.known()), reader.asked) == ([0, 1], [2])


def test_the_widest_lines_are_found():
    quads = tuple(quad(0.0, width) for width in (50, 300, 10, 200, 120))
    assert longest_lines(quads) == (1, 3, 4)
