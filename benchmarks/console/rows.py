"""Open cases that the queue shows and nobody opens: rows and events of the real tables, no papers.

They are written in bulk, as the repositories write one after the other: ten thousand cases by their
own transactions took more than eleven minutes on PostgreSQL.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sqlalchemy import insert

from models.audit.event import EventTag, NewEvent
from models.cases.case_round import MatchKey, MatchKeyKind, Stage
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import PersonRole, Product
from models.reviews.review import ReviewState
from models.reviews.review_work import risk_of
from specimens.dice import Dice
from storage.bootstrap import Repositories
from storage.database.tables.cases import MatchKeyRow, RoundRow
from storage.database.tables.reviews import ReasonRow, ReviewRow
from storage.database.transactions import writing
from storage.keys.match_hash import hash_match_key

_HOURS: Final = 24 * 9
_TERM: Final = dt.timedelta(days=5)
_CODES: Final = tuple(code.value for code in Reason)
_AT_ONCE: Final = 500
"""Cases in one transaction: 3,000 match keys and as many events."""
_STEPS: Final = (
    EventTag.APPLICATION_RECEIVED,
    EventTag.DOCUMENT_READ,
    EventTag.RELATION_DERIVED,
    EventTag.APPLICATION_CHECKED,
    EventTag.APPLICATION_DECIDED,
    EventTag.CASE_OPENED,
)


class _OpenCase(NamedTuple):
    """One invented case, by its number."""

    number: int
    round_id: str
    review_id: str
    product: str
    codes: tuple[str, ...]
    received_at: dt.datetime

    @property
    def name(self) -> str:
        return f"R{self.number:06d}"


def add_rows(repositories: Repositories, first: int, count: int) -> None:
    """Open so many cases.

    Args:
        repositories: Where to.
        first: The number of the first one.
        count: How many.
    """
    now = dt.datetime.now(dt.UTC)
    numbers = range(first, first + count)
    for start in range(0, count, _AT_ONCE):
        _write(repositories, [_open_case(n, now) for n in numbers[start : start + _AT_ONCE]])


def _open_case(number: int, now: dt.datetime) -> _OpenCase:
    dice = Dice(number, "row")
    return _OpenCase(
        number=number,
        round_id=uuid.uuid4().hex,
        review_id=uuid.uuid4().hex,
        received_at=now - dt.timedelta(minutes=dice.whole(1, _HOURS * 60)),
        product=dice.pick(tuple(Product)),
        codes=tuple(sorted(set(dice.some(_CODES, dice.whole(1, 3))))),
    )


def _write(repositories: Repositories, cases: Sequence[_OpenCase]) -> None:
    with repositories.unit_of_work(), writing(repositories.engine) as connection:
        connection.execute(insert(RoundRow), [_round(case) for case in cases])
        connection.execute(
            insert(MatchKeyRow), [row for case in cases for row in _match_keys(repositories, case)]
        )
        connection.execute(insert(ReviewRow), [_review(case) for case in cases])
        connection.execute(
            insert(ReasonRow),
            [
                {"code": code, "over": False, "review_id": case.review_id}
                for case in cases
                for code in case.codes
            ],
        )
        repositories.audit.append_many([event for case in cases for event in _events(case)])


def _round(case: _OpenCase) -> dict[str, object]:
    return {
        "round_id": case.round_id,
        "application_id": case.name,
        "round": 1,
        "content_digest": hashlib.sha256(case.name.encode()).hexdigest(),
        "region": "330100",
        "product": case.product,
        "channel": "national_app",
        "submitted_at": case.received_at,
        "received_at": case.received_at,
        "stage": Stage.DECIDED,
        "outcome": Outcome.IN_REVIEW,
        "machine_outcome": Outcome.IN_REVIEW,
        "policy_version": "benchmark",
        "decided_at": case.received_at,
        "decided_by": "machine",
        "batch_id": f"b{case.number // 200}",
    }


def _review(case: _OpenCase) -> dict[str, object]:
    return {
        "review_id": case.review_id,
        "round_id": case.round_id,
        "application_id": case.name,
        "state": ReviewState.OPEN,
        "codes": json.dumps(case.codes),
        "opened_at": case.received_at,
        "due_at": (case.received_at + _TERM).replace(hour=15, minute=59, second=59),
        "product": case.product,
        "risk": risk_of(case.codes),
    }


def _match_keys(repositories: Repositories, case: _OpenCase) -> Iterator[dict[str, object]]:
    for kind in (MatchKeyKind.NUMBER, MatchKeyKind.NAME, MatchKeyKind.FILE):
        for role in PersonRole:
            key = MatchKey(kind=kind, value=f"{kind}-{role}-{case.number}", role=role)
            yield {
                "round_id": case.round_id,
                "application_id": case.name,
                "round": 1,
                "kind": kind,
                "role": role,
                "fingerprint": hash_match_key(repositories.keyring, key),
            }


def _events(case: _OpenCase) -> Iterator[NewEvent]:
    for tag in _STEPS:
        yield NewEvent(
            tag=tag,
            application_id=case.name,
            round_id=case.round_id,
            actor="machine",
            details={},
            idempotency_key=f"{case.round_id}:{tag.value}:",
        )
