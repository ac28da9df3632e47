"""The direction of a page's lines."""

import math

import pytest

from tasks.reading.image.geometry import level_matrix, place


def line(left, top, width, degrees, height=40):
    """A line of text as a quad: its upper left corner, and how it runs."""
    run = math.radians(degrees)
    across = (width * math.cos(run), width * math.sin(run))
    down = (-height * math.sin(run), height * math.cos(run))
    a = (float(left), float(top))
    b = (a[0] + across[0], a[1] + across[1])
    return a, b, (b[0] + down[0], b[1] + down[1]), (a[0] + down[0], a[1] + down[1])


@pytest.mark.parametrize("lean", [0, -4, 7])
@pytest.mark.parametrize("watermark", [-28, -20, 24])
def test_a_watermark_across_a_page_does_not_turn_it(lean, watermark):
    own = [line(200, 200 + 150 * n, 250, lean) for n in range(6)]
    across = [line(100 + 90 * n, 900 - 80 * n, 700, watermark) for n in range(5)]
    boxes = [place(quad, level_matrix((*own, *across), (1600, 1200))) for quad in own]
    assert all(box.height == pytest.approx(40, abs=4) for box in boxes)


@pytest.mark.parametrize("lean", [-24, -9, 0, 18])
def test_a_page_that_lies_askew_is_levelled(lean):
    own = [line(300, 300 + 150 * n, 400, lean) for n in range(6)]
    stray = [line(900, 300, 300, lean + 30), line(900, 500, 300, lean - 30)]
    boxes = [place(quad, level_matrix((*own, *stray), (1600, 1200))) for quad in own]
    assert all(box.height == pytest.approx(40, abs=1) for box in boxes)
