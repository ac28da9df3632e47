"""A watermark over a page is taken out by its ink; a paper that lies at a slant is none."""

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw

from specimens.printing.typefaces import installed, load
from tasks.reading.image.watermark import watermark_lines, without_watermark

LEVEL = np.eye(3)
PAPER, PRINT, FAINT = (236, 238, 232), (40, 40, 45), (176, 178, 182)
ROWS = tuple(range(80, 560, 80))


def strip(x, y, length, height, degrees):
    """The quad of a line from its upper left corner."""
    a = math.radians(degrees)
    along = np.array([math.cos(a), math.sin(a)]) * length
    down = np.array([-math.sin(a), math.cos(a)]) * height
    corner = np.array([x, y], float)
    points = (corner, corner + along, corner + along + down, corner + down)
    return tuple((float(px), float(py)) for px, py in points)


OWN = tuple(strip(60, y, 420, 36, 0) for y in ROWS)
TILES = tuple(strip(x, y, 330, 44, -30) for x in (20, 360) for y in (260, 420, 580))


def page(ink, tile_ink):
    """A page of print with words tiled over it at 30 degrees, as they are read."""
    board = Image.new("RGB", (760, 640), PAPER)
    face = installed("hei", "tuning")[0]
    layer = Image.new("RGBA", (1400, 1400), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for row in range(100, 1400, 130):
        pen.text(
            (100 + row % 90, row), "仅供办理医保使用　" * 4, fill=tile_ink, font=load(face, 36)
        )
    layer = layer.rotate(30)
    board.paste(layer, (-320, -380), layer)
    pen = ImageDraw.Draw(board)
    for y in ROWS:
        pen.text((60, y), "文化程度初中婚姻状况未婚", fill=ink, font=load(face, 32))
    return np.ascontiguousarray(np.asarray(board)[:, :, ::-1])


def darkness(image, quads):
    """How dark the darkest tenth of each place is, grey levels below the paper, on average."""
    tops = [(int(q[0][0]), int(q[0][1])) for q in quads]
    places = [image[y : y + 36, x : x + 420].min(axis=2) for x, y in tops]
    return float(np.mean([230 - np.percentile(place, 10) for place in places]))


def test_pieces_that_slant_alike_across_the_print_are_a_watermark():
    assert set(watermark_lines(OWN + TILES, LEVEL)) == set(TILES)


@pytest.mark.parametrize("degrees", [-30, 20, 90])
def test_a_card_at_a_slant_beside_a_page_is_none(degrees):
    card = tuple(strip(560, y, 180, 30, degrees) for y in range(800, 1200, 60))
    assert watermark_lines(OWN + card, LEVEL) == ()


def test_one_stamp_across_a_page_is_none():
    assert watermark_lines((*OWN, strip(100, 420, 330, 60, -25)), LEVEL) == ()


@pytest.mark.parametrize("ink", [PRINT, (60, 70, 140)], ids=["black", "blue"])
def test_the_lighter_ink_goes_and_the_print_stays(ink):
    image = page(ink, FAINT)
    between = image[130:156, 60:700]
    cleared = without_watermark(image, TILES, OWN)
    assert cleared is not None
    assert darkness(cleared, OWN) > 0.9 * darkness(image, OWN)
    assert np.percentile(between.min(axis=2), 5) < 190
    assert np.percentile(cleared[130:156, 60:700].min(axis=2), 5) > 215


def test_print_that_itself_seems_to_slant_stays_too():
    """Where the watermark has more lines than the paper, the paper's own are those that slant."""
    image = page(PRINT, FAINT)
    cleared = without_watermark(image, OWN, TILES)
    assert cleared is not None
    assert darkness(cleared, OWN) > 0.9 * darkness(image, OWN)
    assert np.percentile(cleared[130:156, 60:700].min(axis=2), 5) > 215


def test_a_watermark_as_dark_as_the_print_is_left():
    assert without_watermark(page(PRINT, PRINT), TILES, OWN) is None
