"""Who works here, who is signed in, and who looked at what."""

import datetime as dt
import importlib.util
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.audit.event import EventTag, NewEvent
from models.reviews.review_work import Correction, ViewKind
from models.staff.staff_member import SignInRefusedError, StaffError, StaffRole
from storage.staff import staff_register
from storage.staff.sessions import IDLE

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
PASSWORD = "long enough for a test"  # noqa: S105  (invented)


@pytest.fixture
def staffed(repositories):
    """An office with one reviewer."""
    repositories.staff.add("lin", StaffRole.REVIEWER)
    repositories.staff.choose_password("lin", PASSWORD)
    return repositories


@pytest.fixture
def round_id(repositories):
    return repositories.cases.register("A1", "d", batch_id="b", received_at=NOW).round.round_id


def test_a_password_costs_who_guesses_as_much_as_the_standards_ask():
    spec = importlib.util.find_spec(staff_register.__name__)
    assert spec is not None
    assert spec.loader is not None
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    # RFC 9106, 4: the second recommended option is 64 MiB and three passes.
    assert fresh._HASHER.type.name == "ID"
    assert fresh._HASHER.memory_cost >= 64 * 1024
    assert fresh._HASHER.time_cost >= 3


def test_of_two_who_register_one_name_one_does(staffed):
    def add(_):
        try:
            return staffed.staff.add("wang", StaffRole.SENIOR)
        except StaffError:
            return None

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(add, range(4)))
    assert sum(password is not None for password in given) == 1
    assert [person.name for person in staffed.staff.list()] == ["lin", "wang"]


def test_the_first_administrator_is_one_however_many_start(repositories):
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: repositories.staff.first(), range(4)))
    assert sum(password is not None for password in given) == 1


def test_a_session_lives_while_it_is_used_and_ends_when_its_person_is_shut_out(staffed):
    token = staffed.sessions.sign_in("lin", PASSWORD, "here", now=NOW).token
    for step in range(1, 4):
        resumed = staffed.sessions.resume(token, now=NOW + IDLE * 0.9 * step)
        assert resumed.staff.name == "lin"
    staffed.staff.allow("lin", active=False)
    assert staffed.sessions.resume(token, now=NOW + IDLE * 3) is None
    assert staffed.sessions.open_ones() == ()
    with pytest.raises(SignInRefusedError):
        staffed.sessions.sign_in("lin", PASSWORD, "here", now=NOW)


def test_failures_of_many_at_once_are_all_counted(staffed):
    def guess(_):
        with pytest.raises(SignInRefusedError):
            staffed.sessions.sign_in("lin", "wrong", "there", now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(guess, range(6)))
    with pytest.raises(SignInRefusedError) as refused:
        staffed.sessions.sign_in("lin", PASSWORD, "there", now=NOW)
    assert refused.value.wait_seconds > 0


def test_looks_are_kept_in_their_order_and_the_chain_has_what_it_should(repositories, round_id):
    event = NewEvent(
        tag=EventTag.CASE_VIEWED,
        application_id="A1",
        round_id=round_id,
        actor="lin",
        details={},
        idempotency_key="look",
    )
    repositories.access.note("lin", ViewKind.CASE, "A1", round_id, event=event)
    repositories.access.note("lin", ViewKind.CASE, "A1", round_id, event=event)
    repositories.access.note("he", ViewKind.PICTURE, "A1", round_id, "0")
    looks = [(view.staff, view.detail) for view in repositories.access.of_application("A1")]
    assert looks == [("he", "0"), ("lin", ""), ("lin", "")]
    assert len(repositories.access.of_staff("lin")) == 2
    assert [e.tag for e in repositories.audit.events("A1")] == [EventTag.CASE_VIEWED]
    assert repositories.audit.verify(repositories.archive).intact


def test_the_last_correction_of_a_field_is_in_force_and_none_is_lost(repositories, round_id):
    for value in ("沈雨侗", None, "沈雨桐"):
        repositories.corrections.add(
            Correction(
                round_id=round_id, paper=0, field="name", value=value, staff="lin", made_at=NOW
            )
        )
    assert [made.value for made in repositories.corrections.all_of(round_id)] == [
        "沈雨侗",
        None,
        "沈雨桐",
    ]
    assert repositories.corrections.in_force(round_id)[0, "name"].value == "沈雨桐"


def wait_of_refusal(staffed, name, password, address, at=NOW):
    """Seconds to wait after a refused try."""
    with pytest.raises(SignInRefusedError) as refusal:
        staffed.sessions.sign_in(name, password, address, now=at)
    return refusal.value.wait_seconds


def test_nobody_shuts_a_person_out_of_where_they_always_sign_in(staffed):
    staffed.sessions.sign_in("lin", PASSWORD, "10.0.0.7", now=NOW)
    for guess in range(40):
        wait_of_refusal(staffed, "lin", "wrong", f"192.0.2.{guess}")
    assert wait_of_refusal(staffed, "lin", PASSWORD, "192.0.2.99") > 0  # from anywhere else
    staffed.sessions.sign_in("lin", PASSWORD, "10.0.0.7", now=NOW)


def test_slips_of_an_office_behind_one_address_stop_nobody_who_works_there(staffed):
    staffed.sessions.sign_in("lin", PASSWORD, "10.0.0.7", now=NOW)
    for guess in range(40):
        wait_of_refusal(staffed, f"somebody{guess}", "wrong", "10.0.0.7")
    assert wait_of_refusal(staffed, "new", "wrong", "10.0.0.7") > 0
    staffed.sessions.sign_in("lin", PASSWORD, "10.0.0.7", now=NOW)


def test_failures_are_forgotten_after_an_hour_however_many(staffed):
    at = NOW
    for _ in range(40):
        assert wait_of_refusal(staffed, "lin", "wrong", "10.0.0.7", at) == 0
        at += dt.timedelta(minutes=13)
    staffed.sessions.sign_in("lin", PASSWORD, "10.0.0.7", now=at)


def test_a_subscriber_with_many_addresses_counts_as_one(staffed):
    waits = [
        wait_of_refusal(staffed, "lin", "wrong", f"2001:db8:1:2::{guess}") for guess in range(7)
    ]
    assert waits[:5] == [0] * 5
    assert waits[-1] > 0


def test_of_a_burst_only_the_free_tries_are_looked_at(staffed, monkeypatch):
    looked, knows = [], staffed.staff.knows

    def watched(name, password):
        looked.append(password)
        return knows(name, password)

    monkeypatch.setattr(staffed.staff, "knows", watched)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: wait_of_refusal(staffed, "lin", f"{n}", "there"), range(16)))
    assert len(looked) == 5
