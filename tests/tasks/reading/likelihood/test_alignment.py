"""Where a text stands on a line that was not read as that text."""

import numpy as np
import pytest

from tasks.reading.likelihood.alignment import align_texts
from tasks.reading.likelihood.emissions import Alphabet, LineEmissions

ALPHABET = Alphabet(("", "姓", "名", "娃", "各", "王"))
FAINT = 1e-4


def shows(*places):
    """One frame for each place with its likely characters, and a blank after it."""
    rows = []
    for likely in places:
        row = np.full(len(ALPHABET.characters), FAINT)
        for character, share in likely.items():
            row[ALPHABET.characters.index(character)] = share
        blank = np.full(len(ALPHABET.characters), FAINT)
        blank[0] = 1
        rows += [row / row.sum(), blank]
    return LineEmissions(np.array(rows, np.float32), ALPHABET)


@pytest.mark.parametrize(
    ("places", "deficit", "start", "stop"),
    [
        (({"姓": 1}, {"名": 1}, {"王": 1}), 0.0, 0.0, 0.6),
        (({"王": 1}, {"姓": 1}, {"名": 1}), 0.0, 0.2, 1.0),
        (({"娃": 0.6, "姓": 0.4}, {"各": 0.6, "名": 0.4}, {"王": 1}), 0.8, 0.0, 0.6),
        (({"王": 1}, {"娃": 1}, {"王": 1}), 18.4, 0.0, 1.0),
    ],
)
def test_a_text_is_found_where_it_costs_least(places, deficit, start, stop):
    (found,) = align_texts(shows(*places), ["姓名"])
    assert found.deficit == pytest.approx(deficit, abs=0.5)
    if deficit < 1:
        assert (found.start, found.stop) == pytest.approx((start, stop), abs=0.2)


def test_a_text_that_the_recogniser_cannot_write_is_left_out():
    assert [a.text for a in align_texts(shows({"王": 1}), ["骉", "王"])] == ["王"]
