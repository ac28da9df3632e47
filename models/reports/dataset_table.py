"""What a table of the data team is made of: typed columns with a meaning."""

from enum import StrEnum

from models.record import Record

SCHEMA_VERSION = 3
"""Raised with every change of a column; published files and manifests carry it."""


class ColumnType(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"


class DatasetColumn(Record):
    """One column.

    Attributes:
        zh: What it tells, in Chinese.
        en: The same in English, with unit and range.
        nullable: Whether a cell may be empty; the text says when.
        values: Every value that a cell can have; empty where they are not a closed list.
    """

    name: str
    type: ColumnType
    zh: str
    en: str
    nullable: bool = False
    values: tuple[str, ...] = ()


class DatasetTable(Record):
    """One table.

    Attributes:
        monthly: It is kept by months of receipt, `month=2026-11/…`.
    """

    name: str
    zh: str
    en: str
    columns: tuple[DatasetColumn, ...]
    monthly: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def text(
    name: str, zh: str, en: str, *, nullable: bool = False, values: tuple[str, ...] = ()
) -> DatasetColumn:
    """A column of words or codes."""
    return DatasetColumn(
        name=name, type=ColumnType.TEXT, zh=zh, en=en, nullable=nullable, values=values
    )


def integer(name: str, zh: str, en: str, *, nullable: bool = False) -> DatasetColumn:
    """A column of whole numbers."""
    return DatasetColumn(name=name, type=ColumnType.INTEGER, zh=zh, en=en, nullable=nullable)


def number(name: str, zh: str, en: str, *, nullable: bool = False) -> DatasetColumn:
    """A column of numbers with a fraction."""
    return DatasetColumn(name=name, type=ColumnType.NUMBER, zh=zh, en=en, nullable=nullable)


def flag(name: str, zh: str, en: str, *, nullable: bool = False) -> DatasetColumn:
    """A column of yes and no."""
    return DatasetColumn(name=name, type=ColumnType.FLAG, zh=zh, en=en, nullable=nullable)


def day(name: str, zh: str, en: str, *, nullable: bool = False) -> DatasetColumn:
    """A column of days of the office's clock."""
    return DatasetColumn(name=name, type=ColumnType.DATE, zh=zh, en=en, nullable=nullable)
