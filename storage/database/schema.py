"""Bringing a database to the tables that this program knows."""

import warnings
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from models.errors import SettingError
from storage.database.engine import without_limits
from storage.database.transactions import reading, serialise, writing

HEAD: Final = "0024"
"""The newest migration; a test compares it with the folder."""

MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; of several processes at once, one does the work.

    Raises:
        SettingError: The database was written by a newer version of this program.
    """
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine) as connection:
        without_limits(connection)
        serialise(connection, "kinbind migration")
        if _revision(connection) != HEAD:
            _migrate(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    # Alembic takes a third of a second to import, and most starts need none of it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            command.upgrade(config, "head")
        except CommandError:
            msg = (
                "案件库由更新版本的程序写入，请升级本程序。"
                " The case database was written by a newer version of this program; update it."
            )
            raise SettingError(msg) from None
