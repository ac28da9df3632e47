"""The forward algorithm over a recogniser's frames."""

import itertools

import numpy as np
import pytest

from tasks.reading.likelihood.emissions import Alphabet, LineEmissions, NeighbourText
from tasks.reading.likelihood.text_lattice import log_likelihoods

ALPHABET = Alphabet(("", "1", "2", "王", "年"))


def frames(*rows):
    return LineEmissions(np.array(rows, np.float32), ALPHABET)


def collapsed(path):
    return "".join(ALPHABET.characters[k] for k, _ in itertools.groupby(path) if k)


def test_it_sums_over_every_way_in_which_a_text_can_be_laid_out():
    rows = np.random.default_rng(3).dirichlet(np.ones(5), 5)
    line = frames(*rows)
    for text in ("王", "12", "11", "年1王"):
        ways = (
            np.prod([rows[t, c] for t, c in enumerate(path)])
            for path in itertools.product(range(5), repeat=5)
            if collapsed(path) == text
        )
        found = np.exp(
            log_likelihoods(line, [text], before=NeighbourText.NO_HAN, after=NeighbourText.NO_HAN)
        )
        # Beside a text the likeliest digit or blank of a frame is passed over too, never less.
        assert found[0] >= sum(ways) * 0.999


NEVER = 1e-6


def shows(text, *, width=2):
    """Frames that plainly show a text, a blank after each character."""
    rows = []
    for c in text:
        row = [NEVER] * 5
        row[ALPHABET.characters.index(c)] = 1 - 4 * NEVER
        rows += [row] * (width - 1) + [[1 - 4 * NEVER, *[NEVER] * 4]]
    return frames(*rows)


@pytest.mark.parametrize(
    ("shown", "text", "before", "after", "fits"),
    [
        ("121", "121", NeighbourText.ANYTHING, NeighbourText.ANYTHING, True),
        ("1212", "121", NeighbourText.ANYTHING, NeighbourText.ANYTHING, True),
        ("1212", "121", NeighbourText.NO_DIGIT, NeighbourText.NO_DIGIT, False),
        ("121年2", "121年", NeighbourText.NO_DIGIT, NeighbourText.ANYTHING, True),
        ("11王", "王", NeighbourText.NO_HAN, NeighbourText.NO_HAN, True),
        ("王年", "王", NeighbourText.NO_HAN, NeighbourText.NO_HAN, False),
        ("122", "12", NeighbourText.NO_DIGIT, NeighbourText.NO_DIGIT, False),
        ("11", "1", NeighbourText.NO_DIGIT, NeighbourText.NO_DIGIT, False),
    ],
)
def test_what_may_not_stand_beside_a_text_makes_it_unlikely(shown, text, before, after, fits):
    line = shows(shown)
    (score,) = log_likelihoods(line, [text], before=before, after=after)
    assert bool(line.upper_bound - score < 1) is fits


def test_texts_of_any_length_are_scored_together_as_they_are_alone():
    line = shows("12王")
    texts = ["12王", "1", "2王年12", "12"]
    together = log_likelihoods(line, texts)
    alone = [log_likelihoods(line, [text])[0] for text in texts]
    assert together == pytest.approx(alone)


def test_a_character_that_the_recogniser_does_not_know_is_never_likely():
    assert log_likelihoods(shows("12"), ["1骉", "12"])[0] == -np.inf


def test_every_character_comes_with_what_else_its_frames_may_show():
    line = frames([0.1, 0.5, 0.3, 0.06, 0.04], [0.9, 0.1, 0, 0, 0], [0, 0, 0.2, 0.8, 0])
    assert line.text == "1王"
    assert line.candidates(2) == (("1", "2"), ("王", "2"))
