"""The line in the chain about what was done to somebody's account."""

import uuid

from models.audit.event import EventTag
from storage.bootstrap import Repositories


def note_staff(repositories: Repositories, actor: str, name: str, what: str) -> None:
    """Write down who changed whose account, and how."""
    repositories.audit.append(
        EventTag.STAFF_CHANGED,
        application_id=None,
        round_id=None,
        actor=actor,
        details={"name": name, "change": what},
        idempotency_key=f"staff:{uuid.uuid4().hex}",
    )
