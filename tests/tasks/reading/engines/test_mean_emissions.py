"""Several looks at one line, read as one."""

from typing import Any

import numpy as np

from tasks.reading.engines.mean_emissions import read_as_one
from tasks.reading.likelihood.emissions import Alphabet, LineEmissions

ALPHABET = Alphabet(("", "清", "波", "被"))
BLANK, CLEAR, WAVE, COVER = range(4)


class Reader:
    """Tells, of one crop after the other, what it is given; the crops' widths are kept."""

    def __init__(self, *lines):
        self._lines, self.widths = list(lines), []

    def emissions(self, crop):
        self.widths.append(crop.shape[1])
        return self._lines.pop(0)


def frames(*seen):
    """Of every frame a character and how likely it is; the rest is the blank's."""
    probabilities = np.zeros((len(seen), 4), np.float32)
    for row, (column, share) in zip(probabilities, seen, strict=True):
        row[BLANK] = 1 - share
        row[column] += share
    return LineEmissions(probabilities, ALPHABET)


def looks(*widths):
    return tuple(np.zeros((48, width, 3), np.uint8) for width in widths)


def test_what_covers_a_letter_in_one_look_is_outvoted():
    plain = frames((CLEAR, 1.0), (CLEAR, 0.8), (BLANK, 0), (WAVE, 0.9), (BLANK, 0))
    covered = frames((CLEAR, 0.9), (BLANK, 0), (BLANK, 0), (COVER, 0.9), (BLANK, 0), (BLANK, 0))
    reader: Any = Reader(plain, plain, covered)
    read = read_as_one(looks(100, 120, 90), reader)
    assert read.text == "清波"
    assert [glyph.place for glyph in read.glyphs] == [0.1, 0.7]
    assert np.allclose([glyph.confidence for glyph in read.glyphs], [2.9 / 3, 0.6])
    assert reader.widths == [120, 120, 120]


def test_an_engine_that_tells_no_frames_reads_nothing():
    reader: Any = Reader(frames((CLEAR, 1.0)), None)
    assert read_as_one(looks(100, 100), reader).glyphs == ()
