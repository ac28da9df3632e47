"""Pictures made smaller, and places on them."""

import numpy as np
import pytest

from tasks.reading.image.geometry import scaled_quad
from tasks.reading.image.pixels import reduced


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
