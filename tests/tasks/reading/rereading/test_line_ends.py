"""Ends of lines and blank places, on drawn pictures."""

import cv2
import numpy as np

from tasks.reading.image.pixels import grain, without_grain
from tasks.reading.rereading.extend_cut_values import (
    BlankPlace,
    LineEnd,
    examine_ends,
    examine_place,
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


def test_only_a_grainy_picture_is_smoothed():
    plain = paper()
    noise = np.random.default_rng(1).normal(0, 6, plain.shape)
    grainy = np.clip(plain + noise, 0, 255).astype(np.uint8)
    assert without_grain(plain) is plain
    assert 4 < grain(grainy) < 8
    assert grain(without_grain(grainy)) < 2
