"""What the console's pages cost, rendered and over HTTP, as the database grows.

    python -m benchmarks.scale.growth.pages --rounds 1000 100000

The rows are those of `benchmarks.scale.growth`, in SQLite: what a page shows of a case's papers has
its own measurement (`benchmarks.console`). Milliseconds of the server's processor, the mean of
`--times` visits, and the longest on the clock.
"""

import argparse
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.console.fill import PASSWORD
from benchmarks.console.visit import Times, serving, signed_in
from benchmarks.scale.growth.rows import fill
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings

_PAGES: Final = {
    "s0": (
        *("/queue", "/queue?order=risk", "/queue?code=R03", "/queue?page=15"),
        *("/team", "/second-looks", "/today", "/employers", "/metrics"),
    ),
    "a0": ("/audit", "/audit/oversight", "/audit/runs", "/audit/people/s0"),
}
"""By whom each is asked for."""
_ROLES: Final = {"s0": StaffRole.SENIOR, "a0": StaffRole.AUDITOR}


def visits(rounds: int, times: int) -> Times:
    """What each page took over so many rounds."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        with using_repositories(settings) as repositories:
            fill(repositories, rounds)
            for name, role in _ROLES.items():
                repositories.staff.add(name, role)
                repositories.staff.choose_password(name, PASSWORD)
        with serving(settings) as address:
            return _visits(address, times)


def _visits(address: str, times: int) -> Times:
    told = Times()
    clients = {name: signed_in(address, name) for name in _PAGES}
    for number in range(-1, times):
        kept = told if number >= 0 else Times()  # the first is not counted
        for name, pages in _PAGES.items():
            for page in pages:
                kept.take(page, partial(clients[name].get, page))
    for client in clients.values():
        client.close()
    return told


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    found = [visits(count, given.times) for count in given.rounds]
    print(f"{'rounds':24}", *(f"{count:>17}" for count in given.rounds))
    for page in found[0].names:
        each = (f"{one.processor(page):8.1f} {one.percentile(page, 100):8.1f}" for one in found)
        print(f"{page:24}", *each)


if __name__ == "__main__":
    main()
