"""A model's last two doublings of a picture's size, calculated at the small size.

A doubling that gives every pixel its own four (a transposed convolution of 2 by 2 in steps of 2)
mixes no neighbours. The four, and the sixteen of two doublings, are therefore channels of the
small picture, which plain convolutions of 1 by 1 give; put side by side at the end they are the
large picture. In OpenVINO 2026.4 this takes a seventh off the line finder's time: on input of
changing size the doublings are calculated in f32, and the step between them by itself.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CORNERS: Final = 4  # pixels that one becomes
_DOUBLING: Final = {"strides": [2, 2], "pads_begin": [0, 0], "pads_end": [0, 0]}


def small_ending(last: Any) -> Any | None:  # noqa: ANN401 - OpenVINO ships no types
    """The output that gives the last two doublings as sixteen channels of the small picture.

    Args:
        last: The output of one channel behind them.

    Returns:
        None where a model does not end in two doublings with a rectifier between them.
    """
    second = _doubling(last)
    between = None if second is None else _without_identities(second.input_value(0))
    if second is None or between is None or between.node.get_type_name() != "Relu":
        return None
    first = _doubling(between.node.input_value(0))
    if first is None:
        return None
    return _small(first, second, _shift(between.node.input_value(0)), _shift(last))


def side_by_side(channels: Floats) -> Floats:
    """The large picture, 1 x 1 x 4 height x 4 width, of 1 x 16 x height x width."""
    height, width = channels.shape[2:]
    # Down and across at the first doubling, down and across at the second.
    parts = channels.reshape(2, 2, 2, 2, height, width)
    large = parts.transpose(4, 0, 2, 5, 1, 3).reshape(1, 1, 4 * height, 4 * width)
    return np.ascontiguousarray(large)


def _small(first: Any, second: Any, inner: Floats, outer: Floats) -> Any:  # noqa: ANN401
    """Both doublings as convolutions of 1 by 1."""
    from openvino import opset13 as layers

    def pointwise(values: Any, weights: Floats, shift: Floats) -> Any:  # noqa: ANN401
        kernel = layers.constant(weights[:, :, None, None])
        mixed = layers.convolution(values, kernel, [1, 1], [0, 0], [0, 0], [1, 1])
        return layers.add(mixed, layers.constant(shift.reshape(1, -1, 1, 1)))

    ours, theirs = _weights(first), _weights(second)
    apart = np.kron(np.eye(_CORNERS, dtype=np.float32), theirs)  # each corner by itself
    hidden = layers.relu(pointwise(first.input_value(0), ours, np.tile(inner, _CORNERS)))
    return pointwise(hidden, apart, np.repeat(outer, len(apart))).output(0)


def _weights(doubling: Any) -> Floats:  # noqa: ANN401
    """(Corner, channel) x channel before."""
    weights = np.asarray(doubling.input_value(1).node.data, np.float32)
    return np.ascontiguousarray(weights.transpose(2, 3, 1, 0).reshape(-1, weights.shape[0]))


def _shift(output: Any) -> Floats:  # noqa: ANN401
    """What is added to each channel behind a doubling."""
    added = _without_identities(output).node.input_value(1).node
    return np.asarray(added.data, np.float32).ravel()


def _doubling(output: Any) -> Any | None:  # noqa: ANN401
    """The doubling in front of an output, to which a constant was added; None for another layer."""
    added = _without_identities(output).node
    if added.get_type_name() != "Add" or not _is_constant(added.input_value(1)):
        return None
    layer = _without_identities(added.input_value(0)).node
    if layer.get_type_name() != "ConvolutionBackpropData":
        return None
    shaped = list(layer.input_value(1).get_shape())[2:] == [2, 2]
    has = layer.get_attributes()
    steps = all(list(has[name]) == value for name, value in _DOUBLING.items())
    return layer if shaped and steps and _is_constant(layer.input_value(1)) else None


def _is_constant(output: Any) -> bool:  # noqa: ANN401
    return bool(output.node.get_type_name() == "Constant")


def _without_identities(output: Any) -> Any:  # noqa: ANN401
    while output.node.get_type_name() == "Identity":
        output = output.node.input_value(0)
    return output
