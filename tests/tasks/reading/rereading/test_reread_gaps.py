"""What stands in a gap of a line is read by itself, or makes what stands before it unsure."""

from typing import Any

import cv2
import numpy as np
import pytest

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, Recognised, TextSpan
from tasks.reading.rereading.reread_gaps import inner_gaps, reread_gaps

SIZE, LEFT = 40, 100


class _ReaderOf:
    """Reads every crop as one text, evenly set."""

    def __init__(self, text: str) -> None:
        self.text = text

    def recognise(self, crops: Any) -> tuple[Recognised, ...]:
        places = [(i + 0.5) / len(self.text) for i in range(len(self.text))]
        glyphs = tuple(Glyph(c, 0.99, x) for c, x in zip(self.text, places, strict=True))
        return tuple(Recognised(glyphs) for _ in crops)


def reread(
    text: str, closer: str, *, stroked: bool = True, ringed: bool = False, slack: float = 2.0
) -> TextSpan:
    """A line (_ where nothing was read) after a closer look that shows `closer`.

    `slack` pixels of the line's box lie above the print and as many below; a ring stands in a gap
    between characters of two strokes.
    """
    image = np.full((200, 800, 3), 230, np.uint8)
    for column, character in enumerate(text):
        left = LEFT + column * SIZE
        if ringed and character in "_二":
            cv2.line(image, (left, 87), (left + 39, 87), (40, 40, 40), 2)
            cv2.line(image, (left, 113), (left + 39, 113), (40, 40, 40), 2)
        elif character != "_":
            cv2.rectangle(image, (left + 4, 84), (left + 34, 116), (30, 30, 30), 3)
        elif stroked:
            cv2.line(image, (left + 5, 100), (left + 34, 100), (60, 60, 60), 2)
    right = float(LEFT + len(text) * SIZE)
    top, bottom = 80.0 - slack, 120.0 + slack
    quad = ((float(LEFT), top), (right, top), (right, bottom), (float(LEFT), bottom))
    reader: Any = _ReaderOf(closer)
    lines = PageLines(image, (quad,), reader, known={})
    places = [(i + 0.5) / len(text) for i in range(len(text))]
    glyphs = tuple(Glyph(c, 0.999, x) for c, x in zip(text, places, strict=True) if c != "_")
    (span,) = reread_gaps(lines, (TextSpan(glyphs, quad, lines.boxes[0], 0),))
    return span


@pytest.mark.parametrize(
    ("text", "closer", "whole"),
    [
        ("第_人民医院", "第一人民医院", "第一人民医院"),
        ("于二○__年二月", "于二〇〇〇年二月", "于二○〇〇年二月"),
        ("王_玲", "王一玲", "王一玲"),
    ],
)
def test_a_thin_character_that_was_passed_over_is_read(text, closer, whole):
    span = reread(text, closer)
    assert span.text == whole
    assert 0.9 < span.weakest < 0.95  # seen by one look only


def test_a_nought_between_two_strokes_is_read_where_a_slanting_line_has_a_tall_box():
    span = reread("生于二_二二年", "生于二〇二二年", ringed=True, slack=16.0)
    assert span.text == "生于二〇二二年"


@pytest.mark.parametrize("closer", ["第人民医院", "第二三人民医院", "等一人民医院", "乱"])
def test_a_look_that_shows_no_more_or_other_text_changes_no_text(closer):
    span = reread("第_人民医院", closer)
    assert span.text == "第人民医院"
    assert [glyph.confidence for glyph in span.glyphs] == [0.5, 0.999, 0.999, 0.999, 0.999]


def test_blank_paper_between_characters_is_not_looked_at():
    span = reread("王__伟", "王小小伟", stroked=False)
    assert (span.text, span.weakest) == ("王伟", 0.999)


@pytest.mark.parametrize("text", ["2016_2021", "二月_-三月"])
def test_between_figures_and_beside_a_dash_a_stroke_is_no_character(text):
    assert reread(text, "乱").weakest == 0.999


@pytest.mark.parametrize(("between", "gaps"), [(0.9, 0), (1.8, 1)])
def test_chinese_behind_figures_stands_wider_than_they_do(between, gaps):
    """Distances in heights of the line: figures 0.4, one Chinese character up to 0.95."""
    text, height = "2010.03.06-长期", 44.0
    places = [0.4 * i for i in range(len(text) - 2)]
    places += [places[-1] + 0.65, places[-1] + 0.65 + between]
    width = (places[-1] + 1.0) * height
    quad = ((100.0, 78.0), (100 + width, 78.0), (100 + width, 122.0), (100.0, 122.0))
    reader: Any = None
    lines = PageLines(np.full((200, 900, 3), 230, np.uint8), (quad,), reader, known={})
    glyphs = tuple(
        Glyph(c, 0.999, (x + 0.5) * height / width) for c, x in zip(text, places, strict=True)
    )
    span = TextSpan(glyphs, quad, lines.boxes[0], 0)
    assert len(list(inner_gaps(span, lines))) == gaps
