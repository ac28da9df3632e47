"""Submissions over HTTP: encrypted from the first byte on the disk, until they are taken in.

An inbox folder is in clear, because whoever fills it writes there. A submission is written by us:
each file is an object of the archive, and a row, written last, makes it count. The client gets its
receipt after that row.
"""

import contextlib
import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable
from typing import Final

from sqlalchemy import Connection, Engine, Select, and_, exists, insert, select, update

from models.errors import KinbindError, SettingError
from models.notices.exchange import Submission
from storage.database.batched_rounds import put_into_batches
from storage.database.tables.cases import RoundRow
from storage.database.tables.exchange import SubmissionRow
from storage.database.transactions import reading, serialise, writing
from storage.intake.inbox import TooLargeError
from storage.keys.keyring import Keyring
from storage.objects.archive import Archive
from storage.objects.store import ObjectMissingError

_FOLDER: Final = "intake"
_STAMP: Final = "%Y%m%dT%H%M%S"
_STALE: Final = dt.timedelta(hours=6)
"""Uploading and taking in take minutes; after this long nobody is at it any more."""
_COLUMNS: Final = tuple(
    SubmissionRow.__table__.columns[name].label(name) for name in Submission.model_fields
)


class ApplicationTakenError(KinbindError):
    """Somebody else handed an application of this identifier in."""


class SubmissionRepository:
    """The inbox of what came in over HTTP."""

    def __init__(self, engine: Engine, keyring: Keyring, archive: Archive) -> None:
        """Read and write submissions in a database and an archive."""
        self._engine = engine
        self._keyring = keyring
        self._archive = archive

    def keep(
        self,
        client: str,
        application_id: str,
        files: Iterable[tuple[str, Callable[[], bytes]]],
        *,
        now: dt.datetime,
        by_office: bool = False,
    ) -> Submission:
        """Keep a submission so that no end of this process loses it.

        Args:
            client: Who hands it in.
            application_id: As its form says.
            files: Name and content of each file, the form included; read one at a time.
            now: The present.
            by_office: A clerk hands it in, about any application.

        Raises:
            ApplicationTakenError: An application of this identifier is not this client's.
        """
        kept = Submission(
            submission_id=f"{now.astimezone(dt.UTC):{_STAMP}}-{secrets.token_hex(8)}",
            client=client,
            application_id=self._keyring.public_id(application_id),
            received_at=now,
        )
        names: list[tuple[str, int]] = []
        for ordinal, (name, content) in enumerate(files):
            whole = content()
            self._archive.put_bytes(_key(kept.submission_id, ordinal), whole)
            names.append((name, len(whole)))
        sealed = self._keyring.seal(json.dumps(names).encode(), _context(kept.submission_id))
        try:
            with writing(self._engine) as connection:
                serialise(connection, f"handing in {kept.application_id}")
                if not by_office:
                    _refuse_others(connection, kept)
                connection.execute(insert(SubmissionRow).values(**kept.model_dump(), files=sealed))
        except ApplicationTakenError:
            self._delete(kept.submission_id)
            raise
        return kept

    def waiting(self, before: dt.datetime) -> tuple[Submission, ...]:
        """Submissions from before a moment that are not taken in yet, the oldest first."""
        query = (
            select(*_COLUMNS)
            .where(SubmissionRow.taken_at.is_(None), SubmissionRow.received_at < before)
            .order_by(SubmissionRow.received_at, SubmissionRow.submission_id)
        )
        return self._all(query)

    def client_of(self, application_id: str) -> str | None:
        """Whose an application is that came over HTTP; None for others."""
        name = self._keyring.public_id(application_id)
        query = select(SubmissionRow.client).where(SubmissionRow.application_id == name).limit(1)
        with reading(self._engine) as connection:
            return connection.scalar(query)

    def rounds_of(self, client: str, application_id: str) -> tuple[str, ...]:
        """The rounds that this client handed in of an application, each once."""
        query = (
            select(*_COLUMNS)
            .where(SubmissionRow.client == client, SubmissionRow.application_id == application_id)
            .order_by(SubmissionRow.received_at)
        )
        found = (submission.round_id for submission in self._all(query))
        return tuple(dict.fromkeys(round_id for round_id in found if round_id))

    def open(self, submission: Submission) -> "SealedSubmission":
        """The submission's files, as intake looks at them.

        Raises:
            ObjectMissingError: It was taken in already.
        """
        query = select(SubmissionRow.files).where(
            SubmissionRow.submission_id == submission.submission_id
        )
        with reading(self._engine) as connection:
            sealed = connection.scalar(query)
        if sealed is None:
            raise ObjectMissingError(
                "This submission was taken in already; ask for its application."
            )
        names = json.loads(self._keyring.unseal(sealed, _context(submission.submission_id)))
        return SealedSubmission(
            self._archive, submission, [(str(name), int(size)) for name, size in names]
        )

    def taken(self, submission: Submission, round_id: str, at: dt.datetime) -> None:
        """Note that a submission became a round.

        Its objects go later, see `tidy`: another process may be reading them at this moment, and
        would take a submission for one whose files are missing.
        """
        with writing(self._engine) as connection:
            connection.execute(
                update(SubmissionRow)
                .where(SubmissionRow.submission_id == submission.submission_id)
                .values(round_id=round_id, taken_at=at, files=None)
            )

    def gather(self, run: str, size: int) -> tuple[str, ...]:
        """Put rounds that came over HTTP and wait into batches, and name every batch that waits.

        Args:
            run: Begins the names of new batches.
            size: Applications in a batch, at least 1.
        """
        # From the few rounds without an outcome to their submissions, not through all of those.
        mine = (SubmissionRow.round_id == RoundRow.round_id, SubmissionRow.taken_at.is_not(None))
        waits = and_(RoundRow.outcome.is_(None), exists().where(*mine))
        with writing(self._engine) as connection:
            serialise(connection, "batches of submissions")
            put_into_batches(connection, waits, run, size)
            # Told apart here: asked to, SQLite would read the batches of all rounds in order.
            batches = select(RoundRow.batch_id).where(waits).order_by(RoundRow.received_at)
            return tuple(sorted({name for name in connection.scalars(batches) if name}))

    def tidy(self, now: dt.datetime) -> None:
        """Delete objects of uploads that broke off, and of submissions that were taken in."""
        query = select(SubmissionRow.submission_id).where(SubmissionRow.taken_at.is_(None))
        lying = {key.split("/")[1] for key in self._archive.store.keys(f"{_FOLDER}/")}
        with reading(self._engine) as connection:
            needed = set(connection.scalars(query))
        oldest = f"{(now - _STALE).astimezone(dt.UTC):{_STAMP}}"
        for submission_id in sorted(lying - needed):
            if submission_id < oldest:
                self._delete(submission_id)

    def _all(self, query: Select[tuple[object, ...]]) -> tuple[Submission, ...]:
        with reading(self._engine) as connection:
            return tuple(
                Submission.model_validate(dict(row._mapping)) for row in connection.execute(query)
            )

    def _delete(self, submission_id: str) -> None:
        keys = list(self._archive.store.keys(f"{_FOLDER}/{submission_id}/"))
        with contextlib.suppress(SettingError):  # a bucket's lock: it goes by the bucket's own rule
            for key in keys:
                self._archive.delete(key)
        self._archive.destroy_keys(keys, dt.datetime.now(dt.UTC))


