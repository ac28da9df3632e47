"""How well papers are read.

    .venv/bin/python -m benchmarks.reading --count 20 --levels phone hard --rivals openvino
    .venv/bin/python -m benchmarks.reading --folder PICTURES_WITH_TRUTH --misses

Draws papers with known contents (or takes a folder of pictures with truths beside them), reads
them as uploads are read, one thread, and compares every field. Seeds from 90,000 on are held
out for judging and must not be used for tuning.
"""

import argparse
import os
import resource
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2

from benchmarks.reading import tables
from benchmarks.reading.papers import BenchmarkPaper, drawn, from_folder
from benchmarks.reading.reliability import (
    draw_reliability,
    reliability_by_sort,
    reliability_table,
)
from benchmarks.reading.rivals import rivals
from benchmarks.reading.score import FieldOutcome, PageOutcome, save, score
from models.reading.document import FIELDS, DocumentKind
from tasks.reading.read_file import read_file


def main() -> None:
    """Read the command line, draw, read, report."""
    chosen = _arguments()
    cv2.setNumThreads(1)
    outcomes: list[FieldOutcome] = []
    pages: list[PageOutcome] = []
    others = rivals(tuple(chosen.rivals))
    for paper in _papers(chosen):
        first, *_ = read_file(f"{paper.name}.jpg", paper.data)
        page, fields = score(paper, first.reading)
        pages.append(page)
        outcomes += fields
        for other in others:
            other.add(paper)
    if chosen.out:
        save(outcomes, chosen.out)
    if chosen.diagram:
        draw_reliability(outcomes, chosen.diagram)
    for table in (
        tables.accuracy(outcomes),
        tables.by_field(outcomes),
        tables.kinds(pages),
        tables.findings(pages),
        reliability_table(outcomes),
        reliability_by_sort(outcomes),
        tables.costs(pages),
        tables.against(others, outcomes, pages) if others else "",
        tables.misses(outcomes) if chosen.misses else "",
        f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
    ):
        print(table + "\n" if table else "", end="\n" if table else "")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="papers of each kind and level")
    parser.add_argument("--levels", nargs="+", default=["phone"])
    parser.add_argument("--seed", type=int, default=1000, help="first seed, below 10000 for tuning")
    parser.add_argument("--style-set", choices=["tuning", "held_out"], default="tuning")
    parser.add_argument("--kinds", nargs="+", default=[kind.value for kind in FIELDS])
    parser.add_argument("--folder", type=Path, help="pictures with truths, instead of drawing")
    parser.add_argument("--rivals", nargs="*", default=[], help="openvino onnxruntime tesseract")
    parser.add_argument("--misses", action="store_true", help="list every wrong field")
    parser.add_argument("--out", type=Path, help="JSON Lines of every field, for calibration")
    parser.add_argument("--diagram", type=Path, help="PNG of the reliability diagram")
    return parser.parse_args()


def _papers(chosen: argparse.Namespace) -> Iterator[BenchmarkPaper]:
    kinds = tuple(DocumentKind(kind) for kind in chosen.kinds)
    if chosen.folder:
        yield from from_folder(chosen.folder, kinds)
        return
    seeds = range(chosen.seed, chosen.seed + chosen.count)
    for level in chosen.levels:
        yield from drawn(kinds, level, seeds, chosen.style_set)


if __name__ == "__main__":
    main()
