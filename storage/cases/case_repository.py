"""Rounds: every submission of every application, how far it came and how it ended."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import (
    Engine,
    Row,
    Select,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError as RowTakenError
from sqlalchemy.orm import aliased

from models.cases.case_round import ApplicationRound, Registration, Stage
from models.deadline import Deadline
from models.decision.decision import Decision, Outcome
from models.decision.outcome_changes import may_become
from models.errors import IntegrityError, StorageUnavailableError
from models.notices.exchange import Notice
from models.reading.document import DocumentKind, DocumentReading
from models.reports.round_figures import RoundFigures
from storage.cases.figure_rows import save_figures, save_proof_class
from storage.cases.round_rows import (
    COLUMNS,
    advance_row,
    decide_row,
    document_row,
    get_row,
    origin_of,
    register_row,
    round_of_row,
    take_back_row,
)
from storage.database.batched_rounds import OLDEST_FIRST, put_into_batches
from storage.database.tables.cases import DocumentRow, FindingRow, RoundRow
from storage.database.transactions import reading, serialise, writing
from storage.keys.keyring import Keyring
from storage.notices.outbox import write_notice

_TRIES: Final = 8
_OF_APPLICATION: Final = (
    select(*COLUMNS)
    .where(RoundRow.application_id == bindparam("application_id"))
    .order_by(RoundRow.round)
)


class CaseRepository:
    """The rounds of all applications."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Open the rounds of a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def register(
        self,
        application_id: str,
        content_digest: str,
        *,
        batch_id: str | None,
        received_at: dt.datetime,
        region: str | None = None,
        product: str | None = None,
        channel: str | None = None,
        submitted_at: dt.datetime | None = None,
        employer_ref: str | None = None,
    ) -> Registration:
        """Find the round of this very content, or open the application's next one.

        Args:
            application_id: As handed in; kept as its alias where it could tell who somebody is.
            content_digest: SHA-256 over everything that came in, hexadecimal.
            batch_id: The run that takes it in.
            received_at: When it was taken in.
            region: None, as the next ones, where the application cannot be read.
            product: What the binding is for.
            channel: Where it was handed in.
            submitted_at: When it was handed in.
            employer_ref: Keyed hash of the employer's delivery that it came with.
        """
        draft = ApplicationRound(
            round_id=uuid.uuid4().hex,
            application_id=self._keyring.public_id(application_id),
            round=1,
            content_digest=content_digest,
            region=region,
            product=product,
            channel=channel,
            submitted_at=submitted_at,
            received_at=received_at,
            batch_id=batch_id,
            employer_ref=employer_ref,
        )
        for _ in range(_TRIES):
            try:
                with writing(self._engine) as connection:
                    serialise(connection, draft.application_id)
                    return register_row(connection, draft)
            except RowTakenError:  # another process was first; look again
                continue
        raise StorageUnavailableError(
            "案件库繁忙，未能登记，请稍后重试。"
            " The case database is too busy to register a round: try again in a moment."
        )

    def get(self, round_id: str) -> ApplicationRound:
        """One round.

        Raises:
            RoundMissingError: There is none of this identifier.
        """
        with reading(self._engine) as connection:
            return get_row(connection, round_id)

    def find(self, application_id: str) -> tuple[ApplicationRound, ...]:
        """All rounds of an application, the first one first."""
        name = self._keyring.public_id(application_id)
        return self._all(_OF_APPLICATION, {"application_id": name})

    def knows(self, round_id: str) -> bool:
        """Whether there is a round of this identifier."""
        query = select(RoundRow.round_id).where(RoundRow.round_id == round_id)
        with reading(self._engine) as connection:
            return connection.scalar(query) is not None

    def applications_of(self, prefixes: Sequence[str]) -> set[str]:
        """Applications with a round whose identifier begins with one of these."""
        begins = or_(*(RoundRow.round_id.startswith(prefix) for prefix in prefixes))
        with reading(self._engine) as connection:
            return set(connection.scalars(select(RoundRow.application_id).where(begins)))

    def rounds(
        self,
        stage: Stage | None = None,
        batch_id: str | None = None,
        outcome: Outcome | None = None,
        limit: int | None = None,
    ) -> tuple[ApplicationRound, ...]:
        """Rounds in the order in which they came in, narrowed by whatever is given."""
        query = select(*COLUMNS).order_by(
            RoundRow.received_at, RoundRow.application_id, RoundRow.round
        )
        if stage is not None:
            query = query.where(RoundRow.stage == stage)
        if batch_id is not None:
            query = query.where(RoundRow.batch_id == batch_id)
        if outcome is not None:
            query = query.where(RoundRow.outcome == outcome)
        return self._all(query.limit(limit))

    def waiting_batches(self, run: str, size: int) -> tuple[str, ...]:
        """Every batch that holds a round without an outcome, the oldest first.

        Args:
            run: Begins the names of new batches, for rounds that are in none.
            size: Rounds in a new batch, at least 1.
        """
        waits = RoundRow.outcome.is_(None)
        with writing(self._engine) as connection:
            serialise(connection, "batches of rounds")
            put_into_batches(connection, waits, run, size)
            # By the index of what waits: grouping would go by that of all batches that ever were.
            batches = select(RoundRow.batch_id).where(waits).order_by(*OLDEST_FIRST)
            return tuple(dict.fromkeys(name for name in connection.scalars(batches) if name))

    def undecided_since(self, before: dt.datetime) -> tuple[ApplicationRound, ...]:
        """Rounds that came in before a moment and have no outcome, the oldest first."""
        query = select(*COLUMNS).where(RoundRow.outcome.is_(None), RoundRow.received_at < before)
        return self._all(query.order_by(RoundRow.received_at, RoundRow.round_id))

    def take_back(self, round_id: str) -> ApplicationRound:
        """Let a round be as it was when it had been taken in; gives it with the next attempt.

        Only what the machine said goes: its outcome and its findings. It is in no batch then.
        """
        with writing(self._engine) as connection:
            take_back_row(connection, round_id)
            return get_row(connection, round_id)

    def advance(self, round_id: str, stage: Stage) -> None:
        """Move a round forward; one that is there or further stays where it is."""
        with writing(self._engine) as connection:
            advance_row(connection, round_id, stage)

    def decide(
        self,
        round_id: str,
        decision: Decision,
        *,
        kinds: Mapping[str, DocumentKind] | None = None,
        figures: RoundFigures | None = None,
        notice: Notice | None = None,
        reopened: bool = False,
    ) -> ApplicationRound:
        """Store an outcome and the codes of its findings; the same one again changes nothing.

        An outcome that a person decides later replaces `in_review`; a return that nobody answers
        is rejected or put before a person; what a senior reopened is decided anew; nothing else
        is ever replaced.

        Args:
            round_id: The round.
            decision: What was decided.
            kinds: Which kind of paper each file turned out to be, for the statistics.
            figures: What is counted about it; None leaves what was counted before.
            notice: What the outside is told; goes into the outbox with the outcome, or not at all.
            reopened: A senior had the return or the rejection looked at again.

        Raises:
            IntegrityError: The round has another final outcome.
            RoundMissingError: There is no such round.
        """
        with writing(self._engine) as connection:
            current = get_row(connection, round_id)
            if not may_become(current.outcome, decision.outcome, reopened=reopened):
                msg = (
                    f"轮次 {round_id} 的结果已是 {current.outcome}，不能改为 {decision.outcome}。"
                    f" Round {round_id} is {current.outcome} and cannot become {decision.outcome}."
                )
                raise IntegrityError(msg)
            if (current.outcome, current.decided_at) != (decision.outcome, decision.decided_at):
                decide_row(connection, round_id, decision, kinds or {})
                if figures is not None:
                    save_figures(connection, round_id, figures)
                else:
                    save_proof_class(connection, round_id, decision.proof_class)
                if notice is not None:
                    write_notice(connection, self._keyring, notice)
            return get_row(connection, round_id)

    def unanswered(self) -> tuple[ApplicationRound, ...]:
        """Returned rounds that no later round of their application answers."""
        later = aliased(RoundRow)
        answered = select(later.round_id).where(
            later.application_id == RoundRow.application_id, later.round > RoundRow.round
        )
        query = select(*COLUMNS).where(
            RoundRow.outcome == Outcome.RETURNED, ~answered.correlate(RoundRow).exists()
        )
        return self._all(query.order_by(RoundRow.answer_due_on, RoundRow.round_id))

    def move_answer_day(self, round_id: str, term: Deadline) -> None:
        """Set another last day for the answer to a return, when the calendar is known better."""
        with writing(self._engine) as connection:
            connection.execute(
                update(RoundRow)
                .where(RoundRow.round_id == round_id, RoundRow.outcome == Outcome.RETURNED)
                .values(answer_due_on=term.day, answer_due_provisional=term.provisional)
            )

    def codes(self, round_id: str) -> tuple[str, ...]:
        """The codes of a round's findings in force."""
        with reading(self._engine) as connection:
            round_ = get_row(connection, round_id)
            query = (
                select(FindingRow.code)
                .where(
                    FindingRow.round_id == round_id,
                    FindingRow.origin == origin_of(round_.decided_by),
                )
                .order_by(FindingRow.ordinal)
            )
            return tuple(connection.scalars(query))

    def record_documents(self, round_id: str, readings: Sequence[DocumentReading]) -> None:
        """Keep how well each paper could be read, never what it says; replaces earlier rows."""
        rows = [document_row(round_id, index, paper) for index, paper in enumerate(readings)]
        with writing(self._engine) as connection:
            connection.execute(delete(DocumentRow).where(DocumentRow.round_id == round_id))
            if rows:
                connection.execute(insert(DocumentRow), rows)

    def pseudonym(self, application_id: str) -> str:
        """A name for an application in data sets: stable, and no way back without the key."""
        return self._keyring.fingerprint("dataset", application_id)[:24]

    def rows(self, query: Select[tuple[object, ...]]) -> Iterator[Row[tuple[object, ...]]]:
        """The rows of a query over the case tables, for data sets; read in portions."""
        with (
            reading(self._engine) as connection,
            connection.execution_options(yield_per=1000).execute(query) as found,
        ):
            yield from found

    def _all(
        self, query: Select[tuple[object, ...]], values: Mapping[str, object] | None = None
    ) -> tuple[ApplicationRound, ...]:
        with reading(self._engine) as connection:
            return tuple(round_of_row(row) for row in connection.execute(query, values))
