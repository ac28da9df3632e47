"""Every change of an account takes effect and stands in the audit log, with who made it."""

import pytest

from models.audit.event import EventTag
from models.staff.staff_member import StaffError, StaffRole
from tasks.staff import staff_accounts


@pytest.fixture
def changes(repositories):
    """What the log says was done to accounts, in order: actor, name, change."""

    def listed():
        events = repositories.audit.system_events((EventTag.STAFF_CHANGED,), 50)
        return [(e.actor, e.details["name"], e.details["change"]) for e in reversed(events)]

    return listed


def test_a_member_is_added_with_a_password_that_has_to_be_replaced(repositories, changes):
    password = staff_accounts.add_member(repositories, "lin", StaffRole.SENIOR, actor="chen")
    opened = repositories.sessions.sign_in("lin", password, "127.0.0.1")
    assert opened.session.password_due
    assert opened.session.staff.role is StaffRole.SENIOR
    assert changes() == [("chen", "lin", "added as senior")]


def test_a_member_of_the_service_is_known_by_the_identity_that_was_set(repositories, changes):
    staff_accounts.add_known_member(
        repositories, "lin", StaffRole.REVIEWER, "u-1", actor="command line"
    )
    staff_accounts.set_identity(repositories, "lin", "u-2", actor="command line")
    assert repositories.staff.get("lin").identity == "u-2"
    staff_accounts.set_identity(repositories, "lin", None, actor="command line")
    assert repositories.staff.get("lin").identity is None
    assert [change for _, _, change in changes()] == [
        "added as reviewer, signs in through the service",
        "signs in through the service",
        "not through the service any more",
    ]


def test_shutting_out_and_a_new_password_end_every_session(repositories, changes):
    password = staff_accounts.add_member(repositories, "lin", StaffRole.REVIEWER, actor="chen")
    for end in (
        lambda: staff_accounts.set_active(repositories, "lin", active=False, actor="chen"),
        lambda: staff_accounts.end_sessions(repositories, "lin", actor="chen"),
    ):
        staff_accounts.set_active(repositories, "lin", active=True, actor="chen")
        token = repositories.sessions.sign_in("lin", password, "127.0.0.1").token
        end()
        assert repositories.sessions.resume(token) is None
    staff_accounts.set_active(repositories, "lin", active=True, actor="chen")
    assert staff_accounts.reset_password(repositories, "lin", actor="chen") != password
    said = [change for _, _, change in changes()]
    assert said == [
        *("added as reviewer", "let in", "shut out", "let in", "signed out", "let in"),
        "password reset",
    ]


def test_a_change_that_is_refused_leaves_no_line_in_the_log(repositories, changes):
    with pytest.raises(StaffError):
        staff_accounts.add_member(repositories, "Not A Name", StaffRole.ADMIN, actor="chen")
    with pytest.raises(StaffError):
        staff_accounts.set_active(repositories, "nobody", active=False, actor="chen")
    assert changes() == []


def test_another_role_ends_every_session_and_one_administrator_remains(repositories, changes):
    password = staff_accounts.add_member(repositories, "lin", StaffRole.REVIEWER, actor="chen")
    staff_accounts.add_member(repositories, "chen", StaffRole.ADMIN, actor="command line")
    token = repositories.sessions.sign_in("lin", password, "127.0.0.1").token
    staff_accounts.change_role(repositories, "lin", StaffRole.SENIOR, actor="chen")
    assert repositories.sessions.resume(token) is None
    for leave_nobody in (
        lambda: staff_accounts.change_role(repositories, "chen", StaffRole.AUDITOR, actor="chen"),
        lambda: staff_accounts.set_active(repositories, "chen", active=False, actor="chen"),
    ):
        with pytest.raises(staff_accounts.LastAdministratorError):
            leave_nobody()
    assert repositories.staff.get("chen").role is StaffRole.ADMIN
    assert changes()[-1] == ("chen", "lin", "reviewer became senior")
