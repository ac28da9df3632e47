"""Lines of print on an empty sheet, as a finder frames them."""

from specimens.printing.print_sheet import Pen, PrintSheet
from specimens.printing.typefaces import installed
from tasks.reading.engines.text_lines import Glyph, Recognised, TextLine, to_span
from tasks.reading.image.geometry import level_matrix
from tasks.reading.layout.prose import Prose, to_prose

SCALE = 8.0


def sheet_of_paper() -> PrintSheet:
    return PrintSheet(210.0, 80.0, SCALE, (250, 250, 246))


def pen(role="song", size=4.6) -> Pen:
    return Pen(installed(role, "tuning")[0], size)


def line_at(x, y, text, size=4.6) -> TextLine:
    """The line as a finder frames it: a little higher than its characters."""
    width = size * len(text) * SCALE
    left, top, bottom = x * SCALE, (y - 0.7 * size) * SCALE, (y + 0.7 * size) * SCALE
    glyphs = tuple(Glyph(c, 0.99, (i + 0.5) / len(text)) for i, c in enumerate(text))
    quad = ((left, top), (left + width, top), (left + width, bottom), (left, bottom))
    return TextLine(quad, Recognised(glyphs))


def prose_of(*lines: TextLine) -> Prose:
    matrix = level_matrix(tuple(line.quad for line in lines), (1680, 640))
    return to_prose(to_span(line, matrix, i) for i, line in enumerate(lines))
