"""What retention deletes of a round, and where it still has something."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Engine, delete, update

from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from storage.cases.figure_rows import forget_groups
from storage.cases.kept_rounds import kept_applications
from storage.cases.match_keys import delete_prints
from storage.cases.round_rows import forget_opinions, places_of_opinions
from storage.database.installation_values import remember, value_of
from storage.database.tables.cases import MatchKeyRow, RoundRow
from storage.database.tables.reviews import CorrectionRow
from storage.database.transactions import reading, writing
from storage.notices.outbox import forget_words, places_of_notices

_PURGED: Final = "retention_carried_out_until"


class CaseRetention:
    """The rounds as the end of their retention finds them."""

    def __init__(self, engine: Engine) -> None:
        """Open the rounds of a database whose tables are up to date."""
        self._engine = engine

    def kept(
        self, what: RetentionClass, ended: dt.datetime
    ) -> Iterator[tuple[ApplicationRound, ...]]:
        """The rounds of each application that has kept something and ended before a moment."""
        return kept_applications(self._engine, what, ended)

    def last_purge(self) -> dt.datetime | None:
        """The moment up to which retention was last carried out; None before the first time."""
        with reading(self._engine) as connection:
            value = value_of(connection, _PURGED)
        return dt.datetime.fromisoformat(value) if value else None

    def note_purge(self, at: dt.datetime) -> None:
        """Remember up to which moment retention was carried out."""
        with writing(self._engine) as connection:
            remember(connection, _PURGED, at.isoformat())

    def mark_deleted(self, round_id: str, what: RetentionClass, at: dt.datetime) -> None:
        """Note that retention deleted something, and delete what the database itself has of it.

        With the pictures go the prints made of them, with the readings people's corrections of
        them, with the records the other match keys and what reviewers wrote.
        """
        with writing(self._engine) as connection:
            column = f"{what.value}_deleted_at"
            connection.execute(
                update(RoundRow).where(RoundRow.round_id == round_id).values({column: at})
            )
            if what is RetentionClass.PICTURES:
                delete_prints(connection, round_id)
            if what is RetentionClass.READINGS:
                connection.execute(delete(CorrectionRow).where(CorrectionRow.round_id == round_id))
            if what is RetentionClass.RECORDS:
                forget_groups(connection, round_id)
                forget_opinions(connection, round_id)
                forget_words(connection, round_id)
                connection.execute(delete(MatchKeyRow).where(MatchKeyRow.round_id == round_id))

    def places_of_words(self, round_id: str, what: RetentionClass) -> tuple[str, ...]:
        """What the words of people and notices, which go with a class, are sealed for."""
        if what is not RetentionClass.RECORDS:
            return ()
        with reading(self._engine) as connection:
            return (
                *places_of_opinions(connection, round_id),
                *places_of_notices(connection, round_id),
            )
