"""The tables about people's work on cases; a change here needs a migration beside it."""

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
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables import Table

NO_WORDS: Final = b""
"""In place of a person's sealed words that retention deleted."""


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
