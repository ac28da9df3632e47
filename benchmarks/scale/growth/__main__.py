"""What the frequent looks at the database cost as it grows: milliseconds over so many rounds.

    python -m benchmarks.scale.growth --rounds 1000 100000
    python -m benchmarks.scale.growth --url postgresql+psycopg://… --url postgresql+psycopg://…

Written into the tables directly, in bulk. SQLite without a URL; else an empty database for each
number of rounds. Beside the times stand the statements of each look, and the tables that the plan
over the most rounds reads through.
"""

import argparse
import tempfile
from pathlib import Path

from pydantic import SecretStr

from benchmarks.scale.growth.costs_of_look import Cost, cost_of
from benchmarks.scale.growth.queries import queries
from benchmarks.scale.growth.rows import fill
from storage.bootstrap import using_repositories
from storage.settings import Settings


def costs(count: int, url: str | None) -> dict[str, Cost]:
    """The cost of each look over so many rounds."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            home=Path(folder) / "home",
            database_url=SecretStr(url) if url else None,
            master_key=SecretStr("A" * 43 + "="),
            key_database_url=SecretStr(f"sqlite:///{folder}/keys.db"),
            outcome_folder=f"{folder}/outcomes",
        )
        with using_repositories(settings) as repositories:
            fill(repositories, count)
            wanted = queries(repositories, count)
            return {name: cost_of(repositories.engine, look) for name, look in wanted.items()}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", action="append", help="one for each number of rounds")
    parser.add_argument("--rounds", type=int, nargs="+", default=[1000, 100_000])
    given = parser.parse_args()
    urls = given.url or [None] * len(given.rounds)
    found = [costs(count, url) for count, url in zip(given.rounds, urls, strict=True)]
    print(f"{'rounds':28}", *(f"{count:>17}" for count in given.rounds), "statements, read through")
    for name in found[0]:
        each = [one[name] for one in found]
        last = each[-1]
        print(
            f"{name:28}",
            *(f"{one.cpu:8.2f} {one.clock:8.2f}" for one in each),
            f"{last.plan.statements:3}  {' '.join(last.plan.read_through)}",
        )


if __name__ == "__main__":
    main()
