"""Whatever is done to the log behind its back, the check names the first broken place."""

import sqlite3

import pytest

from models.audit.event import EventTag, NewEvent
from storage.audit.audit_log import AuditLog
from storage.audit.chain.hash_chain import START
from storage.keys.keyring import Keyring
from storage.settings import Settings

APPEND_ONLY = ("audit_events_no_update", "audit_events_no_delete")


def event(index, application_id="A1", **details):
    return NewEvent(
        tag=EventTag.DOCUMENT_READ,
        application_id=application_id,
        round_id="0" * 32,
        details=details,
        idempotency_key=f"{application_id}:{index}",
    )


@pytest.fixture
def log(repositories):
    """Ten events of two applications in turn."""
    repositories.audit.append_many([event(n, f"A{n % 2}", pages=n, share=0.5) for n in range(10)])
    return repositories.audit


@pytest.fixture
def tamper(settings):
    """SQL by somebody who owns the database file, with or without the triggers."""

    def run(*statements, drop_triggers=True):
        connection = sqlite3.connect(settings.home / "case.db")
        try:
            if drop_triggers:
                for trigger in APPEND_ONLY:
                    connection.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        finally:
            connection.close()

    return run


def test_events_come_back_in_order_and_chained(log):
    events = log.events("A1")
    assert [found.sequence for found in events] == [2, 4, 6, 8, 10]
    assert events[0].previous_application_hash == START
    assert [found.previous_application_hash for found in events[1:]] == [
        found.hash for found in events[:-1]
    ]
    assert log.head("A1") == events[-1].hash
    assert log.head("A7") == START
    assert events[1].details == {"pages": 3, "share": 0.5}


def test_an_untouched_log_is_intact(log):
    report = log.verify()
    assert report.intact
    assert (report.events, report.head) == (10, log.head("A1"))


def test_an_empty_log_is_intact(repositories):
    assert repositories.audit.verify().intact


def test_an_event_is_appended_once(log):
    before = log.events("A1")[0]
    again = log.append(
        EventTag.DOCUMENT_READ,
        application_id="A1",
        round_id=None,
        actor="x",
        idempotency_key="A1:1",
    )
    assert again == before
    assert log.verify().events == 10


def test_one_call_with_the_same_key_twice_appends_once(repositories):
    first, second = repositories.audit.append_many([event(1), event(1)])
    assert first == second
    assert repositories.audit.verify().events == 1


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        pytest.param(
            ["UPDATE audit_events SET actor = 'nobody' WHERE sequence = 5"], 5, id="changed"
        ),
        pytest.param(
            ["UPDATE audit_events SET details = 'no json' WHERE sequence = 5"], 5, id="garbled"
        ),
        *(
            pytest.param(
                [" ".join(("UPDATE audit_events SET", name, "= '9' WHERE sequence = 5"))],
                5,
                id=name,
            )
            for name in ("tag", "round_id", "recorded_at", "once", "previous_hash", "hash")
        ),
        pytest.param(["DELETE FROM audit_events WHERE sequence = 5"], 5, id="deleted"),
        pytest.param(["DELETE FROM audit_events WHERE sequence = 1"], 1, id="first deleted"),
        pytest.param(["DELETE FROM audit_events WHERE sequence > 7"], 8, id="cut off"),
        pytest.param(["DELETE FROM audit_events"], 1, id="emptied"),
        pytest.param(["DELETE FROM audit_head"], 1, id="head removed"),
        pytest.param(
            [
                "DELETE FROM audit_events WHERE sequence > 7",
                "UPDATE audit_head SET events = 7, "
                "hash = (SELECT hash FROM audit_events WHERE sequence = 7)",
            ],
            8,
            id="cut off with its head",
        ),
        pytest.param(
            [
                "UPDATE audit_events SET sequence = 100 WHERE sequence = 4",
                "UPDATE audit_events SET sequence = 4 WHERE sequence = 5",
                "UPDATE audit_events SET sequence = 5 WHERE sequence = 100",
            ],
            4,
            id="reordered",
        ),
        pytest.param(
            [
                "INSERT INTO audit_events SELECT 11, tag, application_id, round_id, actor, details,"
                " recorded_at, 'new', hash, hash, hash FROM audit_events WHERE sequence = 10"
            ],
            11,
            id="inserted at the end",
        ),
        pytest.param(
            [
                "REPLACE INTO audit_events SELECT sequence, tag, application_id, round_id,"
                " 'nobody', details, recorded_at, once, previous_hash,"
                " previous_application_hash, hash FROM audit_events WHERE sequence = 6"
            ],
            6,
            id="replaced",
        ),
    ],
)
def test_tampering_is_noticed_at_its_place(log, tamper, statements, broken):
    tamper(*statements)
    report = log.verify()
    assert not report.intact
    assert report.first_broken == broken
    assert report.problem


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET actor = 'nobody' WHERE sequence = 5",
        "DELETE FROM audit_events WHERE sequence = 5",
    ],
)
def test_the_database_itself_refuses_changes(log, tamper, statement):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(statement, drop_triggers=False)


def test_replace_does_not_slip_past_the_triggers_of_our_connections(log, repositories):
    from sqlalchemy import text

    from storage.database.transactions import writing

    replace = text("REPLACE INTO audit_events SELECT * FROM audit_events WHERE sequence = 5")
    with pytest.raises(Exception, match="append-only"), writing(repositories.engine) as connection:
        connection.execute(replace)
    assert log.verify().intact


def test_another_key_cannot_have_written_this_log(log, repositories, tmp_path):
    other = Keyring.open(Settings(home=tmp_path / "other"))
    assert AuditLog(repositories.engine, other).verify().first_broken == 1


def test_a_database_set_back_to_an_older_state_is_shown_by_the_anchor(log, repositories, tamper):
    tamper("CREATE TABLE kept AS SELECT * FROM audit_head", drop_triggers=False)
    log.append_many([event(n) for n in range(20, 25)])
    log.anchor(repositories.archive)
    assert log.verify(repositories.archive).anchors == 1
    tamper(
        "DELETE FROM audit_events WHERE sequence > 10",
        "REPLACE INTO audit_head SELECT * FROM kept",
    )
    assert log.verify().intact, "the database alone cannot show it"
    report = log.verify(repositories.archive)
    assert (report.intact, report.first_broken) == (False, 11)


def test_anchoring_the_same_head_twice_changes_nothing(log, repositories):
    log.anchor(repositories.archive)
    log.anchor(repositories.archive)
    assert log.verify(repositories.archive).intact


def test_details_that_could_name_somebody_are_not_kept(repositories):
    kept = repositories.audit.append_many(
        [
            event(
                1,
                "张三",
                file="张三.jpg",
                number="110105194912310021",
                files=["王五.jpg"],
                n="01.jpg",
            )
        ]
    )[0]
    text = kept.model_dump_json()
    assert not any(word in text for word in ("张三", "110105194912310021", "王五"))
    assert kept.details["n"] == "01.jpg"
    assert repositories.audit.events("张三") == (kept,)


def test_a_sha256_is_not_taken_for_an_id_number(repositories):
    digest = "123456789012345678" + "a" * 46
    assert repositories.audit.append_many([event(1, digest=digest)])[0].details["digest"] == digest


def test_tags_are_three_lower_case_words():
    assert all(
        len(parts := tag.split(":")) == 3 and all(part.isalpha() for part in parts)
        for tag in EventTag
    )
