"""What a database's server must do for what is written to be safe, asked of it."""

from typing import Final

from sqlalchemy import Engine, text

from storage.database.transactions import reading, writing

_UNSAFE: Final = ("fsync", "full_page_writes")
"""What only the server can set; without it a power cut damages what was acknowledged."""


def require_writable(engine: Engine) -> None:
    """Try to change a row that there is not: a standby and a read-only file refuse that.

    Raises:
        StorageUnavailableError: Nothing can be written.
    """
    with writing(engine) as connection:
        connection.execute(text("UPDATE installation SET value = value WHERE name = ''"))


def unsafe_server_settings(engine: Engine) -> tuple[str, ...]:
    """What a server has switched off without which nothing it acknowledged is safe.

    Raises:
        StorageUnavailableError: The database did not answer.
    """
    if engine.dialect.name != "postgresql":
        return ()
    with reading(engine) as connection:
        return tuple(
            name
            for name in _UNSAFE
            if connection.scalar(text("SELECT current_setting(:name)"), {"name": name}) == "off"
        )
