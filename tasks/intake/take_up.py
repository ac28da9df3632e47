"""What was registered and has no outcome: taken up again, wherever its folder went."""

import datetime as dt
import secrets

from storage.bootstrap import Repositories
from storage.database.named_lock import named_lock


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
        shard: Applications in a new batch, for rounds that are in none.
    """
    run = f"L{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    return tuple(
        batch_id
        for batch_id in repositories.cases.waiting_batches(run, shard)
        if _is_free(repositories, batch_id)
    )


def _is_free(repositories: Repositories, batch_id: str) -> bool:
    with named_lock(repositories.engine, batch_lock_name(batch_id)) as held:
        return held
