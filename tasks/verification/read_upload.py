"""Reading of one round's files within its budget; what ends its readers is set aside.

A file that ended the reading process twice is not tried again, on any machine, until an operator
takes it back (`kinbind retry`). A round that was begun before and not finished may have ended more
than the reading process: from then on each of its files is noted before it is begun.
"""

import datetime as dt
from types import TracebackType
from typing import Final, Self

from models.intake.arrival import ArrivedFile
from models.reading.document import DocumentKind
from storage.objects.archive import upload_key
from tasks.reading.process.contained_reader import (
    ContainedReader,
    ReadingEndedError,
    contained_reader,
)
from tasks.reading.read_file import ReadPaper
from tasks.reading.unread import UnreadReason, unread_reading
from tasks.rounds.round_context import RoundContext

MAX_ENDS: Final = 2
"""One end may have been a coincidence (an operator, another program's memory); two are none."""
MAX_VANISHED: Final = 4
"""Tries where nobody saw what happened: whoever asked vanished too, which has other causes."""
PICTURE: Final = "picture"
"""Begins the cause of a round that holds a file which was not read."""


class UploadReading:
    """The reading of one round, from its first file to its last."""

    def __init__(self, context: RoundContext, reader: ContainedReader, *, careful: bool) -> None:
        """Begin.

        Args:
            context: The round.
            reader: The reading process.
            careful: Note each file before it is begun.
        """
        self._repositories = context.repositories
        self._round_id = context.round.round_id
        self._reader = reader
        self._careful = careful
        self._seconds_left = reader.budget.application_seconds
        self._left_out = ""

    @classmethod
    def of(cls, context: RoundContext) -> "UploadReading":
        """The reading of a round by this process's reader."""
        tries = context.repositories.attempts.begin(context.round.round_id, dt.datetime.now(dt.UTC))
        return cls(context, contained_reader(), careful=tries > 1)

    def __enter__(self) -> Self:
        """Nothing more is to be done at the beginning."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Remember that something was left out; a round that was read whole is forgotten."""
        if kind is not None:
            return
        if self._left_out:
            self._repositories.attempts.failed(self._round_id, f"{PICTURE}: {self._left_out}")
        else:
            self._repositories.attempts.forget((self._round_id,))

    def read(self, file: ArrivedFile, hint: DocumentKind | None) -> tuple[ReadPaper, ...]:
        """Every paper of a file; one that stands for it where it was not read."""
        if self._seconds_left <= 0:
            return self._leave_out(file, UnreadReason.TOO_COSTLY)
        known = self._repositories.attempts.find((file.digest,)).get(file.digest)
        tries, most = (known.tries, _most(known.cause)) if known else (0, MAX_VANISHED)
        content = self._repositories.archive.get_bytes(upload_key(file.digest))
        while tries < most:
            if self._careful:
                tries = self._note(file)
            try:
                papers = self._reader.read(
                    file.file, content, hint=hint, seconds=self._allowed(self._seconds_left)
                )
            except ReadingEndedError as ended:
                tries, most = tries if self._careful else self._note(file), MAX_ENDS
                self._repositories.attempts.failed(file.digest, ended.cause.value)
                continue
            return self._done(file, papers, noted=self._careful or tries > 0)
        return self._leave_out(file, UnreadReason.SET_ASIDE)

    def _allowed(self, left: float) -> float:
        return min(left, self._reader.budget.file_seconds)

    def _note(self, file: ArrivedFile) -> int:
        return self._repositories.attempts.begin(file.digest, dt.datetime.now(dt.UTC))

    def _done(
        self, file: ArrivedFile, papers: tuple[ReadPaper, ...], *, noted: bool
    ) -> tuple[ReadPaper, ...]:
        self._seconds_left -= sum(paper.reading.seconds for paper in papers)
        if noted:
            self._repositories.attempts.forget((file.digest,))
        if papers[-1].reading.unread:
            self._left_out = UnreadReason.TOO_COSTLY.value
        return papers

    def _leave_out(self, file: ArrivedFile, why: UnreadReason) -> tuple[ReadPaper, ...]:
        self._left_out = why.value
        return (ReadPaper(unread_reading(file.file, file.digest, why), None),)


def _most(cause: str) -> int:
    return MAX_ENDS if cause else MAX_VANISHED
