"""How well and how fast papers are read: `benchmarks/reading.py --count 50 --level phone`.

Draws papers with known contents, reads them as uploads are read, and compares every field.
Seeds from 90,000 on are held out for judging and must not be used for tuning.
"""

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2

from models.document import FIELDS, DocumentKind, DocumentReading
from specimens.draw import DrawnPaper, draw_paper
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.read_file import cpu_seconds, read_file

SURE = 0.95


class Outcome(NamedTuple):
    """One field of one drawn paper."""

    seed: int
    kind: DocumentKind
    field: str
    wanted: str | None
    found: str | None
    raw: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether the value is exactly the truth."""
        return self.wanted == self.found


class Tally:
    """Everything that is counted."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.outcomes: list[Outcome] = []
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.findings: Counter[tuple[str, str]] = Counter()
        self.whole_page: Counter[str] = Counter()

    def add(self, seed: int, paper: DrawnPaper, reading: DocumentReading) -> None:
        """Count one paper."""
        kind = paper.kind
        self.kinds[kind.value, reading.kind.value] += 1
        self.seconds[kind.value].append(reading.seconds)
        self.findings.update((kind.value, found.code.value) for found in reading.findings)
        for name, wanted in paper.fields.items():
            field = reading.fields.get(name)
            self.outcomes.append(
                Outcome(
                    seed,
                    kind,
                    name,
                    wanted,
                    field.value if field else None,
                    field.raw if field else "",
                    field.confidence if field else 0.0,
                )
            )


def draw(arguments: argparse.Namespace) -> Iterator[tuple[int, DrawnPaper]]:
    """The papers to read, kind by kind."""
    for kind in arguments.kinds:
        for seed in range(arguments.seed, arguments.seed + arguments.count):
            yield seed, draw_paper(DocumentKind(kind), seed, arguments.level)


def report(tally: Tally, *, show_misses: bool) -> None:
    """Print what was counted."""
    for kind in dict.fromkeys(outcome.kind for outcome in tally.outcomes):
        _report_kind(kind, tally)
    everything = tally.outcomes
    print(f"\nall fields       {_share(everything)}")
    sure = [outcome for outcome in everything if outcome.confidence >= SURE]
    wrong = [outcome for outcome in sure if not outcome.right]
    print(f"sure (>= {SURE})   {len(sure)} of {len(everything)}; wrong among them: {len(wrong)}")
    for outcome in wrong:
        print(f"  SURE AND WRONG {_line(outcome)}")
    seconds = sorted(value for values in tally.seconds.values() for value in values)
    mean = sum(seconds) / len(seconds)
    print(f"CPU s a page     mean {mean:.3f}  median {seconds[len(seconds) // 2]:.3f}")
    confused = {pair: count for pair, count in tally.kinds.items() if pair[0] != pair[1]}
    print(f"kinds confused   {confused or 'none'}")
    print(f"findings         {dict(tally.findings) or 'none'}")
    if show_misses:
        for outcome in everything:
            if not outcome.right:
                print(f"  MISS {_line(outcome)}")


def _report_kind(kind: DocumentKind, tally: Tally) -> None:
    mine = [outcome for outcome in tally.outcomes if outcome.kind is kind]
    values = tally.seconds[kind.value]
    print(f"\n{kind.value:18s} {_share(mine)}  CPU {sum(values) / len(values):.3f} s")
    for name in FIELDS.get(kind, ()):
        field = [outcome for outcome in mine if outcome.field == name]
        if field and not all(outcome.right for outcome in field):
            print(f"    {name:24s} {_share(field)}")


def _share(outcomes: list[Outcome]) -> str:
    right = sum(outcome.right for outcome in outcomes)
    return f"{right}/{len(outcomes)} = {100 * right / max(1, len(outcomes)):.2f} %"


def _line(outcome: Outcome) -> str:
    return (
        f"{outcome.kind.value} {outcome.seed} {outcome.field}: wanted {outcome.wanted},"
        f" found {outcome.found}, raw {outcome.raw}, {outcome.confidence:.3f}"
    )


def baseline(papers: Iterator[tuple[int, DrawnPaper]]) -> None:
    """The share of values that a plain reading of the whole page contains at all."""
    reader = this_process_readers().text
    found = total = 0
    start = cpu_seconds()
    count = 0
    for _, paper in papers:
        page = "".join(line.text for line in reader.lines(paper.image))
        count += 1
        for name, value in paper.fields.items():
            if value and name.endswith(("name", "number", "address", "authority", "body")):
                total += 1
                found += value in page
    seconds = (cpu_seconds() - start) / max(1, count)
    print(f"\nwhole page       {found}/{total} texts found, {seconds:.3f} s with drawing")


def main() -> None:
    """Read the command line, draw, read, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="papers of each kind")
    parser.add_argument("--level", default="phone")
    parser.add_argument("--seed", type=int, default=1000, help="first seed, below 10000 for tuning")
    parser.add_argument("--kinds", nargs="*", default=[kind.value for kind in FIELDS])
    parser.add_argument("--misses", action="store_true", help="list every wrong field")
    parser.add_argument("--baseline", action="store_true", help="also read whole pages plainly")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    tally = Tally()
    for seed, paper in draw(arguments):
        (read, *_) = read_file(f"{paper.kind.value}-{seed}.jpg", paper.data)
        tally.add(seed, paper, read.reading)
    report(tally, show_misses=arguments.misses)
    if arguments.baseline:
        baseline(draw(arguments))


if __name__ == "__main__":
    main()
