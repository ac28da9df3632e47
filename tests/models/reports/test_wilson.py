"""The interval of a share, held against published values."""

import pytest

from models.reports.wilson import wilson_interval


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(hits, total, low, high):
    assert wilson_interval(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_says_nothing_and_a_whole_count_ends_at_one():
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert wilson_interval(20, 20) == pytest.approx((0.8389, 1.0), abs=5e-5)
