"""Random families with their books and certificates, held against what the prover says.

    python -m benchmarks.kinship --families 2000

For every ordered pair of people with a page, every relation that can be bound is claimed, once with
the two pages alone and once with all papers. The truth is known; and every family that fits the
papers is tried out (`readers`), so that it is known too what no reader could tell.
"""

import argparse
import time

from benchmarks.kinship.judge import CONCEIVABLE, EXCLUDED, UNNAMED, WRONG_PROOF, simulate

SEED = 20261120
OPEN_SHARES = ("the prover leaves open", "no reader could tell", "nor with the presumption")


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description="Hold the kinship prover against random families.")
    parser.add_argument("--families", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    started = time.process_time()
    counts = simulate(options.families, options.seed)
    for name in (EXCLUDED, WRONG_PROOF, CONCEIVABLE, UNNAMED):
        counts.setdefault(name, 0)
    for name in sorted(counts):
        print(f"{counts[name]:>9}  {name}")
    for told in ("two pages", "all papers"):
        pairs = max(1, counts[f"{told}: bindable pairs"])
        for what in OPEN_SHARES:
            print(f"{counts[f'{told}: {what}'] / pairs:>9.1%}  {told}: bindable pairs, {what}")
    print(f"{time.process_time() - started:>9.1f}  CPU seconds")


if __name__ == "__main__":
    main()
