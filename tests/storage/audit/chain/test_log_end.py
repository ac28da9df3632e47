"""Whoever appends knows the end of the log as it is when nobody else can move it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from models.audit.event import EventTag, NewEvent
from models.errors import IntegrityError
from storage.audit.chain.hash_chain import START
from storage.database.schema import upgrade
from storage.database.transactions import writing

ON_BOTH_DATABASES = True


def event(key, application_id="A1"):
    return NewEvent(
        tag=EventTag.DOCUMENT_READ, application_id=application_id, idempotency_key=str(key)
    )


def test_threads_that_append_at_once_make_one_chain(repositories):
    """Each appends an event of its own, and one that all of them append."""
    with ThreadPoolExecutor(8) as pool:
        append = repositories.audit.append_many
        told = list(pool.map(lambda n: append([event(n, f"A{n % 3}"), event("same")]), range(40)))
    report = repositories.audit.verify()
    assert (report.intact, report.events) == (True, 41)
    assert len({shared.sequence for _, shared in told}) == 1


def test_events_of_several_applications_follow_the_last_of_each(repositories):
    append = repositories.audit.append_many
    first, other = append([event(1), event(2, "A2")])
    known, third, fourth = append([event(2, "A2"), event(3), event(4, "A3")])
    assert known == other
    assert (third.sequence, third.previous_hash) == (3, other.hash)
    assert (third.previous_application_hash, fourth.previous_application_hash) == (
        first.hash,
        START,
    )


def test_nothing_of_a_unit_of_work_that_fails_is_in_the_log(repositories):
    def fails():
        with repositories.unit_of_work():
            repositories.audit.append_many([event(1)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert repositories.audit.append_many([event(1)])[0].sequence == 1


def test_nothing_is_written_where_events_stand_behind_the_head(repositories):
    repositories.audit.append_many([event(1)])
    with writing(repositories.engine) as connection:
        connection.execute(text("DELETE FROM audit_head"))
    with pytest.raises(IntegrityError, match="audit verify"):
        repositories.audit.append_many([event(2)])
    assert repositories.audit.verify().events == 1


SINCE = (
    *("ix_opinions_given_at", "ix_reviews_kind_opened_at", "ix_rounds_application_beginning"),
    *("ix_reviews_looked_again", "ix_reviews_sampled"),
)
"""Indexes that came after the function: the upgrade makes them again."""


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_a_log_of_before_is_carried_on(repositories):
    repositories.audit.append_many([event(1), event(2)])
    with writing(repositories.engine) as connection:
        connection.execute(text("DROP FUNCTION hold_audit_log"))
        for name in SINCE:
            connection.execute(text(f"DROP INDEX {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0021'"))
    upgrade(repositories.engine)
    assert repositories.audit.append_many([event(1), event(3)])[1].sequence == 3
    assert repositories.audit.verify().intact
