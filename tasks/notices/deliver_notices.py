"""Send what waits in the outbox, and remember what did not arrive."""

import datetime as dt
import random
import time
from typing import Final, NamedTuple

from models.audit.event import EventTag
from models.notices.exchange import ClaimedNotice
from storage.bootstrap import Repositories
from tasks.notices.retry_schedule import next_try
from tasks.notices.senders import NotDeliveredError, Sender, open_senders

ACTOR: Final = "deliver-notices"
_LEASE: Final = dt.timedelta(minutes=5)
_PATIENCE: Final = 3
"""So many failures in a row mean that nobody is there: the rest waits for the next look."""
_DICE: Final = random.SystemRandom()


class DeliveryCounts(NamedTuple):
    """What one look at the outbox did, over all destinations.

    Attributes:
        failed: To be tried again.
        given_up: Tried for days in vain; `kinbind outbox resend` begins anew.
    """

    delivered: int = 0
    failed: int = 0
    given_up: int = 0


def deliver_notices(
    repositories: Repositories, *, seconds: float = 60.0, now: dt.datetime | None = None
) -> DeliveryCounts:
    """Send every notice that is due, wherever the settings say; sending one again does no harm.

    Args:
        repositories: Where the outbox is.
        seconds: Begin no further sending after this long; the next look goes on.
        now: The present, when not the clock's.
    """
    until = time.monotonic() + seconds
    counts = {"delivered": 0, "failed": 0, "given_up": 0}
    with open_senders(repositories.settings) as senders:
        for sender in senders:
            _send_all(repositories, sender, until, now, counts)
    repositories.outbox.keep_counts(now or dt.datetime.now(dt.UTC))
    return DeliveryCounts(**counts)


def _send_all(
    repositories: Repositories,
    sender: Sender,
    until: float,
    now: dt.datetime | None,
    counts: dict[str, int],
) -> None:
    in_vain = 0
    while in_vain < _PATIENCE and time.monotonic() < until:
        moment = now or dt.datetime.now(dt.UTC)
        claimed = repositories.outbox.claim(sender.destination, moment, _LEASE)
        if claimed is None:
            return
        try:
            sender.send(claimed.notice)
        except NotDeliveredError as problem:
            in_vain += 1
            counts[_note_failure(repositories, claimed, str(problem), moment)] += 1
        else:
            in_vain = 0
            counts["delivered"] += 1
            _note_receipt(repositories, claimed, moment)


def _note_receipt(repositories: Repositories, claimed: ClaimedNotice, now: dt.datetime) -> None:
    notice = claimed.notice
    _append(repositories, claimed, EventTag.NOTICE_DELIVERED, tries=claimed.tries)
    repositories.outbox.delivered(notice.notice_id, claimed.destination, now)


def _note_failure(
    repositories: Repositories, claimed: ClaimedNotice, problem: str, now: dt.datetime
) -> str:
    again = next_try(claimed.tries, claimed.first_tried_at, now, _DICE)
    if again is None:
        _append(
            repositories, claimed, EventTag.NOTICE_GIVEN_UP, tries=claimed.tries, problem=problem
        )
    repositories.outbox.failed(claimed.notice.notice_id, claimed.destination, problem, again)
    return "given_up" if again is None else "failed"


def _append(
    repositories: Repositories, claimed: ClaimedNotice, tag: EventTag, **details: str | int
) -> None:
    """One line for each notice, destination and patience: sending anew is a line of its own."""
    notice = claimed.notice
    began = claimed.first_tried_at.isoformat()
    repositories.audit.append(
        tag,
        application_id=notice.application_id,
        round_id=notice.round_id,
        actor=ACTOR,
        details={
            "notice": notice.notice_id,
            "destination": claimed.destination.value,
            "outcome": notice.outcome,
            **details,
        },
        idempotency_key=f"{notice.notice_id}:{tag.value}:{claimed.destination.value}:{began}",
    )
