"""The sample (抽检): rounds that the machine approved, put before people blind."""

import datetime as dt

from sqlalchemy import Engine, exists, insert, select

from models.desk import DeskKind
from models.review import ReviewState
from storage.database.engine import serialise, writing
from storage.database.tables import ReviewRow, RoundRow
from storage.desk_place import place_on_desk
from storage.keyring import Keyring


class Samples:
    """The cases that were drawn."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Draw into a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def open(self, round_id: str, *, opened_at: dt.datetime, due_at: dt.datetime) -> str | None:
        """Put a round that the machine approved before people, as a case like any other.

        Nothing follows from what they say but the figure of false approvals.

        Returns:
            The case's identifier; None where the round is in the queue or was.
        """
        review_id = self._keyring.fingerprint("sample", round_id)[:32]
        with writing(self._engine) as connection:
            serialise(connection, round_id)
            known = select(exists().where(ReviewRow.round_id == round_id))
            if connection.scalar(known):
                return None
            application = select(RoundRow.application_id).where(RoundRow.round_id == round_id)
            connection.execute(
                insert(ReviewRow).values(
                    review_id=review_id,
                    round_id=round_id,
                    application_id=application.scalar_subquery(),
                    state=ReviewState.OPEN,
                    codes="[]",
                    opened_at=opened_at,
                    due_at=due_at,
                )
            )
            place_on_desk(connection, review_id, (), DeskKind.SAMPLE)
        return review_id
