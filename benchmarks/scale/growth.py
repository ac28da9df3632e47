"""What the frequent looks at the database cost as it grows: milliseconds over so many rounds.

    python -m benchmarks.scale.growth --rounds 1000 100000

Rounds spread over 400 days, nine in ten settled long ago, every tenth with a review, a hundred
under way; written into the tables directly. SQLite without a URL.
"""

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import insert, text

from models.audit.event import EventTag, NewEvent
from models.cases.case_round import MatchKey, MatchKeyKind
from models.cases.retention import RetentionClass
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from models.reviews.review_work import ReviewKind
from storage.bootstrap import Repositories, using_repositories
from storage.database.engine import writing
from storage.database.tables import MatchKeyRow, ReviewRow, RoundRow
from storage.reviews.queue_queries import QueueFilters
from storage.settings import Settings

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
DAYS = 400
UNDER_WAY = 100


def rounds(count: int) -> Iterator[dict[str, object]]:
    """Rows of rounds, the newest last."""
    for number in range(count):
        came = NOW - dt.timedelta(days=DAYS) * (1 - number / count)
        waits = number >= count - UNDER_WAY
        gone = (NOW - came).days
        yield {
            "round_id": f"{number:032x}",
            "application_id": f"A{number:09}",
            "round": 1,
            "content_digest": f"{number:064x}",
            "region": "330100",
            "product": "family_account",
            "channel": "national_app",
            "submitted_at": came,
            "received_at": came,
            "stage": "taken_in" if waits else "settled",
            "outcome": None if waits else ("returned" if number % 7 == 0 else "approved"),
            "decided_at": None if waits else came,
            "decided_by": None if waits else "machine",
            "machine_outcome": None if waits else "approved",
            "batch_id": f"B{number // 50:08}",
            "pictures_deleted_at": came if gone > 30 else None,
            "readings_deleted_at": came if gone > 365 else None,
        }


def reviews(count: int) -> Iterator[dict[str, object]]:
    """Rows of reviews: settled but for the last hundred."""
    for number in range(0, count, 10):
        came = NOW - dt.timedelta(days=DAYS) * (1 - number / count)
        over = number < count - 1000
        yield {
            "review_id": f"{number:032x}",
            "round_id": f"{number:032x}",
            "application_id": f"A{number:09}",
            "state": "settled" if over else "open",
            "codes": "[]",
            "opened_at": came,
            "due_at": came + dt.timedelta(days=3),
            "kind": ReviewKind.DOUBT,
            "outcome": "approved" if over else None,
            "decided_at": came if over else None,
        }


def match_keys(count: int) -> Iterator[dict[str, object]]:
    """Two numbers of each round, and one file that every hundredth round shows."""
    for number in range(count):
        keys = [("number", f"n{number}"), ("number", f"m{number}")]
        for kind, value in keys + ([("file", "everybody's")] if number % 100 == 0 else []):
            yield {
                "round_id": f"{number:032x}",
                "application_id": f"A{number:09}",
                "round": 1,
                "kind": kind,
                "role": "applicant",
                "fingerprint": value,
            }


def fill(repositories: Repositories, count: int) -> None:
    """Write the tables."""
    for table, rows in (
        (RoundRow, rounds(count)),
        (ReviewRow, reviews(count)),
        (MatchKeyRow, match_keys(count)),
    ):
        with writing(repositories.engine) as connection:
            connection.execute(insert(table), list(rows))
    with writing(repositories.engine) as connection:
        connection.execute(text("ANALYZE"))


def looks(repositories: Repositories, count: int) -> Mapping[str, Callable[[], object]]:
    """What flows and pages ask for, by name."""
    number = MatchKey(
        kind=MatchKeyKind.NUMBER, role=PersonRole.APPLICANT, value="330102198803120019"
    )
    last_day = NOW - dt.timedelta(days=1)
    event = iter(range(1_000_000))
    return {
        "batches that wait": lambda: repositories.cases.waiting_batches("L", 50),
        "rounds of a batch": lambda: repositories.cases.rounds(batch_id=f"B{count // 100:08}"),
        "received and undecided": lambda: repositories.cases.undecided_since(NOW),
        "decisions to settle": lambda: repositories.reviews.decided(NOW),
        "terms that may move": lambda: repositories.reviews.provisional(),
        "overdue reviews": lambda: repositories.reviews.overdue(NOW - dt.timedelta(days=99)),
        "approvals of ten minutes": lambda: list(
            repositories.search.decided(Outcome.APPROVED, NOW - dt.timedelta(minutes=10))
        ),
        "pictures to delete": lambda: list(
            repositories.retention.kept(RetentionClass.PICTURES, NOW - dt.timedelta(days=31))
        ),
        "numbers of an application": lambda: repositories.match_keys.history(
            "A", [number], product=None
        ),
        "queue, first page": lambda: repositories.queue.page(QueueFilters()),
        "runs of a page": lambda: repositories.run_history.runs(20),
        "days of a page": lambda: repositories.run_history.days(last_day),
        "an append": lambda: repositories.audit.append_many(
            [
                NewEvent(
                    tag=EventTag.APPLICATION_RECEIVED,
                    application_id=f"A{count}",
                    round_id=None,
                    actor="machine",
                    details={},
                    idempotency_key=f"growth:{next(event)}",
                )
            ]
        ),
    }


def milliseconds(look: Callable[[], object]) -> float:
    """The median of seven, after a first one."""
    look()
    taken = []
    for _ in range(7):
        began = time.process_time()
        look()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--rounds", type=int, nargs="+", default=[1000, 100_000])
    given = parser.parse_args()
    found: dict[str, list[float]] = {}
    for count in given.rounds:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                home=Path(folder) / "home",
                database_url=SecretStr(given.url) if given.url else None,
                master_key=SecretStr("A" * 43 + "="),
                key_database_url=SecretStr(f"sqlite:///{folder}/keys.db"),
            )
            with using_repositories(settings) as repositories:
                fill(repositories, count)
                for name, look in looks(repositories, count).items():
                    found.setdefault(name, []).append(milliseconds(look))
    print("CPU ms over rounds:", *given.rounds)
    for name, taken in found.items():
        print(f"{name:32}", *(f"{one:10.2f}" for one in taken))


if __name__ == "__main__":
    main()
