"""An address of which one character stands alone on the second line, through the real engines."""

import pytest

from specimens.applications.draw_paper import take_picture
from specimens.dice import Dice
from specimens.papers.hukou.cover_page import draw_hukou_cover
from specimens.people.families import invent_family
from specimens.people.households import invent_household
from specimens.photography.shot import Shot
from specimens.printing.paper import Bench
from tasks.reading.read_file import read_file

pytestmark = pytest.mark.engine


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
