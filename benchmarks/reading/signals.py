"""How often signals speak, of flawed pictures and of honest ones.

    .venv/bin/python -m benchmarks.reading.signals --count 20 --seed 7000

Every flawed picture has an honest twin: the same paper, the same way of taking the picture, but
for the flaw. Ways marked * were kept out of tuning. False alarms are counted on honest pictures of
the same seeds.
Seeds from 90,000 on are held out for judging and must not be used for tuning.
"""

import argparse
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2
import numpy as np

from models.checks.finding import Finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind, DocumentReading
from specimens.applications.draw_paper import DrawnPaper
from specimens.flaws.catalogue import FLAWS, PAGES
from specimens.flaws.draw import draw_flawed
from specimens.flaws.flaw import Flaw, FlawVariant
from tasks.reading.read_file import read_file

CODES: Final = {
    "blur": (Reason.PICTURE_BLURRED,),
    "glare": (Reason.GLARE_OR_DARK,),
    "dark": (Reason.GLARE_OR_DARK,),
    "cut": (Reason.CROPPED_OR_COVERED,),
    "covered": (Reason.CROPPED_OR_COVERED,),
    "grey": (Reason.SCREEN_OR_COPY, Reason.SEAL_OR_COLOUR_MISSING),
    "screen": (Reason.SCREEN_OR_COPY,),
    "print": (Reason.SCREEN_OR_COPY,),
    "seal": (Reason.SEAL_OR_COLOUR_MISSING,),
    "edited": (Reason.POSSIBLY_EDITED,),
    "portrait": (Reason.POSSIBLY_EDITED,),
}
"""What should be said of each flaw."""

SIGNALS: Final = (
    Reason.PICTURE_BLURRED,
    Reason.GLARE_OR_DARK,
    Reason.CROPPED_OR_COVERED,
    Reason.SCREEN_OR_COPY,
    Reason.RESOLUTION_TOO_LOW,
    Reason.POSSIBLY_EDITED,
    Reason.SEAL_OR_COLOUR_MISSING,
)


class Row(NamedTuple):
    """One flawed picture, read.

    Attributes:
        found: The right code was raised.
        harmless: Every field was nevertheless read as it stands on the paper.
        named: Of the fields that lost their ink, the share that the finding names; None if none.
        wrong: Fields that were read wrongly with at least 0.95 confidence.
    """

    found: bool
    harmless: bool
    named: float | None
    wrong: int


def main() -> None:
    """Read the command line, draw, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="pictures of each way")
    parser.add_argument("--honest", type=int, default=40, help="honest pictures of each kind")
    parser.add_argument("--seed", type=int, default=7000, help="first seed, below 10000 for tuning")
    parser.add_argument("--level", default="phone")
    parser.add_argument("--flaws", nargs="*", default=[flaw.name for flaw in FLAWS])
    parser.add_argument("--ways", choices=("all", "tuned", "apart"), default="all")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    kinds = (*PAGES, DocumentKind.COMMITMENT_LETTER)
    _print_honest(kinds, chosen.seed, chosen.honest, chosen.level)
    print("\nflaw      way            found                  harmless  named  sure and wrong")
    for flaw in FLAWS:
        if flaw.name in chosen.flaws:
            for way in flaw.ways:
                if chosen.ways == "all" or way.held_out == (chosen.ways == "apart"):
                    _print_way(flaw, way, chosen.seed, chosen.count, chosen.level)


def _print_honest(kinds: Iterable[DocumentKind], seed: int, count: int, level: str) -> None:
    alarms: dict[DocumentKind, Counter[Reason]] = defaultdict(Counter)
    seconds = []
    for kind in kinds:
        for number in range(seed, seed + count):
            start = time.process_time()
            drawn = draw_flawed(kind, number, None, level)
            seconds.append(time.process_time() - start)
            alarms[kind].update({found.code for found in _read(drawn).findings})
    print(f"false alarms on {count} honest pictures of each kind, level {level}")
    print(f"{'':22}" + "".join(f"{code.value:>8}" for code in SIGNALS))
    for kind, counted in alarms.items():
        print(f"{kind.value:22}" + "".join(f"{counted[code]:8}" for code in SIGNALS))
    total = count * len(alarms)
    for code in SIGNALS:
        hits = sum(counted[code] for counted in alarms.values())
        print(f"{code.value} {share(hits, total)}" if total else "")


def _print_way(flaw: Flaw, way: FlawVariant, seed: int, count: int, level: str) -> None:
    rows = []
    for number in range(seed, seed + count):
        kind = (way.kinds or flaw.kinds)[number % len(way.kinds or flaw.kinds)]
        drawn = draw_flawed(kind, number, way, level)
        twin = draw_flawed(kind, number, None, level) if flaw.name == "glare" else None
        rows.append(_row(flaw, drawn, twin))
    named = [row.named for row in rows if row.named is not None]
    mark = "*" if way.held_out else " "
    print(
        f"{flaw.name:9} {way.name:13}{mark} {share(sum(r.found for r in rows), count)}"
        f" {sum(r.harmless for r in rows):5}/{count}"
        f"  {f'{np.mean(named):.2f}' if named else '   -'}  {sum(r.wrong for r in rows):5}",
        flush=True,
    )


def _row(flaw: Flaw, drawn: DrawnPaper, twin: DrawnPaper | None) -> Row:
    reading = _read(drawn)
    told = [f for f in reading.findings if f.code in CODES[flaw.name]]
    same = all(reading.value(name) == value for name, value in drawn.fields.items())
    wrong = sum(
        f.value is not None and f.value != drawn.fields.get(name) and f.confidence >= 0.95
        for name, f in reading.fields.items()
    )
    return Row(bool(told), same, _named(drawn, twin, told) if twin else None, wrong)


def _named(drawn: DrawnPaper, twin: DrawnPaper, told: list[Finding]) -> float | None:
    """The share of the fields whose ink is gone, against the twin's, that the finding names."""
    lost = [name for name in drawn.quads if drawn.fields.get(name) and _is_lost(drawn, twin, name)]
    names = {evidence.field for finding in told for evidence in finding.evidence}
    return sum(name in names for name in lost) / len(lost) if lost and told else None


def _is_lost(drawn: DrawnPaper, twin: DrawnPaper, name: str) -> bool:
    if drawn.image.shape != twin.image.shape:
        return False
    (left, top), (right, bottom) = (
        np.clip(edge.astype(int), 0, None)
        for edge in (drawn.quads[name].min(0), drawn.quads[name].max(0))
    )
    part = drawn.image[top:bottom, left:right].min(axis=2) >= 250
    before = twin.image[top:bottom, left:right].min(axis=2) >= 250
    return bool(part.size and part.mean() - before.mean() > 0.3)


def _read(drawn: DrawnPaper) -> DocumentReading:
    paper, *_ = read_file("picture.jpg", drawn.data)
    return paper.reading


def share(hits: int, total: int) -> str:
    """Hits of a total as a share with its 95 % interval (Wilson), in percent."""
    z, p = 1.96, hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * np.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return f"{hits:3}/{total:<3} {p:4.0%} ({low:5.1%} to {high:5.1%})"


if __name__ == "__main__":
    main()
