"""The tables about cases and people's work on them; a change here needs a migration beside it."""

import datetime as dt
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables.base import Table

NO_WORDS: Final = b""
"""In place of a person's sealed words that retention deleted."""


class ReviewRow(Table):
    """A case that waits for a person, or waited; the person's note is sealed.

    It waits as long as it has no outcome: the orders of the queue are indexes over those alone.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("round_id", "subject"),
        Index(None, "state", "due_at"),
        Index(None, "kind", "opened_at"),
    )

    review_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"))
    application_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    codes: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    due_provisional: Mapped[bool] = mapped_column(Boolean, server_default=false())
    escalated_at: Mapped[dt.datetime | None]
    turn: Mapped[int] = mapped_column(Integer, server_default="1")
    subject: Mapped[str] = mapped_column(String(32), server_default="application")
    holder: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[dt.datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    decided_codes: Mapped[str | None] = mapped_column(Text)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[dt.datetime | None]
    settled_at: Mapped[dt.datetime | None]
    kind: Mapped[str] = mapped_column(String(16), server_default="doubt")
    product: Mapped[str | None] = mapped_column(String(32))
    risk: Mapped[int] = mapped_column(Integer, server_default="50")
    senior: Mapped[bool] = mapped_column(Boolean, server_default=false())
    second: Mapped[bool] = mapped_column(Boolean, server_default=false())
    postponed_until: Mapped[dt.datetime | None]
    settle_after: Mapped[dt.datetime | None]
    assigned_to: Mapped[str | None] = mapped_column(String(32))


_WAITS = ReviewRow.outcome.is_(None)
SAMPLED: Final = and_(ReviewRow.kind == literal_column("'sample'"), ReviewRow.outcome.is_not(None))
"""An approval of the machine that people have looked at. These are written with their values: by
parameters SQLite does not know its index."""
LOOKED_AGAIN: Final = and_(
    ReviewRow.kind == literal_column("'second_look'"), ReviewRow.outcome.is_not(None)
)
"""A decision of people that another person has looked at."""
DISAGREES: Final = and_(LOOKED_AGAIN, ReviewRow.senior == true())
"""Of those, one that differs and waits for a senior."""
_NEWEST = (ReviewRow.decided_at.desc(), ReviewRow.review_id)
_BY_DUE = (ReviewRow.due_at, ReviewRow.risk.desc(), ReviewRow.review_id)
for _name, _keys, _where in (
    ("by_due", _BY_DUE, _WAITS),
    ("by_risk", (ReviewRow.risk.desc(), ReviewRow.due_at, ReviewRow.review_id), _WAITS),
    ("by_age", (ReviewRow.opened_at, ReviewRow.review_id), _WAITS),
    ("holder", (ReviewRow.holder,), _WAITS),
    ("product", (ReviewRow.product,), _WAITS),
    ("senior", _BY_DUE, and_(_WAITS, ReviewRow.senior == true())),
    ("second", _BY_DUE, and_(_WAITS, ReviewRow.second == true())),
    ("postponed_until", (ReviewRow.postponed_until,), _WAITS),
    ("done", _NEWEST, ~_WAITS),
    ("sampled", (ReviewRow.outcome,), SAMPLED),
    ("looked_again", (ReviewRow.senior, *_NEWEST), LOOKED_AGAIN),
    ("to_settle", (ReviewRow.due_at, ReviewRow.review_id), ReviewRow.state == "decided"),
):
    Index(f"ix_reviews_{_name}", *_keys, sqlite_where=_where, postgresql_where=_where)


class ReasonRow(Table):
    """One reason of one case, to find the cases of a reason by."""

    __tablename__ = "review_reasons"
    __table_args__ = (Index(None, "review_id"),)

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    over: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.review_id"), primary_key=True)


class OpinionRow(Table):
    """What one person decided about one case; the words are sealed."""

    __tablename__ = "opinions"
    __table_args__ = (Index(None, "staff", "given_at"), Index(None, "given_at"))

    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.review_id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    staff: Mapped[str] = mapped_column(String(128))
    outcome: Mapped[str] = mapped_column(String(16))
    codes: Mapped[str] = mapped_column(Text)
    words: Mapped[bytes] = mapped_column(LargeBinary)
    given_at: Mapped[dt.datetime]
    binding: Mapped[bool] = mapped_column(Boolean)
    withdrawn_at: Mapped[dt.datetime | None]


class CorrectionRow(Table):
    """A field as a person read it; the value is sealed, and nothing is ever overwritten."""

    __tablename__ = "corrections"
    __table_args__ = (Index(None, "round_id"),)

    correction_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"))
    paper: Mapped[int] = mapped_column(Integer)
    field: Mapped[str] = mapped_column(String(64))
    value: Mapped[bytes] = mapped_column(LargeBinary)
    staff: Mapped[str] = mapped_column(String(128))
    made_at: Mapped[dt.datetime]


class DraftRow(Table):
    """What one person has written about one case and not sent; sealed."""

    __tablename__ = "review_drafts"

    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.review_id"), primary_key=True)
    staff: Mapped[str] = mapped_column(String(32), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[dt.datetime]


class SkipRow(Table):
    """A case that is not handed to one person before a moment."""

    __tablename__ = "review_skips"

    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.review_id"), primary_key=True)
    staff: Mapped[str] = mapped_column(String(32), primary_key=True)
    until: Mapped[dt.datetime]


class KeptAnswerRow(Table):
    """What a program was answered, sealed, for when it repeats its request; nothing personal."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index(None, "made_at"),)

    staff: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)
    made_at: Mapped[dt.datetime]


class RemarkRow(Table):
    """Why somebody did something with a case, in their own words; sealed."""

    __tablename__ = "review_remarks"
    __table_args__ = (Index(None, "review_id"),)

    remark_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.review_id"))
    staff: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[dt.datetime]
