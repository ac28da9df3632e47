"""Run a bundled ONNX model on one thread: OpenVINO where it is installed, else onnxruntime."""

import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import MissingPartError

Floats = NDArray[np.float32]


class InferenceSession(Protocol):
    """One loaded model."""

    name: str
    characters: tuple[str, ...]

    def run(self, batch: Floats) -> Floats:
        """The model's only output for its only input."""


def open_session(model: Path) -> InferenceSession:
    """Load a model with the fastest runtime at hand.

    Raises:
        MissingPartError: Neither runtime is installed.
    """
    if find_spec("openvino"):
        return OpenVinoSession(model)
    if find_spec("onnxruntime"):
        return OnnxSession(model)
    raise MissingPartError("No model runtime: install openvino or onnxruntime.")


class OpenVinoSession:
    """The model on OpenVINO; about three times faster than onnxruntime on a server CPU."""

    def __init__(self, model: Path) -> None:
        """Load `model`; takes about half a second."""
        core = _openvino().Core()
        graph = core.read_model(model)
        # Pinned threads of two workers land on the same core: together they read no more than one.
        chosen = {"INFERENCE_NUM_THREADS": 1, "ENABLE_CPU_PINNING": False}
        compiled = core.compile_model(graph, "CPU", chosen)
        self._request = compiled.create_infer_request()
        info = graph.get_rt_info()
        framework = info["framework"] if "framework" in info else {}  # noqa: SIM401 - no get()
        listed = framework["character"].value if "character" in framework else ""
        self.characters = tuple(listed.splitlines())
        # The processor decides whether it calculates in bf16 or f32, and readings differ a little.
        precision = compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        self.name = f"openvino {metadata.version('openvino')} {precision}"

    def run(self, batch: Floats) -> Floats:
        """The model's output; a view that the next call overwrites."""
        self._request.infer([batch], share_inputs=True)
        output: Floats = self._request.get_output_tensor().data
        return output


class OnnxSession:
    """The same model on onnxruntime."""

    def __init__(self, model: Path) -> None:
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

    def run(self, batch: Floats) -> Floats:
        """The model's output."""
        output: Floats = self._session.run(None, {self._input: batch})[0]
        return output


def _openvino() -> Any:  # noqa: ANN401 - the package ships no types
    """Import OpenVINO without its telemetry, which would report the import over the network.

    A None in `sys.modules` makes its own `import openvino_telemetry` fail, and it then takes the
    silent stand-in that it ships.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino
