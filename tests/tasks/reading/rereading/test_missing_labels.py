"""A label that each form bears is found where it alone fits, though it was misread."""

from types import SimpleNamespace
from typing import Any

import pytest

from tasks.reading.layout.split_labels import PlacedLabel, SplitText
from tasks.reading.rereading.missing_labels import with_missing_labels
from tests.tasks.reading.rereading.test_likely_labels import LEXICON, line, plain

NAMES = frozenset({"mother_name", "father_name"})
SHREDS = [{"毋": 0.8, "母": 1e-3}, {"宗": 0.8, "亲": 1e-3}]
PARENT = [{"毋": 0.8, "母": 1e-3, "父": 1e-3}, {"宗": 0.8, "亲": 1e-3}]


def told(*pieces, known=()):
    lines = [line(*places) for places in pieces]
    spans = tuple(
        span._replace(quad=((0.0, 30.0 * i), *span.quad[1:])) for i, (_, span) in enumerate(lines)
    )
    seen = {span.quad: page.emissions(None) for span, (page, _) in zip(spans, lines, strict=True)}
    labels = tuple(PlacedLabel(key, spans[0].box, key) for key in known)
    page_lines: Any = SimpleNamespace(emissions=seen.get)
    split = with_missing_labels(page_lines, SplitText(labels, spans), LEXICON, NAMES)
    found = [label.key for label in split.labels[len(labels) :]]
    return found, [span.text for span in split.values]


@pytest.mark.parametrize(
    ("pieces", "known", "labels", "values"),
    [
        ([[*SHREDS, *plain("姓名王小明")]], ["father_name"], ["mother_name"], ["王小明"]),
        ([[*SHREDS, *plain("姓名王小明")]], sorted(NAMES), [], ["毋宗姓名王小明"]),
        ([[*PARENT, *plain("姓名王明")]], ["father_name"], ["mother_name"], ["王明"]),
        ([[*PARENT, *plain("姓名王明")]], [], [], ["毋宗姓名王明"]),
        ([[*SHREDS, *plain("姓名王")], [*SHREDS, *plain("姓名小")]], ["father_name"], [],
         ["毋宗姓名王", "毋宗姓名小"]),
        ([[{"王": 0.6}, *plain("小明")]], ["father_name"], [], ["王小明"]),
    ],
    ids=[
        "a label that is missing is told from its value",
        "one that was found stands nowhere else",
        "of two that fit, the one that was found is out of the question",
        "of two that fit and are missing none is taken",
        "where two places fit none is taken",
        "a name is no label",
    ],
)  # fmt: skip
def test_of_a_form(pieces, known, labels, values):
    assert told(*pieces, known=known) == (labels, values)
