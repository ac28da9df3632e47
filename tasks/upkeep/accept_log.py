"""Go on with a log that ends before what was kept of it: an operator says why, for the record."""

import hashlib
from typing import Final

from models.audit.event import EventTag
from storage.bootstrap import Repositories

PLACE: Final = "audit/accepted/"
"""Where the words lie, sealed; the log has their digest."""


def accept_log(repositories: Repositories, why: str, *, actor: str) -> tuple[int, int]:
    """Accept the log as it is.

    Args:
        repositories: Whose log.
        why: In the operator's words.
        actor: Who says so.

    Returns:
        How many events the log has, and how many were kept outside; equal: nothing was done.
    """
    with repositories.unit_of_work():
        events, kept = repositories.audit.accept()
        if kept > events:
            content = why.encode()
            repositories.archive.put_bytes(f"{PLACE}{events:012d}-{kept:012d}", content)
            repositories.audit.append(
                EventTag.LOG_ACCEPTED,
                application_id=None,
                round_id=None,
                actor=actor,
                details={
                    "events": events,
                    "kept": kept,
                    "why_sha256": hashlib.sha256(content).hexdigest(),
                },
                idempotency_key=f"log-accepted:{events}:{kept}",
            )
    return events, kept
