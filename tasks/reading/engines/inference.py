"""The text models and the runtime that runs them, on one thread.

A model's last activation is left to whoever uses its output: over 18,710 characters a softmax for
every frame is a tenth of the recogniser's time, and most frames are blank; the detector's sigmoid,
on input of changing size, was a sixth of its time in OpenVINO 2026.4.
"""

import sys
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import MissingPartError
from tasks.reading.engines.free_memory import trim_heap
from tasks.reading.engines.upsampling import side_by_side, small_ending

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

_LARGE: Final = 3 * 960 * 960
"""Values of an input beyond which the memory between its layers is given back at once: a picture
of 1600 by 1216 pixels takes 260 MB in the detector, one of 768 by 576 takes 70."""


class FinalLayerKind(StrEnum):
    """What a model ends with, by its name in the model."""

    SIGMOID = "Sigmoid"
    SOFTMAX = "Softmax"


class InferenceSession(Protocol):
    """One loaded model."""

    name: str
    characters: tuple[str, ...]

    def run(self, batch: Floats) -> Floats:
        """The model's only output for its only input, before the last activation."""


def open_session(model: Path, last: FinalLayerKind) -> InferenceSession:
    """Load a model with the fastest runtime at hand.

    Args:
        model: An ONNX file.
        last: What it ends with.

    Raises:
        MissingPartError: Neither runtime is installed, or the model ends otherwise.
    """
    if find_spec("openvino"):
        return OpenVinoSession(model, last)
    if find_spec("onnxruntime"):
        return OnnxSession(model, last)
    raise MissingPartError("No model runtime: install openvino or onnxruntime.")


class OpenVinoSession:
    """The model on OpenVINO; about three times faster than onnxruntime on a server CPU."""

    def __init__(self, model: Path, last: FinalLayerKind) -> None:
        """Load `model`; takes about half a second."""
        openvino = _openvino()
        core = openvino.Core()
        whole = core.read_model(model)
        before = _before_last(whole, last, model.name)
        small = small_ending(before)
        self._in_parts = small is not None
        graph = openvino.Model([before if small is None else small], whole.get_parameters(), "")
        # Pinned threads of two workers land on the same core: together they read no more than one.
        chosen = {"INFERENCE_NUM_THREADS": 1, "ENABLE_CPU_PINNING": False}
        self._compiled = core.compile_model(graph, "CPU", chosen)
        self._request = self._compiled.create_infer_request()
        self._tensor = openvino.Tensor
        info = whole.get_rt_info()
        framework = info["framework"] if "framework" in info else {}  # noqa: SIM401 - no get()
        listed = framework["character"].value if "character" in framework else ""
        self.characters = tuple(listed.splitlines())
        # The processor decides whether it calculates in bf16 or f32, and readings differ a little.
        precision = self._compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        self.name = f"openvino {metadata.version('openvino')} {precision}"

    def run(self, batch: Floats) -> Floats:
        """The model's output; a view that the next call overwrites."""
        # Handed over as an array, values are looked through and what comes out is copied: 0.3 ms.
        self._request.set_input_tensor(self._tensor(batch, shared_memory=True))
        self._request.infer(share_outputs=True)
        output: Floats = self._request.get_output_tensor().data
        if self._in_parts:
            output = side_by_side(output)
        if batch.size > _LARGE:
            output = output if self._in_parts else output.copy()
            self._compiled.release_memory()
            trim_heap()
        return output


class OnnxSession:
    """The same model on onnxruntime."""

    def __init__(self, model: Path, last: FinalLayerKind) -> None:
        """Load `model`."""
        import onnxruntime  # only where OpenVINO is missing

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        listed = self._session.get_modelmeta().custom_metadata_map.get("character", "")
        self.characters = tuple(listed.splitlines())
        self.name = f"onnxruntime {metadata.version('onnxruntime')}"
        self._input = self._session.get_inputs()[0].name
        self._last = last

    def run(self, batch: Floats) -> Floats:
        """The model's output; this runtime cannot leave the activation out, so it is undone."""
        output: Floats = self._session.run(None, {self._input: batch})[0]
        floor = np.finfo(np.float32).tiny
        logarithm = np.log(np.maximum(output, floor))
        if self._last is FinalLayerKind.SIGMOID:
            logarithm -= np.log(np.maximum(1 - output, floor))
        return np.asarray(logarithm, np.float32)


def sigmoid(values: Floats) -> Floats:
    """1 / (1 + exp(-x)); 0 where the exponential is beyond what a float holds."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-values)), np.float32)


def softmax(rows: Floats) -> Floats:
    """The probabilities of each row of scores."""
    raised = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def best_probabilities(scores: Floats, rows: Indices, best: Indices) -> Floats:
    """The probability of the best column of some rows, which a softmax over them would give.

    Row by row in one small piece of memory: of a line's ten rows all at once, most time went into
    making room for them.

    Args:
        scores: Rows of scores.
        rows: Which of them.
        best: The column of the highest score in each of those.
    """
    room = np.empty(scores.shape[1], np.float32)
    probabilities = np.empty(len(rows), np.float32)
    for place, (row, column) in enumerate(zip(rows, best, strict=True)):
        np.subtract(scores[row], scores[row, column], out=room)
        probabilities[place] = 1 / np.exp(room, out=room).sum()
    return probabilities


def _before_last(graph: Any, last: FinalLayerKind, name: str) -> Any:  # noqa: ANN401 - untyped
    """The output in front of the model's last activation."""
    node = graph.outputs[0].node.input_value(0).node
    if node.get_type_name() != last.value:
        message = f"The model {name} is not the one that was measured; run: make setup"
        raise MissingPartError(message)
    return node.input_value(0)


def _openvino() -> Any:  # noqa: ANN401 - the package ships no types
    """Import OpenVINO without its telemetry, which would report the import over the network.

    A None in `sys.modules` makes its own `import openvino_telemetry` fail, and it then takes the
    silent stand-in that it ships.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino
