"""Doublings of a picture's size as channels of the small picture."""

import numpy as np
import openvino
import pytest
from openvino import opset13 as layers

from tasks.reading.engines.upsampling import Floats, side_by_side, small_ending

CHANNELS = 3


def _doubled(values: openvino.Output, weights: Floats, shift: Floats) -> openvino.Node:
    large = layers.convolution_backprop_data(
        values, layers.constant(weights), [2, 2], pads_begin=[0, 0], pads_end=[0, 0]
    )
    return layers.add(large, layers.constant(shift[None, :, None, None]))


def _calculated(picture: openvino.Node, output: openvino.Output, values: Floats) -> Floats:
    exact = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    model = openvino.Model([output], [picture], "doublings")
    result = openvino.Core().compile_model(model, "CPU", exact)(values)
    return np.asarray(result[0], np.float32)


def test_sixteen_channels_side_by_side_are_the_picture_doubled_twice() -> None:
    dice = np.random.default_rng(5)

    def some(*shape: int) -> Floats:
        return dice.standard_normal(shape).astype(np.float32)

    picture = layers.parameter([1, CHANNELS, -1, -1], np.float32)
    first = layers.relu(_doubled(picture, some(CHANNELS, CHANNELS, 2, 2), some(CHANNELS)))
    large = _doubled(first, some(CHANNELS, 1, 2, 2), some(1)).output(0)
    values = some(1, CHANNELS, 6, 5)

    small = small_ending(large)

    assert small is not None
    channels = _calculated(picture, small, values)
    assert channels.shape == (1, 16, 6, 5)
    expected = _calculated(picture, large, values)
    np.testing.assert_allclose(side_by_side(channels), expected, atol=1e-4)


@pytest.mark.parametrize("doublings", [0, 1])
def test_a_model_that_ends_otherwise_is_left_as_it_is(doublings: int) -> None:
    picture = layers.parameter([1, 1, -1, -1], np.float32)
    last: openvino.Node = layers.relu(picture)
    for _ in range(doublings):
        last = _doubled(last, np.ones((1, 1, 2, 2), np.float32), np.ones(1, np.float32))

    assert small_ending(last.output(0)) is None
