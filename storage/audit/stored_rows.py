"""Rows as they stand in the database, for whoever holds them against the audit log."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, select

from models.cases.case_round import MatchKeyKind
from models.errors import IntegrityError
from models.notices.exchange import Notice
from models.reading.document import DocumentReading
from models.reports.round_figures import MemberGroups
from models.reviews.remark import Remark
from storage.cases.round_rows import document_row
from storage.database.tables.base import Table
from storage.database.tables.cases import BindingRow, DocumentRow, FindingRow, MatchKeyRow, RoundRow
from storage.database.tables.exchange import ApiKeyRow, DeliveryRow, NoticeRow, SubmissionRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.tables.reviews import (
    NO_WORDS,
    DraftRow,
    OpinionRow,
    ReasonRow,
    RemarkRow,
    ReviewRow,
)
from storage.database.tables.staff import SessionRow, StaffRow, ViewRow
from storage.database.transactions import reading
from storage.keys.keyring import Keyring
from storage.notices.outbox import notice_context
from storage.reviews.drafts import draft_context
from storage.reviews.remarks import remark_context

_BINDING: Final = (
    *("binding_id", "round_id", "application_id", "applicant_hash", "member_hash", "product"),
    *("relationship", "region", "effective_date", "slot", "claimed_at"),
)
"""What is noted of a row, as next: a column that is added later must not change the digest."""
_CASE: Final = (
    *("review_id", "round_id", "application_id", "subject", "kind", "codes", "opened_at"),
    *("due_at", "due_provisional", "turn", "product", "risk"),
)
_ACCOUNT: Final = (
    *("name", "role", "password", "active", "must_change", "created_at", "identity", "os_user"),
)
_API_KEY: Final = ("key_id", "client", "key_hash", "channels", "created_at", "revoked_at")
_SESSION: Final = ("session_id", "name", "csrf", "opened_at", "expires_at", "way")
FINDING: Final = ("code", "severity", "verdict", "subject", "kind")


class StoredFigures(NamedTuple):
    """A round's figures: as JSON, the member's groups, the class of proof, and the form."""

    text: str
    groups: MemberGroups
    proof_class: str | None
    form_version: str | None


class StoredMatchKeys(NamedTuple):
    """Digests of a round's match keys: of those that last, and of the prints of its pictures."""

    lasting: str
    prints: str


class StoredView(NamedTuple):
    """A look of a member of staff, as the access log has it."""

    round_id: str | None
    staff: str
    kind: str
    detail: str
    at: dt.datetime


class StoredNotice(NamedTuple):
    """A notice of the outbox with its ways.

    Attributes:
        notice: None where the words cannot be opened: they are not what was sealed.
        forgotten: Retention has emptied the words.
        deliveries: Destination to the state of the delivery.
    """

    notice_id: str
    notice: Notice | None
    forgotten: bool
    deliveries: Mapping[str, str]


class StoredBinding(NamedTuple):
    """What the register of bindings keeps for its own limits.

    Attributes:
        digest: Of everything that never changes after it was written.
        claim: What makes a second binding of the pair impossible.
        ended: Whether it says when it ended.
    """

    digest: str
    claim: str | None
    ended: bool


