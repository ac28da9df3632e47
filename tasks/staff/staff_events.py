"""Record in the audit log what was done with accounts, sessions and keys."""

import uuid
from collections.abc import Mapping

from models.audit.event import Detail, EventTag
from storage.bootstrap import Repositories
from tasks.rounds.row_digests import ACCOUNT, rows_detail


def record_account(repositories: Repositories, name: str, change: str, actor: str) -> None:
    """Record a change of an account, with the digest of how it stands now where there is one."""
    row = repositories.stored_rows.accounts().get(name)
    details: dict[str, Detail] = {"change": change, **rows_detail({ACCOUNT: row} if row else {})}
    record_of(repositories, EventTag.STAFF_CHANGED, name, details, actor=actor)


def record_of(
    repositories: Repositories,
    tag: EventTag,
    name: str,
    details: Mapping[str, Detail],
    *,
    actor: str,
) -> None:
    """Record what concerns one member of staff.

    Args:
        repositories: Where the log is.
        tag: What happened.
        name: Whom it concerns.
        details: Codes and digests.
        actor: Who did it.
    """
    repositories.audit.append(
        tag,
        application_id=None,
        round_id=None,
        actor=actor,
        details={"name": name, **details},
        idempotency_key=f"staff:{uuid.uuid4().hex}",
    )
