"""The page finder: right corners where a page is to be seen, and no invented ones elsewhere."""

import cv2
import numpy as np
import pytest

from tasks.reading.segmentation.find_page import find_page
from tasks.reading.segmentation.page_outline import SURE

SIZE = (800, 600)


def table(paper, ground, paper_colour=(235, 240, 238)):
    """A picture of a sheet with rows of print, the sheet's corners given."""
    image = np.full((SIZE[1], SIZE[0], 3), ground, np.uint8)
    cv2.fillConvexPoly(image, np.array(paper, np.int32), paper_colour)
    flat_paper = np.array([(0, 0), (100, 0), (100, 70), (0, 70)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat_paper, np.array(paper, np.float32))
    lines = []
    for row in range(10, 60, 10):
        flat = np.array([[(12, row), (70, row), (70, row + 4), (12, row + 4)]], np.float32)
        (line,) = cv2.perspectiveTransform(flat, matrix)
        lines.append(tuple((float(x), float(y)) for x, y in line))
        for x in range(13, 70, 2):
            dash = np.array([[(x, row), (x, row + 4)]], np.float32)
            ((start, end),) = cv2.perspectiveTransform(dash, matrix)
            cv2.line(image, tuple(map(int, start)), tuple(map(int, end)), (40, 40, 40), 2)
    noise = np.random.default_rng(1).normal(0, 3, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8), tuple(lines)


def misses(found, wanted):
    return [min(np.hypot(x - a, y - b) for x, y in found.quad) for a, b in wanted]


@pytest.mark.parametrize(
    "ground", [(60, 50, 40), (150, 190, 215), (205, 200, 198)], ids=["dark", "wood", "pale"]
)
@pytest.mark.parametrize(
    "paper",
    [
        pytest.param([(100, 90), (700, 90), (700, 510), (100, 510)], id="straight"),
        pytest.param([(150, 60), (690, 130), (640, 530), (90, 440)], id="turned"),
        pytest.param([(180, 100), (620, 95), (720, 520), (90, 515)], id="seen from below"),
    ],
)
def test_the_corners_of_a_sheet_on_a_ground_are_found(paper, ground):
    image, lines = table(paper, ground)
    found = find_page(image, lines)
    assert found is not None
    assert found.certainty >= SURE
    assert found.corners == 4
    assert max(misses(found, paper)) < 12


def test_a_sheet_that_leaves_the_picture_on_one_side_shows_two_corners():
    image, lines = table([(60, 80), (1010, 80), (1010, 500), (60, 500)], (60, 50, 40))
    found = find_page(image, lines)
    assert found is not None
    assert found.corners == 2
    assert max(misses(found, [(60, 80), (60, 500)])) < 12


def test_a_shadow_across_the_sheet_is_no_edge():
    paper = [(100, 90), (700, 90), (700, 510), (100, 510)]
    image, lines = table(paper, (60, 50, 40))
    shade = np.clip(np.linspace(0.5, 1.3, SIZE[0]), 0.6, 1.0)[None, :, None]
    found = find_page((image * shade).astype(np.uint8), lines)
    assert found is not None
    assert max(misses(found, paper)) < 12


def test_a_sheet_that_fills_the_picture_has_no_ground_and_no_corners():
    image, lines = table([(-20, -20), (820, -20), (820, 620), (-20, 620)], (60, 50, 40))
    found = find_page(image, lines)
    assert found is None or found.certainty < SURE


def test_without_text_there_is_no_page():
    assert find_page(np.zeros((200, 300, 3), np.uint8), ()) is None


def test_text_outside_of_a_sheet_takes_its_certainty():
    paper = [(100, 90), (500, 90), (500, 510), (100, 510)]
    image, lines = table(paper, (60, 50, 40))
    outside = tuple(
        ((600.0, y), (780.0, y), (780.0, y + 20), (600.0, y + 20)) for y in (100.0, 300.0, 500.0)
    )
    found = find_page(image, lines + outside)
    assert found is None or found.certainty < SURE
