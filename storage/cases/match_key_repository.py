"""Keyed hashes by which applications are compared: kept, and held against all others."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Engine

from models.cases.case_round import MatchKey
from models.decision.decision import History
from models.intake.application import Product, Relationship
from storage.cases.match_keys import (
    compare_match_keys,
    delete_prints,
    file_is_shown_elsewhere,
    save_match_keys,
)
from storage.cases.round_rows import get_row
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring


class MatchKeyRepository:
    """Who shares a number, a file or a face with whom."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Open the match keys of a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def save(self, round_id: str, match_keys: Sequence[MatchKey]) -> None:
        """Keep keyed hashes by which later applications are compared with this one."""
        with writing(self._engine) as connection:
            save_match_keys(connection, self._keyring, get_row(connection, round_id), match_keys)

    def history(
        self,
        application_id: str,
        match_keys: Sequence[MatchKey],
        *,
        product: Product | None,
        relationship: Relationship | None = None,
        on: dt.datetime | None = None,
    ) -> History:
        """What other applications and the bindings in force tell about this one.

        Args:
            application_id: The application; its own rounds and bindings do not count.
            match_keys: Its numbers, names and files, as for `save`.
            product: Limits do not count bindings of another product; None: they count none.
            relationship: What the member is said to be to the applicant.
            on: The moment whose calendar month counts; None: now.
        """
        now = on or dt.datetime.now(dt.UTC)
        name = self._keyring.public_id(application_id)
        with reading(self._engine) as connection:
            return compare_match_keys(
                connection, self._keyring, name, match_keys, product, relationship, now
            )

    def file_is_elsewhere(self, digest: str, application_id: str) -> bool:
        """Whether another application, whose pictures are kept, shows the same file."""
        with reading(self._engine) as connection:
            return file_is_shown_elsewhere(
                connection, self._keyring, digest, application_id=application_id
            )

    def file_is_needed(self, digest: str, without: str) -> bool:
        """Whether another round than this one, whose pictures are kept, shows the same file."""
        with reading(self._engine) as connection:
            return file_is_shown_elsewhere(connection, self._keyring, digest, round_id=without)

    def forget_prints(self, round_id: str) -> int:
        """Delete the prints of the faces of a round; say how many there were."""
        with writing(self._engine) as connection:
            return delete_prints(connection, round_id)
