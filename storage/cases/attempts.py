"""How often the machine began something in vain: a file that ends its readers, a round."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import Engine, delete, insert, select, update

from models.cases.attempt import Attempt
from storage.database.tables.cases import AttemptRow
from storage.database.transactions import reading, serialise, writing

_PORTION: Final = 500


class AttemptRepository:
    """Attempts by what was attempted: the digest of a file, or the identifier of a round."""

    def __init__(self, engine: Engine) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine

    def begin(self, subject: str, at: dt.datetime) -> int:
        """Note that something is begun, before it can end this process; gives how often by now.

        Args:
            subject: A digest or an identifier.
            at: The present.
        """
        with writing(self._engine) as connection:
            serialise(connection, f"attempt {subject}")
            known = connection.scalar(select(AttemptRow.tries).where(AttemptRow.subject == subject))
            tries = (known or 0) + 1
            if known is None:
                row = {"subject": subject, "tries": tries, "cause": "", "last_at": at}
                connection.execute(insert(AttemptRow).values(row))
            else:
                connection.execute(
                    update(AttemptRow)
                    .where(AttemptRow.subject == subject)
                    .values(tries=tries, last_at=at)
                )
            return tries

    def failed(self, subject: str, cause: str) -> None:
        """Note why what was begun came to nothing."""
        with writing(self._engine) as connection:
            connection.execute(
                update(AttemptRow).where(AttemptRow.subject == subject).values(cause=cause[:64])
            )

    def find(self, subjects: Collection[str]) -> dict[str, Attempt]:
        """The attempts at these subjects; those at which there was none are left out."""
        listed = sorted(set(subjects))
        found: dict[str, Attempt] = {}
        with reading(self._engine) as connection:
            for first in range(0, len(listed), _PORTION):
                query = select(*AttemptRow.__table__.columns).where(
                    AttemptRow.subject.in_(listed[first : first + _PORTION])
                )
                for row in connection.execute(query):
                    found[row.subject] = Attempt.model_validate(dict(row._mapping))
        return found

    def failures(self, since: dt.datetime | None = None) -> Iterator[Attempt]:
        """Everything that failed, the oldest first.

        Args:
            since: Only what was tried last at that moment or later.
        """
        query = select(*AttemptRow.__table__.columns).where(AttemptRow.cause != "")
        if since is not None:
            query = query.where(AttemptRow.last_at >= since)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(AttemptRow.last_at)).all()
        yield from (Attempt.model_validate(dict(row._mapping)) for row in rows)

    def forget(self, subjects: Collection[str]) -> None:
        """Let these be tried again as if for the first time."""
        listed = sorted(set(subjects))
        with writing(self._engine) as connection:
            for first in range(0, len(listed), _PORTION):
                few = listed[first : first + _PORTION]
                connection.execute(delete(AttemptRow).where(AttemptRow.subject.in_(few)))
