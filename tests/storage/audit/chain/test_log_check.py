"""A check goes on from the last one, and what is old has its turn."""

import pytest
from sqlalchemy import text

from models.audit.event import EventTag, NewEvent
from storage.audit.chain import chain_walk, log_check
from storage.audit.chain.log_check import LogCheck
from storage.database.transactions import writing


@pytest.fixture
def check(repositories):
    return lambda: LogCheck(repositories.engine, repositories.keyring, repositories.archive)


@pytest.fixture
def append(repositories):
    """So many events of three applications in turn."""

    def add(first, last):
        repositories.audit.append_many(
            [
                NewEvent(
                    tag=EventTag.DOCUMENT_READ,
                    application_id=f"A{n % 3}",
                    details={"pages": n, "share": 0.25, "names": ["a"], "sealed": True},
                    idempotency_key=f"{n}",
                )
                for n in range(first, last + 1)
            ]
        )

    return add


@pytest.fixture
def tamper(repositories):
    """SQL by somebody who owns the database."""

    def run(*statements):
        with writing(repositories.engine) as connection:
            for name in ("audit_events_no_update", "audit_events_no_delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            for statement in statements:
                connection.execute(text(statement))

    return run


@pytest.fixture(autouse=True)
def short_portions(monkeypatch):
    """Nothing rests on where a portion ends, or on what is remembered of one."""
    monkeypatch.setattr(log_check, "PORTION", 4)
    monkeypatch.setattr(chain_walk, "_MOST_NAMES", 1)


def test_a_check_goes_on_from_the_last_one_to_the_same_root(check, append, repositories):
    append(1, 10)
    first = check().onward()
    assert (first.events, first.checked_before, first.whole) == (10, 0, True)
    append(11, 15)
    second = check().onward(least=3)
    assert (second.events, second.checked_before, second.checked_again) == (15, 10, 3)
    assert second.whole_since == first.whole_since
    told = repositories.audit.verified()
    assert (told.events, told.root) == (15, second.root)
    assert second.root == repositories.audit.verify().root


def test_old_events_are_recomputed_in_turn_and_the_report_says_since_when(check, append):
    append(1, 10)
    since = [check().onward(least=3).whole_since for _ in range(9)]
    assert since[:4] == since[:1] * 4  # whole, then 1-3, 4-6, 7-9
    assert since[4] > since[3]  # 10, and 1-2 of the next turn
    assert since[4] < since[-1]


def test_a_share_of_a_long_log_is_more_than_the_least(check, append):
    append(1, 10)
    check().whole()
    assert check().onward(least=1, share=2).checked_again == 5


def test_what_is_changed_behind_the_front_is_found_at_its_place_in_its_turn(check, append, tamper):
    append(1, 10)
    check().whole()
    tamper("UPDATE audit_events SET actor = 'nobody' WHERE sequence = 5")
    assert check().onward(least=3).intact
    found = check().onward(least=3)
    assert (found.intact, found.first_broken, found.whole_since) == (False, 5, None)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit_events SET details = '{}' WHERE sequence = 12", 12),
        ("DELETE FROM audit_events WHERE sequence = 13", 13),
        ("DELETE FROM audit_events WHERE sequence > 11", 12),
        ("DELETE FROM audit_events WHERE sequence = 10", 10),
        ("UPDATE audit_head SET hash = seal", 16),
        ("DELETE FROM audit_head", 1),
    ],
)
def test_what_is_changed_from_the_front_on_is_found_at_once(
    check, append, tamper, statement, place
):
    append(1, 10)
    check().whole()
    append(11, 15)
    tamper(statement)
    assert check().onward(least=0).first_broken == place


def test_a_checkpoint_that_somebody_else_wrote_counts_for_nothing(check, append, tamper):
    append(1, 10)
    check().whole()
    tamper(
        "UPDATE audit_events SET actor = 'nobody' WHERE sequence = 5",
        "UPDATE audit_checkpoints SET content = replace(content, 'Z', '+00:00')",
    )
    assert check().onward(least=0).first_broken == 5


def test_a_log_that_ends_before_its_checkpoint_was_cut_off(check, append, tamper):
    append(1, 10)
    tamper("CREATE TABLE kept AS SELECT * FROM audit_head")
    append(11, 15)
    check().whole()
    tamper(
        "DELETE FROM audit_events WHERE sequence > 10",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head SELECT * FROM kept",
    )
    assert check().onward(least=0).first_broken == 11


@pytest.mark.parametrize(("folder", "content"), [("roots", b"0" * 64), ("heads", b"KB\x01garbage")])
def test_heads_and_roots_are_compared_as_they_are_passed(
    check, append, repositories, folder, content
):
    append(1, 10)
    audit, store = repositories.audit, repositories.archive.store
    audit.anchor(repositories.archive)
    audit.publish_root(repositories.archive, check().whole())
    assert check().onward(least=10).anchors == 2
    append(11, 12)
    assert check().onward(least=2).anchors == 0
    store.put(f"audit/{folder}/{'notes'}", b"no head")
    store.delete(f"audit/{folder}/{10:012d}")
    store.put(f"audit/{folder}/{10:012d}", content)
    assert check().onward(least=2).intact, "events 3 and 4"
    assert check().onward(least=10).first_broken == 10


def test_a_database_that_takes_nothing_is_checked_all_the_same(check, append, monkeypatch):
    from models.errors import StorageUnavailableError

    def full(*_):
        raise StorageUnavailableError("read-only")

    append(1, 10)
    monkeypatch.setattr("storage.audit.chain.log_check.keep_checkpoint", full)
    assert check().onward().intact
