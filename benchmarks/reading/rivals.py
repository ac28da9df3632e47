"""What whole-page readers see on the same pictures: the text that stands anywhere on the page.

They are asked for less than our reader: a field counts as found where its text occurs at all,
whichever field it belongs to. Each engine runs on one thread.
"""

import os
import re
from collections.abc import Callable
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.papers import BenchmarkPaper
from tasks.reading.files.decode import decode_pages
from tasks.reading.files.picture import ImageFault
from tasks.reading.read_file import cpu_seconds

KEY_FIELDS: Final = ("name", "number", "address", "authority", "body")
Whole = Callable[[Any], str]
"""All the text on a picture."""


class RivalScore:
    """What one engine found, and what it cost."""

    def __init__(self, name: str, read: Whole) -> None:
        """Start at nothing."""
        self.name = name
        self.seconds: list[float] = []
        self._read = read
        self._found: list[bool] = []

    @property
    def found(self) -> MeasuredShare:
        """How many key fields stood in the text."""
        return MeasuredShare(sum(self._found), len(self._found))

    def add(self, paper: BenchmarkPaper) -> None:
        """Read one picture, decoding included."""
        start = cpu_seconds()
        pages = decode_pages(paper.data)
        text = "" if isinstance(pages, ImageFault) else self._read(pages[0])
        self.seconds.append(cpu_seconds() - start)
        text = squeeze(text)
        self._found += [squeeze(value) in text for value in key_values(paper)]


def key_values(paper: BenchmarkPaper) -> list[str]:
    """The names, numbers and addresses on a paper: what a whole page can be searched for."""
    return [value for name, value in paper.fields.items() if value and name.endswith(KEY_FIELDS)]


def squeeze(text: str) -> str:
    """Without blanks and between-name dots, which engines set as they like."""
    return re.sub(r"[\s·・•.]", "", text).upper()


def rivals(names: tuple[str, ...]) -> list[RivalScore]:
    """The engines asked for: openvino, onnxruntime, tesseract."""
    makers: dict[str, tuple[str, Callable[[], Whole]]] = {
        "openvino": ("rapidocr, whole page, OpenVINO", lambda: _rapidocr("openvino")),
        "onnxruntime": ("rapidocr, whole page, onnxruntime", lambda: _rapidocr("onnxruntime")),
        "tesseract": ("pytesseract chi_sim, whole page", _tesseract),
    }
    return [RivalScore(makers[name][0], makers[name][1]()) for name in names]


def _rapidocr(runtime: str) -> Whole:
    from rapidocr import EngineType, RapidOCR

    engine = EngineType(runtime)
    reader: Any = RapidOCR(
        params={
            "Global.max_side_len": 960,
            "Global.log_level": "error",
            "Det.engine_type": engine,
            "Cls.engine_type": engine,
            "Rec.engine_type": engine,
            "Rec.rec_batch_num": 1,
            "Det.limit_side_len": 960,
            "Det.limit_type": "max",
            "EngineConfig.openvino.inference_num_threads": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

    def read(image: Any) -> str:  # noqa: ANN401 - an array
        found = reader(image)
        return "".join(found.txts or ())

    return read


def _tesseract() -> Whole:
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")

    def read(image: Any) -> str:  # noqa: ANN401 - an array
        side = max(image.shape[:2])
        scale = min(1.0, 1600 / side)
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        rgb = np.ascontiguousarray(small[:, :, ::-1])
        return str(pytesseract.image_to_string(rgb, lang="chi_sim", config="--psm 11"))

    return read
