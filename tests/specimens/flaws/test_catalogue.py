import functools

import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import draw_paper
from specimens.flaws.catalogue import FLAWS
from specimens.flaws.draw import draw_flawed

WAYS = [pytest.param(f, w, id=f"{f.name}-{w.name}") for f in FLAWS for w in f.ways]


def test_without_a_way_the_twin_is_what_is_drawn_of_the_seed():
    kind = DocumentKind.ID_CARD_PORTRAIT
    assert draw_flawed(kind, 5, None).data == draw_paper(kind, 5).data


@functools.cache
def twin(kind):
    """The same paper without a flaw."""
    return draw_flawed(kind, 6, None, "sketch").data


@pytest.mark.parametrize(("flaw", "way"), WAYS)
def test_every_way_changes_the_picture_the_same_way_each_time(flaw, way):
    kind = flaw.kinds[0]
    drawn = draw_flawed(kind, 6, way, "sketch")
    assert drawn.data == draw_flawed(kind, 6, way, "sketch").data
    assert drawn.data != twin(kind)
    assert drawn.image.dtype == np.uint8


def test_half_of_the_ways_are_kept_out_of_tuning():
    apart = sum(way.held_out for flaw in FLAWS for way in flaw.ways)
    assert 0.4 <= apart / sum(len(flaw.ways) for flaw in FLAWS) <= 0.6
    assert all(any(way.held_out for way in flaw.ways) for flaw in FLAWS)
