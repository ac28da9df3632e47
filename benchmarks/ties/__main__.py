"""How well ties tell one hukou book from two, on invented families and strangers.

    .venv/bin/python -m benchmarks.ties --pairs 20000
    .venv/bin/python -m benchmarks.ties --rates

The first prints, for each crowd and for what reading gives, the share of pairs over each bar, and
what the real checks approve; the second the rates that `tasks/identity/ties/rates.py` holds. What
the inventions assume stands in docs/ties.md.
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from typing import Final

from benchmarks.intervals import MeasuredShare
from benchmarks.ties.applications import application_of
from benchmarks.ties.households import TODAY
from benchmarks.ties.measure import READINGS, PairWeight, many, tie_rates, weights
from benchmarks.ties.pairs import Crowd
from models.decision.decision import Outcome
from models.identity.division import Divisions
from models.intake.application import Product
from storage.policy.policies import PolicyRepository
from tasks.checks.all_checks import check_application
from tasks.decision.decide import decide
from tasks.identity.ties.rates import TieRate

SEED: Final = 20261128
_ANY: Final = -90.0
BARS: Final = (
    *(PairWeight(bar, _ANY, _ANY) for bar in (4.6, 5.2, 6.2)),
    *(PairWeight(4.6, bar, _ANY) for bar in (3.0, 3.2, 4.0)),
    PairWeight(5.2, 3.2, _ANY),
    *(PairWeight(4.6, 3.2, bar) for bar in (0.9, 3.0)),
)
"""Against strangers of the city, namesakes among them, and neighbours of the same surname."""
_FAMILIES: Final = 4_000
"""Pairs of other crowds than strangers of one city: their shares are large, few pairs suffice."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Hold the ties against families and strangers.")
    parser.add_argument("--pairs", type=int, default=20_000, help="strangers of one city")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rates", action="store_true", help="only the rates of each tie")
    chosen = parser.parse_args()
    started = time.process_time()
    policies = PolicyRepository.load(Path(__file__).parents[2] / "policies")
    if chosen.rates:
        _print_rates(policies.divisions, chosen.seed, min(chosen.pairs, 6_000))
    else:
        _print_bars(policies.divisions, chosen.seed, chosen.pairs)
        _print_approved(policies, chosen.seed, chosen.pairs)
    print(f"\nCPU {time.process_time() - started:.0f} s")


def _print_rates(divisions: Divisions, seed: int, count: int) -> None:
    print(f"{'tie':18}{'context':14}{'outcome':10}{'family':>8}{'strangers':>11}{'weight':>8}")
    for (kind, context, outcome), family, strangers in tie_rates(divisions, seed, count):
        weight = TieRate(max(family, 1e-4), max(strangers, 1e-4)).weight
        print(f"{kind:18}{context:14}{outcome:10}{family:8.3f}{strangers:11.4f}{weight:8.2f}")


def _print_bars(divisions: Divisions, seed: int, count: int) -> None:
    print("share of pairs whose ties reach a bar, %")
    for minors in (True, False):
        for crowd in Crowd:
            wanted = count if crowd is Crowd.SAME_CITY and minors else min(count, _FAMILIES)
            found = weights(crowd, divisions, seed, minors=minors, count=wanted)
            print(f"\n{'minors' if minors else 'adults'}, {crowd}: {wanted} pairs")
            print(f"  {'read':32}" + "".join(f"{_named(bar):>12}" for bar in BARS))
            for reading in READINGS:
                over = [sum(w.reaches(bar) for w in found[reading.name]) for bar in BARS]
                shares = "".join(f"{100 * n / wanted:12.2f}" for n in over)
                print(f"  {reading.name:32}{shares}")


def _named(bar: PairWeight) -> str:
    return "/".join(str(least) for least in bar if least > _ANY)


def _print_approved(policies: PolicyRepository, seed: int, count: int) -> None:
    print("\nthrough the real checks, no number, native place or station on any page")
    for minors, product in (
        (True, Product.FAMILY_ACCOUNT),
        (True, Product.MUTUAL_AID),
        (False, Product.MUTUAL_AID),
        (False, Product.FAMILY_ACCOUNT),
    ):
        for crowd in Crowd:
            wanted = count if crowd is Crowd.SAME_CITY and minors else min(count, _FAMILIES)
            outcomes = _outcomes(policies, crowd, product, seed, minors=minors, count=wanted)
            approved = MeasuredShare(outcomes[Outcome.APPROVED], wanted)
            who = f"{'minors' if minors else 'adults'}, {product}, {crowd}"
            print(f"  {who:52} approved {approved}")


def _outcomes(
    policies: PolicyRepository,
    crowd: Crowd,
    product: Product,
    seed: int,
    *,
    minors: bool,
    count: int,
) -> Counter[Outcome]:
    rng = random.Random(seed)  # noqa: S311
    outcomes: Counter[Outcome] = Counter()
    for pair in many(crowd, policies.divisions, rng, minors=minors, count=count):
        region = pair.book.village.county.code[:4] + "00"
        policy = policies.for_case(region, TODAY, product)
        dossier = application_of(pair, product, policy)
        report = check_application(dossier, policy, policies.divisions)
        at = dossier.application.submitted_at
        outcomes[decide(dossier, report, policy, decided_at=at).outcome] += 1
    return outcomes


if __name__ == "__main__":
    main()
