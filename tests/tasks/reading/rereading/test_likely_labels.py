"""Labels that were misread are found by how likely the recogniser thinks them."""

from types import SimpleNamespace

import numpy as np
import pytest

from tasks.reading.engines.text_lines import Glyph, TextSpan
from tasks.reading.image.geometry import Box
from tasks.reading.layout.find_labels import label_words
from tasks.reading.likelihood.emissions import Alphabet, LineEmissions
from tasks.reading.rereading.likely_labels import split_likely_labels, with_likely_labels

LEXICON = label_words(
    mother_name="母亲姓名",
    father_name="父亲姓名",
    address="住址",
    seal="户口专用章",
    number="户口号",
)
ALPHABET = Alphabet(("", *sorted(set("母亲姓名父住址户口专用章号王小明宗注往毋民族路"))))
QUAD = ((0.0, 0.0), (200.0, 0.0), (200.0, 20.0), (0.0, 20.0))


def line(*places):
    """A line as read, with what its frames show: each place the likeliest character first."""
    glyphs, rows = [], []
    for number, likely in enumerate(places):
        row = np.full(len(ALPHABET.characters), 1e-5)
        for character, share in likely.items():
            row[ALPHABET.characters.index(character)] = share
        blank = np.full(len(ALPHABET.characters), 1e-5)
        blank[0] = 1
        rows += [row, blank]
        best = max(likely, key=likely.get)
        glyphs.append(Glyph(best, likely[best], (2 * number + 0.5) / (2 * len(places))))
    span = TextSpan(tuple(glyphs), QUAD, Box(0, 200, 10, 20), 0)
    seen = LineEmissions(np.array(rows, np.float32), ALPHABET)
    return SimpleNamespace(emissions=lambda _quad: seen), span


def plain(text):
    return [{character: 0.99} for character in text]


@pytest.mark.parametrize(
    ("places", "labels", "values"),
    [
        ([{"毋": 0.6, "母": 0.3}, {"宗": 0.7, "亲": 0.2}, *plain("姓名王小明")],
         ["mother_name"], ["王小明"]),
        ([{"注": 0.8, "住": 0.1}, *plain("址民族路王明")], ["address"], ["民族路王明"]),
        ([{"毋": 0.5, "母": 0.2, "父": 0.2}, {"宗": 0.7, "亲": 0.2}, *plain("姓名王明")],
         [], ["毋宗姓名王明"]),
        ([{"户": 0.6}, {"口": 0.6}, *plain("专用章")], ["seal"], []),
        ([{"王": 0.6}, *plain("小明")], [], ["王小明"]),
        ([*plain("王小明")], [], ["王小明"]),
    ],
    ids=[
        "a misread label is told from its value",
        "what follows a free text's label is all value",
        "a label that may be one as well as another stays unread",
        "a seal's words are no label of a value",
        "a name is no label",
        "what was read surely is not asked again",
    ],
)  # fmt: skip
def test_of_a_line(places, labels, values):
    page_lines, span = line(*places)
    split = split_likely_labels(page_lines, (span,), LEXICON)
    assert [label.key for label in split.labels] == labels
    assert [value.text for value in split.values] == values


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ([{"毋": 0.6, "母": 0.3}, {"宗": 0.7, "亲": 0.2}, *plain("姓名王小明")], "母亲姓名王小明"),
        ([{"毋": 0.5, "母": 0.2, "父": 0.2}, {"宗": 0.7, "亲": 0.2}, *plain("姓名")], "毋宗姓名"),
        ([*plain("王小明")], "王小明"),
    ],
)
def test_in_running_text_a_misread_label_is_put_right_and_nothing_else(places, text):
    page_lines, span = line(*places)
    (righted,) = with_likely_labels(page_lines, (span,), LEXICON)
    assert righted.text == text
    assert [glyph.place for glyph in righted.glyphs] == sorted(g.place for g in righted.glyphs)