class StoredRows:
    """Reads rows by round, application and review."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Read in a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def has_documents_of(self, round_id: str, readings: Sequence[DocumentReading]) -> bool:
        """Whether the rows of a round's papers are those that its readings give."""
        expected = [document_row(round_id, place, paper) for place, paper in enumerate(readings)]
        query = select(*DocumentRow.__table__.columns).where(DocumentRow.round_id == round_id)
        return self._all(query.order_by(DocumentRow.ordinal)) == expected

    def findings(self, round_id: str, origin: str) -> tuple[tuple[str, ...], ...]:
        """Findings of the machine or a person, in order: code, severity, verdict, subject, kind."""
        columns = (getattr(FindingRow, name) for name in FINDING)
        mine = (FindingRow.round_id == round_id, FindingRow.origin == origin)
        rows = self._all(select(*columns).where(*mine).order_by(FindingRow.ordinal))
        return tuple(tuple(str(row[name] or "") for name in FINDING) for row in rows)

    def figures(self, round_id: str) -> StoredFigures | None:
        """The figures of a round; None where there are none."""
        query = select(*RoundFiguresRow.__table__.columns)
        for row in self._all(query.where(RoundFiguresRow.round_id == round_id)):
            groups = MemberGroups.model_validate({n: row[n] for n in MemberGroups.model_fields})
            return StoredFigures(row["figures"], groups, row["proof_class"], row["form_version"])
        return None

    def match_keys(self, round_id: str) -> StoredMatchKeys:
        """The digests of a round's match keys, which are keyed hashes themselves.

        Keys that name another application or another round than their own are none of them.
        """
        columns = (MatchKeyRow.kind, MatchKeyRow.role, MatchKeyRow.fingerprint)
        query = (
            select(*columns)
            .join(RoundRow, RoundRow.round_id == MatchKeyRow.round_id)
            .where(
                MatchKeyRow.round_id == round_id,
                MatchKeyRow.application_id == RoundRow.application_id,
                MatchKeyRow.round == RoundRow.round,
            )
        )
        rows = self._all(query)
        marks = sorted([row["kind"], row["role"] or "", row["fingerprint"]] for row in rows)
        lasting = [mark for mark in marks if mark[0] != MatchKeyKind.IMAGE]
        prints = [mark for mark in marks if mark[0] == MatchKeyKind.IMAGE]
        return StoredMatchKeys(_digest(lasting), _digest(prints))

    def notices(self, round_id: str) -> tuple[StoredNotice, ...]:
        """The notices about a round, by their identifiers."""
        query = select(*NoticeRow.__table__.columns).where(NoticeRow.round_id == round_id)
        ways = (
            select(DeliveryRow.notice_id, DeliveryRow.destination, DeliveryRow.state)
            .join(NoticeRow, NoticeRow.notice_id == DeliveryRow.notice_id)
            .where(NoticeRow.round_id == round_id)
            .order_by(DeliveryRow.notice_id, DeliveryRow.destination)
        )
        states: dict[str, dict[str, str]] = {}
        for row in self._all(ways):
            states.setdefault(row["notice_id"], {})[row["destination"]] = row["state"]
        return tuple(
            StoredNotice(
                notice_id=row["notice_id"],
                notice=self._notice(row),
                forgotten=row["body"] is None,
                deliveries=states.get(row["notice_id"], {}),
            )
            for row in self._all(query.order_by(NoticeRow.notice_id))
        )

    def _notice(self, row: Mapping[str, Any]) -> Notice | None:
        if row["body"] is None:
            return None
        try:
            body = self._keyring.unseal(row["body"], notice_context(row["notice_id"]))
            return Notice.model_validate({**row, "body": body.decode()})
        except (IntegrityError, ValueError):
            return None

    def submissions(self, round_id: str) -> dict[str, str]:
        """Identifier of each submission that became a round to its client."""
        query = select(SubmissionRow.submission_id.label("name"), SubmissionRow.client)
        rows = self._all(query.where(SubmissionRow.round_id == round_id))
        return {row["name"]: row["client"] for row in rows}

    def views(self, application_id: str) -> tuple[StoredView, ...]:
        """Every look at an application that the access log has."""
        columns = (ViewRow.round_id, ViewRow.staff, ViewRow.kind, ViewRow.detail, ViewRow.at)
        rows = self._all(select(*columns).where(ViewRow.application_id == application_id))
        return tuple(StoredView(**row) for row in rows)

    def withdrawn_opinions(self, review_id: str) -> frozenset[int]:
        """The numbers of the opinions about a case that were taken back."""
        taken_back = (OpinionRow.review_id == review_id, OpinionRow.withdrawn_at.is_not(None))
        return frozenset(
            row["ordinal"] for row in self._all(select(OpinionRow.ordinal).where(*taken_back))
        )

    def remarks(self, review_id: str, *, emptied: bool) -> tuple[Remark, ...]:
        """The remarks about a case, without their words; such as were altered are none.

        Args:
            review_id: The case.
            emptied: Whether retention emptied the words.
        """
        columns = (RemarkRow.staff, RemarkRow.kind, RemarkRow.made_at, RemarkRow.words)
        rows = self._all(select(*columns).where(RemarkRow.review_id == review_id))
        return tuple(
            Remark.model_validate({**row, "review_id": review_id, "words": ""})
            for row in rows
            if (emptied and row["words"] == NO_WORDS)
            or self._opens(row["words"], remark_context(review_id))
        )

    def reasons(self, review_id: str) -> frozenset[tuple[str, bool]]:
        """The reasons by which a case is found, each with whether the case waits no longer."""
        query = select(ReasonRow.code, ReasonRow.over).where(ReasonRow.review_id == review_id)
        return frozenset((row["code"], row["over"]) for row in self._all(query))

    def case(self, review_id: str) -> str:
        """A digest of a case as it was put before people, without what they did with it."""
        columns = [getattr(ReviewRow, name) for name in _CASE]
        (row,) = self._all(select(*columns).where(ReviewRow.review_id == review_id))
        return _digest([[name, _text(value)] for name, value in row.items()])

    def changed_drafts(self, review_id: str) -> tuple[str, ...]:
        """Whose drafts about a case cannot be opened: they are not what was sealed."""
        query = select(DraftRow.staff, DraftRow.content).where(DraftRow.review_id == review_id)
        return tuple(
            row["staff"]
            for row in self._all(query.order_by(DraftRow.staff))
            if not self._opens(row["content"], draft_context(review_id, row["staff"]))
        )

    def _opens(self, sealed: bytes, context: str) -> bool:
        try:
            self._keyring.unseal(sealed, context)
        except IntegrityError:
            return False
        return True

    def binding(self, binding_id: str) -> StoredBinding:
        """The row of a binding that the register has."""
        columns = [getattr(BindingRow, name) for name in _BINDING]
        (fixed,) = self._all(select(*columns).where(BindingRow.binding_id == binding_id))
        standing = select(BindingRow.claim, BindingRow.ended_at)
        (row,) = self._all(standing.where(BindingRow.binding_id == binding_id))
        digest = _digest([[name, _text(value)] for name, value in fixed.items()])
        return StoredBinding(digest, row["claim"], row["ended_at"] is not None)

    def accounts(self) -> dict[str, str]:
        """Each member of staff with a digest of the account; of its use nothing."""
        return self._digests(StaffRow, _ACCOUNT)

    def api_keys(self) -> dict[str, str]:
        """Each key of a client's program with a digest of its row; of its use nothing."""
        return self._digests(ApiKeyRow, _API_KEY)

    def sessions(self) -> dict[str, str]:
        """Each open session with a digest of what does not change while it lasts."""
        return self._digests(SessionRow, _SESSION)

    def _digests(self, table: type[Table], names: Sequence[str]) -> dict[str, str]:
        """Rows by their first column. They hold what is drawn by chance: a plain digest is safe."""
        columns = [getattr(table, name) for name in names]
        rows = self._all(select(*columns).order_by(columns[0]))
        return {
            str(row[names[0]]): _digest([[n, _text(v)] for n, v in row.items()]) for row in rows
        }

    def _all(self, query: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - a query
        with reading(self._engine) as connection:
            return [dict(row._mapping) for row in connection.execute(query)]


def _text(value: object) -> str:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def _digest(rows: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
