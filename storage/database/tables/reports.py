"""The table of what is counted about rounds; a change here needs a migration beside it."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables.base import Table


class RoundFiguresRow(Table):
    """The figures of one round; the groups stand in columns, so that retention can empty them."""

    __tablename__ = "round_figures"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"), primary_key=True)
    relationship: Mapped[str | None] = mapped_column(String(16))
    route: Mapped[str | None] = mapped_column(String(24))
    age_band: Mapped[str | None] = mapped_column(String(8))
    sex: Mapped[str | None] = mapped_column(String(8))
    ethnicity_group: Mapped[str | None] = mapped_column(String(16))
    proof_class: Mapped[str | None] = mapped_column(String(16))
    form_version: Mapped[str | None] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
