"""Up to where the audit log was recomputed, kept with a keyed seal in its database.

Who has the database and no key can put an older checkpoint in place, or none: more is recomputed
then, never less.
"""

import datetime as dt
import hmac
from typing import Final

from pydantic import AwareDatetime, ValidationError
from sqlalchemy import Engine, delete, insert, select

from models.audit.event import VerifiedLog
from models.record import Record
from storage.audit.chain.chain_walk import LogPlace
from storage.database.tables.audit import AuditCheckpointRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring

_ONLY: Final = 1
_KEPT: Final = select(AuditCheckpointRow.content, AuditCheckpointRow.seal)


class Checkpoint(Record):
    """Two places of the log that are known to be right.

    Attributes:
        front: Up to here everything was recomputed at least once.
        again: Up to here the walk has come that recomputes the old part in turn.
        checked_at: When `front` was reached.
        turn_began: When that walk last left the beginning.
        whole_since: Every event was recomputed at this moment or later.
    """

    front: LogPlace
    again: LogPlace
    checked_at: AwareDatetime
    turn_began: AwareDatetime
    whole_since: AwareDatetime

    @classmethod
    def after_whole(cls, front: LogPlace, began: dt.datetime, now: dt.datetime) -> "Checkpoint":
        """After a walk over the whole log."""
        return cls(
            front=front,
            again=LogPlace(),
            checked_at=now,
            turn_began=now,
            whole_since=began,
        )

    @property
    def told(self) -> VerifiedLog:
        """What others are told of it."""
        return VerifiedLog(
            events=self.front.events,
            root=self.front.root,
            checked_at=self.checked_at,
            whole_since=self.whole_since,
        )


def load_checkpoint(engine: Engine, keyring: Keyring) -> Checkpoint | None:
    """The one that is kept; None where there is none, or where somebody else wrote it."""
    with reading(engine) as connection:
        row = connection.execute(_KEPT).one_or_none()
    if row is None or not hmac.compare_digest(row.seal, _seal(keyring, row.content)):
        return None
    try:
        return Checkpoint.model_validate_json(row.content)
    except ValidationError:  # of another version of this program
        return None


def keep_checkpoint(engine: Engine, keyring: Keyring, checkpoint: Checkpoint) -> None:
    """Keep this one in place of the one before.

    Raises:
        StorageUnavailableError: The database takes nothing.
    """
    content = checkpoint.model_dump_json()
    with writing(engine) as connection:
        connection.execute(delete(AuditCheckpointRow))
        connection.execute(
            insert(AuditCheckpointRow).values(
                checkpoint_id=_ONLY, content=content, seal=_seal(keyring, content)
            )
        )


def _seal(keyring: Keyring, content: str) -> str:
    return keyring.chain_hash(f"checkpoint:{content}".encode())
