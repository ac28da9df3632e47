"""How often true values are borne out, and how often false ones.

    .venv/bin/python -m benchmarks.reading.stated_values --levels phone hard --count 6 --seed 151300

Draws papers with known contents, reads them as uploads are read, and holds two sets of values
against every field that a form may state: the true one, and all that differ in one digit (the check
digit right) or one look-alike character. The true value is among the rivals of each false one, so
that a false one is borne out only where it is likelier than the true one by the margin: this
is counted. A field whose place was not found counts as not borne out; an identity number's is
looked for, as an application's is, and a name that is nearly the likeliest counts beside its
person's number. Seeds from 90,000 on are for measuring only.
"""

import argparse
import math
import os
from collections import Counter
from collections.abc import Iterator
from typing import Final

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import datetime as dt

import cv2

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.papers import BenchmarkPaper, drawn
from benchmarks.reading.stated_values.lies import small_lies
from models.reading.document import DocumentKind
from models.reading.stated_value import StatedAnswer
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.confidence.stated_values import FARTHEST, MARGINS, stated_answer
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.read_file import read_file
from tasks.reading.stated_values.augmented_line import (
    AugmentedLine,
    mean_log_likelihoods,
)
from tasks.reading.stated_values.compare_papers import stated_place, stated_sort
from tasks.reading.stated_values.uploaded_pages import UploadedPages
from tasks.reading.stated_values.weigh_stated import WRITTEN_VARIANTS, weigh_stated

KINDS: Final = (
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.BIRTH_CERTIFICATE,
    DocumentKind.ID_CARD_PORTRAIT,
    DocumentKind.HUKOU_COVER,
    DocumentKind.MARRIAGE_CERTIFICATE,
    DocumentKind.INSURANCE_CERTIFICATE,
)
Tally = Counter[tuple[str, str, str]]


def main() -> None:
    """Read the command line, draw, compare, print the table."""
    parser = argparse.ArgumentParser(description="Hold true and false values against pictures.")
    parser.add_argument("--levels", nargs="+", default=["phone", "hard"])
    parser.add_argument("--count", type=int, default=6, help="papers of each kind")
    parser.add_argument("--seed", type=int, default=151_300)
    parser.add_argument("--misses", action="store_true", help="also print what was not borne out")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    tally: Tally = Counter()
    for level in chosen.levels:
        seeds = range(chosen.seed, chosen.seed + chosen.count)
        for paper in drawn(KINDS, level, seeds, "held_out"):
            for row in _compared(paper, misses=chosen.misses):
                tally[row] += 1
    _print_table(tally, chosen.levels)


def _compared(paper: BenchmarkPaper, *, misses: bool) -> Iterator[tuple[str, str, str]]:
    """Level, sort and what came out, for every true and every false value."""
    first, *_ = read_file(f"{paper.name}.jpg", paper.data)
    pages = UploadedPages(lambda _: paper.data, this_process_readers().text, (first.reading,))
    answers: dict[str, StatedAnswer] = {}
    for field, truth in sorted(paper.fields.items(), key=lambda item: item[0].endswith("name")):
        sort = stated_sort(paper.kind, field)
        if sort is None or truth is None:
            continue
        stated = truth[:10] if sort is FieldSort.DATE else truth
        place = stated_place(first.reading, field, sort, stated, pages)
        read = first.reading.value(field) == truth
        yield paper.level, sort, "read" if read else "misread"
        answers[field] = answer = _answer(place, sort, stated)
        yield paper.level, sort, f"true {answer}"
        if read or answer is StatedAnswer.BORNE_OUT or _beside_number(field, answers):
            yield paper.level, sort, "read or borne out"
        if misses and answer is not StatedAnswer.BORNE_OUT:
            print(answer, paper.name, field, truth, first.reading.value(field), flush=True)
        for lie, lead in _leads(place, sort, stated):
            yield paper.level, sort, "false"
            if lead >= MARGINS[sort]:
                yield paper.level, sort, "false ahead"
                print("FALSE", paper.name, field, truth, lie, round(lead, 1), flush=True)


def _beside_number(name: str, answers: dict[str, StatedAnswer]) -> bool:
    """Whether a name is nearly the likeliest, and its person's number is borne out beside it."""
    number = f"{name.removesuffix('name')}id_number"
    near = answers[name] is StatedAnswer.NEARLY
    return near and answers.get(number) is StatedAnswer.BORNE_OUT


def _leads(place: AugmentedLine | None, sort: FieldSort, truth: str) -> Iterator[tuple[str, float]]:
    """Every false value with the nats by which it is likelier than the true one.

    One that does not fit what was seen is not borne out, whatever its lead.
    """
    lies = small_lies(sort, truth)
    emissions = place.all() if place else ()
    if not emissions or not lies:
        return
    scores = mean_log_likelihoods(emissions, (truth, *lies), WRITTEN_VARIANTS[sort])
    best = sum(one.upper_bound for one in emissions) / len(emissions)
    for lie, score in zip(lies, scores[1:], strict=True):
        fits = best - score <= FARTHEST
        yield lie, float(score - scores[0]) if fits else -math.inf


def _answer(place: AugmentedLine | None, sort: FieldSort, stated: str) -> StatedAnswer:
    today = dt.datetime.now(tz=dt.UTC).date()
    margin = weigh_stated(place, sort, stated, today=today) if place else None
    return stated_answer(sort, margin) if margin else StatedAnswer.CANNOT_TELL


def _print_table(tally: Tally, levels: list[str]) -> None:
    print("| level | sort | read | true borne out | read or borne out | false ahead |")
    print("|---|---|---|---|---|---|")
    for level in levels:
        for sort in sorted({sort for lv, sort, _ in tally if lv == level}):
            counts = {what: n for (lv, s, what), n in tally.items() if (lv, s) == (level, sort)}
            fields = counts.get("read", 0) + counts.get("misread", 0)
            shares = (
                MeasuredShare(counts.get("read", 0), fields),
                MeasuredShare(counts.get("true borne_out", 0), fields),
                MeasuredShare(counts.get("read or borne out", 0), fields),
                MeasuredShare(counts.get("false ahead", 0), counts.get("false", 0)),
            )
            print(f"| {level} | {sort} | {' | '.join(map(str, shares))} |")


if __name__ == "__main__":
    main()
