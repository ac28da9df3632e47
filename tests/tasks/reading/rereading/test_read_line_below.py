"""An address of which one character stands alone on the second line, through the real engines."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from specimens.applications.draw_paper import take_picture
from specimens.dice import Dice
from specimens.papers.hukou.cover_page import draw_hukou_cover
from specimens.people.families import invent_family
from specimens.people.households import invent_household
from specimens.photography.shot import Shot
from specimens.printing.paper import Bench
from tasks.reading.engines.text_lines import Glyph, Recognised, TextSpan
from tasks.reading.image.geometry import Box, place
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.split_labels import PlacedLabel
from tasks.reading.read_file import read_file
from tasks.reading.rereading.read_line_below import read_lines_below

LEVEL = np.eye(3)


def quad_at(left, top, right, bottom):
    return ((left, top), (right, top), (right, bottom), (left, bottom))


@pytest.mark.parametrize(
    ("middle", "goes_on"),
    [pytest.param(150, True, id="next line"), pytest.param(182, False, id="a seal further down")],
)
def test_a_value_goes_on_in_the_next_line_and_no_lower(middle, goes_on):
    image = np.full((400, 600, 3), 240, np.uint8)
    image[130:190, 200:260] = 30
    below = quad_at(200.0, middle - 20.0, 260.0, middle + 20.0)
    page: Any = SimpleNamespace(
        image=image,
        tint=None,
        matrix=LEVEL,
        find_in=lambda quad, height: (below,),
        reread=lambda quad: Recognised((Glyph("室", 0.99, 0.5),)),
    )
    quad = quad_at(200.0, 80.0, 500.0, 120.0)
    address = TextSpan((Glyph("路", 0.99, 0.1),), quad, place(quad, LEVEL), 0)
    label = PlacedLabel("address", Box(100, 160, 100, 40), "住址")
    form = LabelledValues((LabelledValue(label, (address,)),), ())
    (entry,) = read_lines_below(page, form, {"address"}).entries
    assert entry.text == ("路室" if goes_on else "路")


@pytest.mark.engine
@pytest.mark.parametrize(
    ("address", "broken_after"),
    [
        pytest.param("山东省潍坊市奎文区东风东街八号", 14, id="one character below"),
        pytest.param("山东省潍坊市奎文区东风东街八号", None, id="nothing below"),
    ],
)
def test_the_last_character_of_an_address_is_not_dropped(address, broken_after):
    dice = Dice(12, "cover")
    family = invent_family(dice, child_ages=[4])
    house = invent_household(family, "father", ("mother",), dice.fork("house"))
    bench = Bench(dice, "tuning", 10.0)
    cover = draw_hukou_cover(
        house._replace(address=address), bench, seals=False, broken_after=broken_after
    )
    shot = Shot(long_side=1500, fill=0.95, noise=1.0)
    (paper,) = read_file("a.jpg", take_picture(cover, "hard", dice, shot=shot).data)
    assert paper.reading.value("address") == address
