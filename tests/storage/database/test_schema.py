import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from models.audit.event import EventTag
from models.bindings.unbinding import EndReason
from models.cases.case_round import MatchKeyKind, Stage
from models.checks.finding import CheckVerdict, Subject
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.errors import MissingPartError, SettingError, StorageUnavailableError
from models.intake.application import Channel, Product, Relationship
from models.notices.exchange import DeliveryState, Destination, NoticeKind
from models.reading.document import DocumentKind
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewKind, ViewKind
from models.staff.staff_member import StaffRole
from storage.database.engine import open_engine
from storage.database.schema import HEAD, MIGRATIONS, upgrade
from storage.database.tables.base import Table
from storage.database.transactions import reading, writing
from storage.settings import Settings


@pytest.fixture
def engine(settings):
    engine = open_engine(settings)
    yield engine
    engine.dispose()


def test_the_migrations_give_exactly_the_tables(engine):
    upgrade(engine)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_the_newest_migration_is_the_one_that_the_program_expects():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_an_upgrade_again_changes_nothing(engine, settings):
    upgrade(engine)
    before = _schema(settings)
    upgrade(engine)
    assert _schema(settings) == before


def test_processes_that_start_at_once_migrate_once(settings):
    program = (
        "import pathlib, sys\n"
        "from storage.bootstrap import open_repositories\n"
        "from storage.settings import Settings\n"
        "open_repositories(Settings(home=pathlib.Path(sys.argv[1]))).close()\n"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", program, str(settings.home)]) for _ in range(3)
    ]
    assert [start.wait(60) for start in starts] == [0] * 3


def test_a_database_of_a_newer_version_is_refused(engine, settings):
    upgrade(engine)
    with sqlite3.connect(settings.home / "case.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(SettingError, match="newer version"):
        upgrade(engine)


def test_a_migration_that_breaks_off_leaves_no_half_made_tables(engine, settings, monkeypatch):
    monkeypatch.setattr(
        "storage.database.append_only.append_only", lambda *_: ("NO SUCH STATEMENT",)
    )
    with pytest.raises(StorageUnavailableError):
        upgrade(engine)
    assert _schema(settings) == []


@pytest.mark.parametrize("url", ["mysql://host/db", "no url at all"])
def test_a_database_that_is_not_supported_is_refused(tmp_path, url):
    with pytest.raises(SettingError, match="KINBIND_DATABASE_URL"):
        open_engine(Settings(home=tmp_path, database_url=url))


def test_a_missing_driver_is_named(tmp_path):
    with pytest.raises(MissingPartError, match="pg8000"):
        open_engine(Settings(home=tmp_path, database_url="postgresql+pg8000://host/db"))


def test_a_failed_block_leaves_nothing_behind(engine):
    upgrade(engine)

    def fails_half_way():
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO installation VALUES ('a', 'b')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_half_way()
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM installation")) == 0


def test_a_database_error_does_not_quote_values(engine):
    upgrade(engine)
    insert = text("INSERT INTO installation VALUES (:name, 'x'), (:name, 'y')")
    with pytest.raises(Exception, match="installation") as caught, writing(engine) as connection:
        connection.execute(insert, {"name": "张三"})
    assert "张三" not in str(caught.value)


def test_a_database_of_the_old_desk_keeps_what_the_desk_knew(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        for statement in (
            "INSERT INTO rounds (round_id, application_id, round, content_digest, product,"
            " received_at, stage)"
            " VALUES ('o', 'A', 1, 'd', 'mutual_aid', '2026-11-20 01:30:00', 'decided')",
            "INSERT INTO reviews (review_id, round_id, application_id, state, codes, opened_at,"
            " due_at) VALUES ('r', 'o', 'A', 'open', '[\"R03\", \"X01\"]',"
            " '2026-11-20 01:30:00', '2026-11-25 01:30:00')",
            "INSERT INTO desk (review_id, kind, risk, senior, second)"
            " VALUES ('r', 'sample', 77, true, false)",
        ):
            connection.exec_driver_sql(statement)
    upgrade(engine)
    with reading(engine) as connection:
        (case,) = connection.execute(
            text("SELECT kind, risk, senior, second, product FROM reviews")
        ).all()
        reasons = connection.execute(
            text("SELECT code, over FROM review_reasons ORDER BY code")
        ).all()
    assert case == ("sample", 77, 1, 0, "mutual_aid")
    assert [tuple(reason) for reason in reasons] == [("R03", 0), ("X01", 0)]


def _schema(settings):
    connection = sqlite3.connect(settings.home / "case.db")
    rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("traces.kind", MatchKeyKind),
        ("views.kind", ViewKind),
        ("reviews.kind", ReviewKind),
        ("documents.kind", DocumentKind),
        ("rounds.channel", Channel),
        ("rounds.product", Product),
        ("rounds.stage", Stage),
        ("rounds.outcome", Outcome),
        ("reviews.state", ReviewState),
        ("findings.code", Reason),
        ("findings.verdict", CheckVerdict),
        ("findings.subject", Subject),
        ("bindings.relationship", Relationship),
        ("bindings.end_reason", EndReason),
        ("staff.role", StaffRole),
        ("audit_events.tag", EventTag),
        ("notices.kind", NoticeKind),
        ("deliveries.state", DeliveryState),
        ("deliveries.destination", Destination),
    ],
)
def test_every_word_of_a_closed_list_fits_its_column(column, words):
    """SQLite looks at no length; PostgreSQL refuses what is too long."""
    table, name = column.split(".")
    length = Table.metadata.tables[table].columns[name].type.length
    assert max(len(word.value) for word in words) <= length
