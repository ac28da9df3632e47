"""Rows of so many rounds, over 400 days, nine in ten settled long ago, a hundred under way.

A return is answered or ends within a month, so the older ones are none any more.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

from sqlalchemy import insert, text

from models.audit.event import EventTag
from models.reviews.review_work import ReviewKind
from storage.bootstrap import Repositories
from storage.database.engine import without_limits
from storage.database.tables.base import Table
from storage.database.tables.cases import BindingRow, FindingRow, MatchKeyRow, RoundRow
from storage.database.tables.exchange import DeliveryRow, NoticeRow, SubmissionRow
from storage.database.tables.reviews import ReviewRow
from storage.database.tables.staff import ViewRow
from storage.database.transactions import writing

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
DAYS = 400
UNDER_WAY = 100
_KINDS: Final = (*(ReviewKind.DOUBT,) * 8, ReviewKind.SAMPLE, ReviewKind.SECOND_LOOK)


def came_at(number: int, count: int) -> dt.datetime:
    """When a round of so many was received."""
    return NOW - dt.timedelta(days=DAYS) * (1 - number / count)


def rounds(count: int) -> Iterator[dict[str, object]]:
    """Rows of rounds, the newest last."""
    for number in range(count):
        came = came_at(number, count)
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
            "outcome": None
            if waits
            else ("returned" if number % 7 == 0 and gone < 28 else "approved"),
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
        came = came_at(number, count)
        over = number < count - 1000
        yield {
            "review_id": f"{number:032x}",
            "round_id": f"{number:032x}",
            "application_id": f"A{number:09}",
            "state": "settled" if over else "open",
            "codes": "[]",
            "opened_at": came,
            "due_at": came + dt.timedelta(days=3),
            "kind": _KINDS[number // 10 % len(_KINDS)],
            "outcome": "approved" if over else None,
            "holder": f"person{number // 10 % 7}" if over else None,
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


def bindings(count: int) -> Iterator[dict[str, object]]:
    """A binding of every second round, looked at in the night of its number."""
    for number in range(0, count - UNDER_WAY, 2):
        came = came_at(number, count)
        yield {
            "binding_id": f"{number:036x}",
            "round_id": f"{number:032x}",
            "application_id": f"A{number:09}",
            "applicant_hash": f"n{number}",
            "member_hash": f"m{number}",
            "product": "family_account",
            "relationship": "child",
            "region": "330100",
            "effective_date": came.date(),
            "status": "active",
            "claim": f"c{number}",
            "slot": f"s{number}" if number % 3 else None,
            "claimed_at": came,
            "look_on": NOW.date() + dt.timedelta(days=1 + number // 2 % 30),
        }


def findings(count: int) -> Iterator[dict[str, object]]:
    """One of each round; every fiftieth says that a relation is unclear."""
    for number in range(count - UNDER_WAY):
        yield {
            "round_id": f"{number:032x}",
            "ordinal": 0,
            "code": "R03" if number % 50 == 0 else "W01",
            "severity": "info",
            "verdict": "not_met",
        }


def submissions(count: int) -> Iterator[dict[str, object]]:
    """Every round came over HTTP."""
    for number in range(count):
        came = came_at(number, count)
        yield {
            "submission_id": f"{number:032x}",
            "client": "cityapp",
            "application_id": f"A{number:09}",
            "received_at": came,
            "round_id": f"{number:032x}",
            "taken_at": came,
        }


def notices(count: int) -> Iterator[dict[str, object]]:
    """What was told of each outcome."""
    for number in range(count - UNDER_WAY):
        yield {
            "notice_id": f"msg_{number:032x}",
            "kind": "application.decided",
            "application_id": f"A{number:09}",
            "round_id": f"{number:032x}",
            "outcome": "approved",
            "happened_at": came_at(number, count),
            "body": b"sealed",
        }


def deliveries(count: int) -> Iterator[dict[str, object]]:
    """All but a hundred arrived."""
    for number in range(count - UNDER_WAY):
        came = came_at(number, count)
        lies = number >= count - 2 * UNDER_WAY
        yield {
            "notice_id": f"msg_{number:032x}",
            "destination": "folder",
            "state": "waiting" if lies else "delivered",
            "tries": 0 if lies else 1,
            "next_try_at": came,
            "delivered_at": None if lies else came,
            "problem": "",
        }


def views(count: int) -> Iterator[dict[str, object]]:
    """A look at the papers of every tenth round."""
    for number in range(0, count, 10):
        yield {
            "at": came_at(number, count),
            "staff": f"person{number % 7}",
            "kind": "case",
            "application_id": f"A{number:09}",
            "round_id": f"{number:032x}",
            "detail": "",
        }


_ROWS: Final[Mapping[type[Table], Callable[[int], Iterator[dict[str, object]]]]] = {
    RoundRow: rounds,
    ReviewRow: reviews,
    MatchKeyRow: match_keys,
    BindingRow: bindings,
    FindingRow: findings,
    SubmissionRow: submissions,
    NoticeRow: notices,
    DeliveryRow: deliveries,
    ViewRow: views,
}
_PORTION: Final = 5000


def fill(repositories: Repositories, count: int) -> None:
    """Write the tables, and the log of one batch."""
    for table, rows_of in _ROWS.items():
        rows = rows_of(count)
        while portion := list(islice(rows, _PORTION)):
            with writing(repositories.engine) as connection:
                without_limits(connection)
                connection.execute(insert(table), portion)
    with writing(repositories.engine) as connection:
        connection.execute(text("ANALYZE"))
    repositories.outbox.keep_counts(NOW)
    repositories.audit.append(
        EventTag.BATCH_STARTED,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"batch": "B00000001"},
        idempotency_key="started",
    )
