"""A field out of the pieces that stand beside its label."""

import pytest

from tasks.reading.layout.read_field import read_spans
from tests.tasks.reading.layout.pieces import value


@pytest.mark.parametrize(
    ("rows", "sure"),
    [
        pytest.param((("重庆市酉阳县双河乡", 270), ("红旗村31号", 150)), True, id="full row"),
        pytest.param((("重庆市酉阳县双河", 240), ("乡红旗村第四组", 210)), True, id="nearly full"),
        pytest.param((("重庆市酉", 120), ("乡红旗村第四小组", 240)), False, id="lost its end"),
    ],
)
def test_a_row_that_ends_early_and_goes_on_below_lost_its_end(rows, sure):
    pieces = tuple(
        value(text, 400, 500 + 40 * i, 30, width=width) for i, (text, width) in enumerate(rows)
    )
    found = read_spans(pieces, str)
    assert found.value == "".join(text for text, _ in rows)
    assert (found.confidence > 0.9) is sure
