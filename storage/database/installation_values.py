"""What one installation remembers of itself, by name: a moment, a number, a mark."""

from sqlalchemy import Connection, delete, insert, select

from storage.database.tables.cases import InstallationRow
from storage.database.transactions import serialise


def value_of(connection: Connection, name: str) -> str | None:
    """What is remembered under a name; None where nothing is."""
    return connection.scalar(select(InstallationRow.value).where(InstallationRow.name == name))


def remember(connection: Connection, name: str, value: str) -> None:
    """Remember a value in place of the former one.

    Args:
        connection: In a transaction that writes.
        name: 32 characters at most.
        value: 128 characters at most.
    """
    forget(connection, name)
    connection.execute(insert(InstallationRow).values(name=name, value=value))


def forget(connection: Connection, name: str) -> None:
    """Remember nothing under a name; others who want to wait until this transaction ends."""
    serialise(connection, name)
    connection.execute(delete(InstallationRow).where(InstallationRow.name == name))
