"""Pictures made smaller, and freed of grain."""

import cv2
import numpy as np
import pytest

from tasks.reading.image.geometry import scaled_quad
from tasks.reading.image.pixels import cut_line, grain, reduced, strip_width, without_grain


@pytest.mark.parametrize("size", [(1200, 1601), (3001, 2000), (64, 4000), (3, 900)])
def test_the_long_side_is_what_was_asked_for_and_the_shape_is_kept(size):
    small = reduced(np.zeros((*size, 3), np.uint8), 320)
    assert max(small.shape[:2]) == 320
    assert abs(small.shape[0] / small.shape[1] / (size[0] / size[1]) - 1) < 0.03 or min(size) < 10


def test_a_small_picture_is_left_alone():
    image = np.zeros((100, 200, 3), np.uint8)
    assert reduced(image, 320) is image


def test_a_mark_stays_where_it_is_when_a_picture_is_made_smaller():
    image = np.zeros((1999, 2801, 3), np.uint8)
    image[995:1005, 1395:1405] = 255
    small = reduced(image, 640)
    y, x = np.argwhere(small[:, :, 0] > 10).mean(axis=0)
    scale = small.shape[1] / image.shape[1]
    ((u, v), *_) = scaled_quad(((1400, 1000),) * 4, scale)
    assert abs(x + 0.5 - u) < 1
    assert abs(y + 0.5 - v) < 1


@pytest.mark.parametrize(
    "quad",
    [
        ((10, 10), (210, 14), (209, 40), (9, 36)),
        ((5, 5), (7, 5), (7, 60), (5, 60)),
        ((0, 50), (599, 50), (599, 53), (0, 53)),
    ],
)
def test_the_width_of_a_strip_is_known_before_it_is_cut_out(quad):
    assert strip_width(quad, 48) == cut_line(paper(), quad, 48).shape[1]


def paper(*, text_from=110, text_to=390):
    """A sheet of grey paper with strokes like characters between two places."""
    image = np.full((120, 600, 3), 215, np.uint8)
    for x in (*range(text_from, text_to, 12), *range(8, 56, 12)):
        cv2.line(image, (x, 46), (x + 7, 74), (30, 30, 30), 2)
    return image


def test_only_a_grainy_picture_is_smoothed():
    plain = paper()
    noise = np.random.default_rng(1).normal(0, 6, plain.shape)
    grainy = np.clip(plain + noise, 0, 255).astype(np.uint8)
    assert without_grain(plain) is plain
    assert 4 < grain(grainy) < 8
    assert grain(without_grain(grainy)) < 2
