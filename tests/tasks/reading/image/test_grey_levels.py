"""Percentiles by counting are numpy's own."""

import numpy as np
import pytest

from tasks.reading.image.grey_levels import median, percentile


@pytest.mark.parametrize("per_cent", [0, 2, 4, 50, 75, 97, 98, 100])
@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (7, 3), (48, 200)])
def test_what_sorting_gives(per_cent: float, shape: tuple[int, int]) -> None:
    levels = np.random.default_rng(5).integers(0, 256, shape).astype(np.uint8)
    wide = np.dstack((levels, levels))[:, :, 0]  # as a channel of a picture lies in memory

    assert percentile(wide, per_cent) == float(np.percentile(levels, per_cent))
    assert median(levels.astype(np.uint16) * 8) == float(np.median(levels * np.uint16(8)))
