"""How fast papers are read: CPU by stage, against plain rapidocr, memory, and two workers.

    .venv/bin/python -m benchmarks.reading.speed --count 4 --seed 3000 --passes 2

Figures are CPU seconds of one thread; on a machine that does other work at the same time they
rise by a third, so compare the ratios, which come from the same minutes. The throughput of two
workers is the only wall-clock figure and wants a quiet machine with two cores.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2
import numpy as np

from models.reading.document import FIELDS
from specimens.applications.draw_paper import draw_paper
from tasks.reading import read_file as file_module
from tasks.reading import read_page as page_module
from tasks.reading import read_text as text_module
from tasks.reading.engines.number_reader import InnerNumberReader, OuterNumberReader
from tasks.reading.engines.rapidocr_reader import RapidOcrReader
from tasks.reading.read_file import cpu_seconds, read_file

STAGES: tuple[tuple[str, Any, str], ...] = (
    ("decoding", file_module, "decode_scaled"),
    ("finding lines", RapidOcrReader, "locate"),
    ("reading lines", RapidOcrReader, "recognise"),
    ("second reader", InnerNumberReader, "read"),
    ("second reader", OuterNumberReader, "read"),
    ("portrait", page_module, "cut_portrait"),
    ("quality", page_module, "measure_quality"),
    ("labels and values", text_module, "read_fields"),
)
"""What is measured by itself; a stage inside another one is not counted twice."""


class Stages:
    """CPU seconds and calls by stage."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._inner: list[float] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Measure every stage while this lasts."""
        plain = [(owner, name, getattr(owner, name)) for _, owner, name in STAGES]
        for stage, owner, name in STAGES:
            setattr(owner, name, self._timed(stage, getattr(owner, name)))
        try:
            yield
        finally:
            for owner, name, function in plain:
                setattr(owner, name, function)

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: object, **options: object) -> object:
            start = cpu_seconds()
            self._inner.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                spent = cpu_seconds() - start
                self.seconds[stage] += spent - self._inner.pop()
                self.calls[stage] += 1
                if self._inner:
                    self._inner[-1] += spent

        return timed


def main() -> None:
    """Draw, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=4, help="papers of each kind")
    parser.add_argument("--level", default="phone")
    parser.add_argument("--seed", type=int, default=3000)
    parser.add_argument("--style-set", choices=["tuning", "held_out"], default="tuning")
    parser.add_argument(
        "--passes", type=int, default=1, help="readings of all; the last counts, of either reader"
    )
    parser.add_argument("--workers", action="store_true", help="also compare two with one")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as scratch:
        files = _draw(Path(scratch), chosen)
        ours = _our_seconds(files, chosen.passes)
        for runtime in ("openvino", "onnxruntime"):
            read = _plain_reader(runtime)
            _read_before(read, files, chosen.passes)
            theirs = [_spent(read, file) for file in files]
            print(f"plain rapidocr on {runtime:12s} {mean(theirs):.3f} s a page", end="")
            print(f"  {mean(theirs) / mean(ours):.2f} times ours", end="")
            print(f"; by medians {median(theirs):.3f} s, {median(theirs) / median(ours):.2f} times")
        if chosen.workers:
            _compare_workers(files)


def _draw(folder: Path, chosen: argparse.Namespace) -> list[Path]:
    files = []
    for number in range(chosen.seed, chosen.seed + chosen.count):
        for kind in FIELDS:
            file = folder / f"{kind.value}.{number}.jpg"
            paper = draw_paper(kind, number, chosen.level, style_set=chosen.style_set)
            file.write_bytes(paper.data)
            files.append(file)
    return files


def _read_before(read: Callable[[Path], object], files: list[Path], passes: int) -> None:
    """What is not counted: loading the models, and meeting sizes of lines for the first time."""
    for file in [files[0], *files * (passes - 1)]:
        read(file)


def _our_seconds(files: list[Path], passes: int) -> list[float]:
    stages = Stages()
    _read_before(_read, files, passes)
    with stages.watching():
        seconds = [_spent(_read, file) for file in files]
    by_kind: dict[str, list[float]] = defaultdict(list)
    for file, spent in zip(files, seconds, strict=True):
        by_kind[file.name.split(".")[0]].append(spent)
    for kind, values in by_kind.items():
        print(f"{kind:24s} median {median(values):.3f} s  worst {max(values):.3f}")
    print(f"{'all':24s} median {median(seconds):.3f} s  mean {mean(seconds):.3f}")
    for stage, spent in sorted(stages.seconds.items(), key=lambda item: -item[1]):
        calls = stages.calls[stage] / len(files)
        print(f"  {stage:22s} {1000 * spent / len(files):6.1f} ms a page  {calls:5.1f} calls")
    rest = sum(seconds) - sum(stages.seconds.values())
    print(f"  {'the rest':22s} {1000 * rest / len(files):6.1f} ms a page")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return seconds


def _read(file: Path) -> None:
    read_file(file.name, file.read_bytes())


def _spent(read: Callable[[Path], object], file: Path) -> float:
    start = cpu_seconds()
    read(file)
    return cpu_seconds() - start


_PLAIN: dict[str, Callable[[Path], object]] = {}


def _plain_reader(runtime: str) -> Callable[[Path], object]:
    """The package's own pipeline over the whole page, on one thread."""
    if runtime not in _PLAIN:
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
        from rapidocr import EngineType, RapidOCR

        engine = {"openvino": EngineType.OPENVINO, "onnxruntime": EngineType.ONNXRUNTIME}[runtime]
        reader = RapidOCR(
            params={
                **{f"{part}.engine_type": engine for part in ("Det", "Cls", "Rec")},
                "EngineConfig.openvino.inference_num_threads": 1,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_side_len": 960,
                "Det.limit_type": "max",
                "Rec.rec_batch_num": 1,
                "Global.log_level": "error",
            }
        )
        _PLAIN[runtime] = lambda file: reader(
            np.asarray(cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_COLOR))
        )
    return _PLAIN[runtime]


def _compare_workers(files: list[Path]) -> None:
    """Pages a second of two processes against those of one, engines loaded beforehand."""
    alone, both = _pages_a_second(files, 1), _pages_a_second(files, 2)
    print(f"one worker {alone:.2f} pages a second, two {both:.2f}: {both / alone:.2f} times")


def _pages_a_second(files: list[Path], workers: int) -> float:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        times = list(pool.map(_worker, [files] * workers))
    return workers * len(files) / mean(times)


def _worker(files: list[Path]) -> float:
    cv2.setNumThreads(1)
    _read(files[0])
    start = time.perf_counter()
    for file in files:
        _read(file)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
