"""Error analysis: at which step the fields of poor photographs are lost.

    .venv/bin/python -m benchmarks.reading.error_analysis --level small --count 6 --seed 170001

Draws papers with known contents, reads them as uploads are read, and asks of every field that was
not read right at which step it was lost: the kind, the line finder, the label, the recogniser, or
what gives values to labels. Beside it stands how often the picture bears out the true value in the
place that reading gave the field, as an application asks it. Seeds from 90,000 on are for measuring
only.
"""

import argparse
import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2
import numpy as np

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.score import SURE
from models.reading.document import DocumentKind, DocumentReading, Quad
from models.reading.stated_value import StatedAnswer
from specimens.applications.draw_paper import DrawnPaper, draw_paper
from specimens.printing.print_sheet import Corners
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.confidence.stated_values import stated_answer
from tasks.reading.engines.page_lines import open_page_lines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.files.decode import decode_scaled
from tasks.reading.files.picture import ImageFault, ScaledPage
from tasks.reading.image.geometry import turn_quad
from tasks.reading.read_file import READING_SIDE, read_file
from tasks.reading.stated_values.augmented_line import AugmentedLine, LegiblePage
from tasks.reading.stated_values.compare_papers import stated_sort
from tasks.reading.stated_values.weigh_stated import weigh_stated

KINDS: Final = (
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.BIRTH_CERTIFICATE,
    DocumentKind.HUKOU_COVER,
    DocumentKind.ID_CARD_PORTRAIT,
    DocumentKind.ID_CARD_EMBLEM,
)
_COVERED: Final = 0.7  # share of a value's place that found lines cover when it counts as found


class LossStep(StrEnum):
    """What became of a field: read right, or at which step it was lost."""

    RIGHT = "right"
    KIND = "kind"
    LINE = "line not found"
    LABEL = "label or value not paired"
    RECOGNISED = "misread"
    LEFT_OUT = "read, not taken"


class FieldFate(NamedTuple):
    """One field: where it was lost, whether the picture bears out the true value, and how sure."""

    kind: DocumentKind
    name: str
    step: LossStep
    borne_out: bool
    surely_wrong: bool


def main() -> None:
    """Read the command line, draw, read, print the table."""
    parser = argparse.ArgumentParser(description="Where fields of poor photographs are lost.")
    parser.add_argument("--level", default="small")
    parser.add_argument("--kinds", nargs="+", default=[kind.value for kind in KINDS])
    parser.add_argument("--count", type=int, default=6, help="papers of each kind")
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--style-set", choices=["tuning", "held_out"], default="held_out")
    parser.add_argument("--misses", action="store_true", help="also print every lost field")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    fates = []
    for kind in chosen.kinds:
        for seed in range(chosen.seed, chosen.seed + chosen.count):
            paper = draw_paper(kind, seed, chosen.level, style_set=chosen.style_set)
            fates += list(_fates(paper, f"{kind}-{seed}", misses=chosen.misses))
    _print_table(fates)


def _fates(paper: DrawnPaper, name: str, *, misses: bool) -> Iterator[FieldFate]:
    first, *_ = read_file(f"{name}.jpg", paper.data)
    pages = decode_scaled(paper.data, max_side=READING_SIDE)
    if isinstance(pages, ImageFault):
        return
    page = pages[0]
    covered = _line_cover(page)
    picture = LegiblePage.of(page)
    for field, truth in paper.fields.items():
        fate = _fate(paper, first.reading, field, covered, picture)
        yield fate
        if misses and fate.step is not LossStep.RIGHT:
            found = first.reading.fields.get(field)
            print(
                f"{name} {field}: {fate.step}{' (borne out)' if fate.borne_out else ''}"
                f" {truth!r} read {found and (found.value, found.raw, found.confidence)}",
                flush=True,
            )