class SealedSubmission:
    """One application as it was handed in over HTTP."""

    def __init__(
        self, archive: Archive, submission: Submission, files: list[tuple[str, int]]
    ) -> None:
        """Read the objects of a submission.

        Args:
            archive: Where they lie.
            submission: Which submission.
            files: Name and size of each file, in the order of its objects.
        """
        self.name = submission.application_id
        self._archive = archive
        self._submission_id = submission.submission_id
        self._files = files

    def files(self) -> dict[str, int]:
        """Every file's path and its size in bytes, sorted."""
        return dict(sorted(self._files))

    def read(self, name: str, limit: int) -> bytes:
        """One of the files.

        Args:
            name: As `files` gives it.
            limit: The most bytes to accept.

        Raises:
            ObjectMissingError: There is no such file in the submission.
            TooLargeError: It has more bytes.
        """
        for ordinal, (known, size) in enumerate(self._files):
            if known == name:
                if size > limit:
                    raise TooLargeError("A file is larger than allowed.")
                return self._archive.get_bytes(_key(self._submission_id, ordinal))
        raise ObjectMissingError("There is no such file in the submission.")


def _refuse_others(connection: Connection, kept: Submission) -> None:
    """An identifier belongs to whoever handed it in first, over HTTP or otherwise."""
    clients = set(
        connection.scalars(
            select(SubmissionRow.client).where(SubmissionRow.application_id == kept.application_id)
        )
    )
    known = select(RoundRow.round_id).where(RoundRow.application_id == kept.application_id)
    otherwise = not clients and connection.scalar(known.limit(1)) is not None
    if clients - {kept.client} or otherwise:
        raise ApplicationTakenError("An application of this identifier was handed in by another.")


def _key(submission_id: str, ordinal: int) -> str:
    return f"{_FOLDER}/{submission_id}/{ordinal}"


def _context(submission_id: str) -> str:
    return f"parcels/{submission_id}"
