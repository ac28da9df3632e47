"""Labels and values placed by hand, in pixels of a level page."""

from tasks.reading.engines.text_lines import Glyph, TextSpan
from tasks.reading.image.geometry import Box
from tasks.reading.layout.split_labels import PlacedLabel


def label(key, printed, left, middle, height=60.0):
    return PlacedLabel(key, Box(left, left + height * len(printed), middle, height), printed)


def value(text, left, middle, height=60.0, *, width=None):
    width = width or height * len(text)
    glyphs = tuple(Glyph(c, 0.99, (i + 0.5) / len(text)) for i, c in enumerate(text))
    top, bottom = middle - height / 2, middle + height / 2
    right = left + width
    quad = ((left, top), (right, top), (right, bottom), (left, bottom))
    return TextSpan(glyphs, quad, Box(left, right, middle, height), 0)
