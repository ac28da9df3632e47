"""Pages made of words at places, so that the parsing is tested without an engine."""

import pytest

from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine, to_span
from tasks.reading.image.geometry import level_matrix
from tasks.reading.read_text import read_fields

SIZE = 30.0


def text_line(x, y, text, confidence=0.999, size=SIZE):
    """A line of square characters whose upper left corner is at (x, y); a blank is a gap."""
    width = size * len(text)
    glyphs = tuple(
        Glyph(c, confidence, (i + 0.5) / len(text)) for i, c in enumerate(text) if c != "_"
    )
    quad = ((x, y), (x + width, y), (x + width, y + size), (x, y + size))
    return TextLine(quad, Recognised(glyphs))


def fields_of(kind, *lines):
    """The fields of a page made of (x, y, text) or (x, y, text, confidence)."""
    made = [text_line(*line) for line in lines]
    matrix = level_matrix(tuple(line.quad for line in made), (1400, 1000))
    return read_fields(kind, tuple(to_span(line, matrix, i) for i, line in enumerate(made)))


@pytest.fixture(name="fields_of")
def _fields_of():
    return fields_of


@pytest.fixture(name="text_line")
def _text_line():
    return text_line


@pytest.fixture
def values_of():
    def values(kind, *lines):
        return {name: field.value for name, field in fields_of(kind, *lines).items()}

    return values
