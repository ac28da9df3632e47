"""Fit the curves of `tasks/reading/confidence/calibration.yaml` to fields whose truth is known.

    .venv/bin/python -m benchmarks.reading --levels scan phone hard --seed 5000 --out fields.jsonl
    .venv/bin/python -m benchmarks.reading.calibrate fields.jsonl --version 2026-11-22

Each curve is the best rising step function through right and wrong fields (pool adjacent
violators), taken at the middle of its steps. Every step is given one more wrong field than was
seen, so that a few fields without an error do not pass for certainty.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from benchmarks.reading.score import FieldOutcome, load
from tasks.reading.confidence.calibration import (
    FILE,
    FieldSort,
    TierLimits,
    WitnessTier,
    sort_of,
    tier_of,
)

LIMITS: Final = {
    WitnessTier.GOOD: TierLimits(min_glyph_height_px=22, max_blur=0.35),
    WitnessTier.FAIR: TierLimits(min_glyph_height_px=14, max_blur=0.6),
}
LEAST: Final = 25
"""Fields in a step of a curve; a sort and tier with fewer takes the curve of all tiers."""


class ReliabilityStep(NamedTuple):
    """Fields of near evidence."""

    evidence: float
    right: float
    total: int

    @property
    def share(self) -> float:
        """The share right, one more wrong than seen."""
        return self.right / (self.total + 1)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outcomes", type=Path, nargs="+")
    parser.add_argument("--version", required=True)
    parser.add_argument("--made-by", default="benchmarks.reading.calibrate")
    chosen = parser.parse_args()
    outcomes = [outcome for path in chosen.outcomes for outcome in load(path)]
    document = {
        "version": chosen.version,
        "made_by": chosen.made_by,
        "papers": len({(o.level, o.paper) for o in outcomes}),
        "fields": len(outcomes),
        "tiers": {tier.value: limits.model_dump() for tier, limits in LIMITS.items()},
        "curves": fit(outcomes),
    }
    FILE.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


def fit(outcomes: list[FieldOutcome]) -> dict[str, dict[str, list[list[float]]]]:
    """The curves by sort and tier."""
    by_sort: dict[FieldSort, dict[WitnessTier, list[FieldOutcome]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for outcome in outcomes:
        sort = sort_of(outcome.field, blank=outcome.found is None)
        by_sort[sort][tier_of(outcome.glyph_height_px, outcome.blur, LIMITS)].append(outcome)
    curves: dict[str, dict[str, list[list[float]]]] = {}
    for sort, tiers in by_sort.items():
        together = [outcome for mine in tiers.values() for outcome in mine]
        curves[sort.value] = {
            tier.value: curve(mine if len(mine) >= 4 * LEAST else together)
            for tier in WitnessTier
            for mine in [tiers.get(tier, [])]
        }
    return curves


def curve(outcomes: list[FieldOutcome]) -> list[list[float]]:
    """Rising points (evidence, probability)."""
    ordered = sorted(outcomes, key=lambda o: o.evidence)
    steps: list[ReliabilityStep] = []
    for start in range(0, len(ordered), LEAST):
        part = ordered[start : start + LEAST]
        mean = sum(o.evidence for o in part) / len(part)
        steps.append(ReliabilityStep(mean, float(sum(o.right for o in part)), len(part)))
        while len(steps) > 1 and steps[-1].share <= steps[-2].share:
            steps.append(_pooled(steps.pop(), steps.pop()))
    # No evidence is no probability: below the first step nothing was measured.
    points = {0.0: 0.0} | {round(step.evidence, 4): round(step.share, 4) for step in steps}
    return [[x, y] for x, y in points.items()]


def _pooled(a: ReliabilityStep, b: ReliabilityStep) -> ReliabilityStep:
    total = a.total + b.total
    evidence = (a.evidence * a.total + b.evidence * b.total) / total
    return ReliabilityStep(evidence, a.right + b.right, total)


if __name__ == "__main__":
    main()