def _fate(
    paper: DrawnPaper,
    reading: DocumentReading,
    field: str,
    covered: np.ndarray,
    picture: LegiblePage,
) -> FieldFate:
    truth, found = paper.fields[field], reading.fields.get(field)
    value = found.value if found else None
    step = _step(paper, reading, field, covered, picture)
    wrong = value != truth and found is not None and found.confidence >= SURE
    borne = step is not LossStep.RIGHT and _borne_out(paper.kind, reading, field, truth, picture)
    return FieldFate(paper.kind, field, step, borne, wrong)


def _step(
    paper: DrawnPaper,
    reading: DocumentReading,
    field: str,
    covered: np.ndarray,
    picture: LegiblePage,
) -> LossStep:
    truth, found = paper.fields[field], reading.fields.get(field)
    if (found.value if found else None) == truth:
        return LossStep.RIGHT
    if reading.kind is not paper.kind:
        return LossStep.KIND
    place = paper.quads.get(field)
    if place is not None and _share(covered, place) < _COVERED:
        return LossStep.LINE
    if found is None or not found.raw:
        return LossStep.LABEL
    if place is not None and truth and _reads(picture, place, truth):
        return LossStep.LEFT_OUT
    return LossStep.RECOGNISED


def _line_cover(page: ScaledPage) -> np.ndarray:
    """Where lines were found, as a mask over the decoded picture."""
    lines = open_page_lines(page.image, this_process_readers().text)
    size = (lines.image.shape[1], lines.image.shape[0])
    mask = np.zeros(page.image.shape[:2], np.uint8)
    for quad in lines.quads:
        back = turn_quad(quad, (360 - lines.rotation) % 360, size)
        cv2.fillPoly(mask, [np.asarray(back, np.int32)], 1)
    return mask


def _share(mask: np.ndarray, place: Corners) -> float:
    own = np.zeros_like(mask)
    cv2.fillPoly(own, [np.asarray(place, np.int32)], 1)
    return float(mask[own == 1].mean()) if own.any() else 0.0


def _reads(picture: LegiblePage, place: Corners, truth: str) -> bool:
    """Whether the recogniser reads the value where it is known to stand."""
    a, b, c, d = ((float(x), float(y)) for x, y in place)
    emissions = AugmentedLine(picture, (a, b, c, d), this_process_readers().text).all()
    digits = "".join(c for c in truth if c.isalnum())
    return any(_squeezed(one.text) == digits or truth in one.text for one in emissions)


def _squeezed(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _borne_out(
    kind: DocumentKind,
    reading: DocumentReading,
    field: str,
    truth: str | None,
    picture: LegiblePage,
) -> bool:
    """Whether the picture bears out the true value in the place that reading gave the field."""
    sort, found = stated_sort(kind, field), reading.fields.get(field)
    if sort is None or truth is None or found is None or found.quad is None:
        return False
    quad: Quad = found.quad
    place = AugmentedLine(picture, quad, this_process_readers().text)
    stated = truth[:10] if sort is FieldSort.DATE else truth
    margin = weigh_stated(place, sort, stated, today=dt.datetime.now(tz=dt.UTC).date())
    return margin is not None and stated_answer(sort, margin) is StatedAnswer.BORNE_OUT


def _print_table(fates: list[FieldFate]) -> None:
    steps = list(LossStep)
    heads = ["kind", *steps, "borne out besides", "read or borne out", "wrong at 0.95"]
    print(f"| {' | '.join(heads)} |\n|" + "---|" * len(heads))
    kinds = list(dict.fromkeys(f.kind for f in fates))
    for kind in (*kinds, None):
        mine = [f for f in fates if kind is None or f.kind is kind]
        counts = Counter(f.step for f in mine)
        borne = sum(f.borne_out for f in mine)
        both = MeasuredShare(counts[LossStep.RIGHT] + borne, len(mine))
        wrong = sum(f.surely_wrong for f in mine)
        cells = [str(counts[step]) for step in steps]
        print(f"| {kind or 'all'} | {' | '.join(cells)} | {borne} | {both} | {wrong} |")


if __name__ == "__main__":
    main()
