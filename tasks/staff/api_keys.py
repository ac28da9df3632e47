"""Giving out and ending the keys of the programs that hand applications in."""

import datetime as dt
import uuid
from collections.abc import Sequence

from models.audit.event import EventTag
from models.intake.application import Channel
from models.notices.exchange import IssuedKey
from storage.bootstrap import Repositories
from tasks.rounds.row_digests import API_KEY, rows_detail


def issue_key(
    repositories: Repositories, client: str, channels: Sequence[Channel], *, actor: str
) -> IssuedKey:
    """Give a client a key; earlier ones stay in force.

    Args:
        repositories: Where everything is kept.
        client: Small letters, digits and `._-`.
        channels: Those it may be used for; empty: all.
        actor: Who gives it out.

    Raises:
        ApiKeyError: The client's name is badly formed.
    """
    with repositories.unit_of_work():
        issued = repositories.api_keys.new(client, list(channels))
        _record(repositories, issued.key.key_id, client, "given out", actor)
    return issued


def revoke_keys(
    repositories: Repositories, name: str, now: dt.datetime, *, actor: str
) -> tuple[str, ...]:
    """End a key, or every key of a client, and give the identifiers of those that ended.

    Args:
        repositories: Where everything is kept.
        name: A key's identifier, or a client.
        now: The present.
        actor: Who ends them.

    Raises:
        ApiKeyError: No key in force has this identifier or client.
    """
    with repositories.unit_of_work():
        ended = tuple(repositories.api_keys.revoke(name, now))
        for key_id in ended:
            _record(repositories, key_id, name, "revoked", actor)
    return ended


def _record(repositories: Repositories, key_id: str, name: str, change: str, actor: str) -> None:
    row = repositories.stored_rows.api_keys()[key_id]
    repositories.audit.append(
        EventTag.API_KEY_CHANGED,
        application_id=None,
        round_id=None,
        actor=actor,
        details={"key": key_id, "name": name, "change": change, **rows_detail({API_KEY: row})},
        idempotency_key=f"api-key:{uuid.uuid4().hex}",
    )
