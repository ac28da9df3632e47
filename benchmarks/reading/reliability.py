"""Whether a confidence means what it says: of the fields given 0.9, nine in ten should be right."""

import itertools
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.score import SURE, FieldOutcome, right_share
from tasks.reading.confidence.calibration import FieldSort, sort_of

_HALF: Final = 0.5
EDGES: Final = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)


class Bin(NamedTuple):
    """The fields whose confidence lies in one stretch: the mean said, and the share right."""

    said: float
    right: MeasuredShare


def reliability(outcomes: list[FieldOutcome]) -> list[Bin]:
    """The stretches that hold any field; unread fields (no value, none wanted) count as read."""
    bins = []
    for low, high in itertools.pairwise(EDGES):
        mine = [o for o in outcomes if low <= o.confidence < high]
        if mine:
            said = sum(o.confidence for o in mine) / len(mine)
            bins.append(Bin(said, right_share(mine)))
    return bins


def expected_error(bins: list[Bin]) -> float:
    """The mean distance between what was said and what was right, weighted by fields."""
    total = sum(b.right.total for b in bins)
    return sum(abs(b.said - b.right.value) * b.right.total for b in bins) / max(1, total)


def reliability_table(outcomes: list[FieldOutcome]) -> str:
    """The stretches as a table."""
    bins = reliability(outcomes)
    rows = ["| confidence said, mean | right |", "|---|---|"]
    rows += [f"| {b.said:.3f} | {b.right} |" for b in bins]
    rows.append(f"\nexpected calibration error: {expected_error(bins):.4f}")
    return "\n".join(rows)


def reliability_by_sort(outcomes: list[FieldOutcome]) -> str:
    """For each sort of field what was said on the mean, and what was right, in three stretches."""
    rows = [
        "| sort | said 0.95 and more: right | 0.5 to 0.95: said, right | less: said, right |",
        "|---|---|---|---|",
    ]
    for sort in FieldSort:
        mine = [o for o in outcomes if sort_of(o.field, blank=o.found is None) is sort]
        sure = [o for o in mine if o.confidence >= SURE]
        unsure = [o for o in mine if _HALF <= o.confidence < SURE]
        guessed = [o for o in mine if o.confidence < _HALF]
        cells = (str(right_share(sure)), _said_and_right(unsure), _said_and_right(guessed))
        rows.append(f"| {sort} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _said_and_right(outcomes: list[FieldOutcome]) -> str:
    if not outcomes:
        return "none"
    said = sum(o.confidence for o in outcomes) / len(outcomes)
    return f"{said:.2f}, {sum(o.right for o in outcomes)}/{len(outcomes)}"


def draw_reliability(outcomes: list[FieldOutcome], path: Path) -> None:
    """The reliability diagram as a PNG: before and after calibration."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5), width_ratios=(3, 2))
    left.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="as said")
    before = [o._replace(confidence=o.evidence) for o in outcomes]
    for label, colour, mine in (
        ("evidence, before calibration", "#b0772b", before),
        ("confidence, after calibration", "#1d5fa8", outcomes),
    ):
        bins = reliability(mine)
        heights = [b.right.value for b in bins]
        errors = [
            [max(0.0, b.right.value - b.right.interval[0]) for b in bins],
            [max(0.0, b.right.interval[1] - b.right.value) for b in bins],
        ]
        left.errorbar(
            [b.said for b in bins], heights, yerr=errors, marker="o", capsize=3,
            label=f"{label} (ECE {expected_error(bins):.3f})", color=colour,
        )  # fmt: skip
    left.set(xlabel="confidence said", ylabel="share of fields right", xlim=(0, 1.01))
    left.legend(loc="lower right")
    right.hist([o.confidence for o in outcomes], bins=list(EDGES), color="#1d5fa8")
    right.set(xlabel="confidence said", ylabel="fields", yscale="log")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
