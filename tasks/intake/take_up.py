"""What was registered and has no outcome: taken up again, wherever its folder went."""

import datetime as dt
import secrets

from storage.bootstrap import Repositories
from storage.database.named_lock import held_names


def batch_lock_name(batch_id: str) -> str:
    """What a run that verifies a batch holds the lock of."""
    return f"batch {batch_id}"


def left_over_batches(
    repositories: Repositories, now: dt.datetime, *, shard: int
) -> tuple[str, ...]:
    """The batches with rounds without an outcome that no run works on.

    Args:
        repositories: Where everything is kept.
        now: The present.
        shard: Applications in a new batch, at least 1, for rounds that are in none.
    """
    run = f"L{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    waiting = repositories.cases.waiting_batches(run, shard)
    held = held_names(repositories.engine, [batch_lock_name(name) for name in waiting])
    return tuple(name for name in waiting if batch_lock_name(name) not in held)
