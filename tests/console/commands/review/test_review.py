"""`kinbind review`: who acts on a terminal, and by which rules."""

import os
import stat

import pytest
from typer.testing import CliRunner

from console.cli import app
from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.errors import KinbindError
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tests.tasks.checks.dossiers import spouse
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

PASSWORD = "long enough for a test"  # noqa: S105  (invented)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path / "home"))
    return Settings(home=tmp_path / "home")


@pytest.fixture
def kinbind(settings):
    """Run a command; our own errors are its answer."""

    def run(*words, typed=""):
        done = CliRunner().invoke(app, [*words], input=typed)
        ours = isinstance(done.exception, KinbindError)
        return (1, str(done.exception)) if ours else (done.exit_code, done.output)

    return run


@pytest.fixture
def waiting(settings, kinbind):
    with using_repositories(settings) as repositories:
        decide_dossier(repositories, spouse(identity_route="non_face"), "A1", RECEIVED)


@pytest.fixture
def registered(settings):
    """Register somebody under a password of their own."""

    def add(name, role=StaffRole.REVIEWER):
        with using_repositories(settings) as repositories:
            repositories.staff.add(name, role)
            repositories.staff.choose_password(name, PASSWORD)

    return add


VERIFIED = "member:video:2026-11-20T15:30:出示身份证并同意"


def test_nobody_acts_who_has_not_proven_who_they_are(kinbind, waiting, registered, settings):
    code, said = kinbind("review", "claim", "A1")
    assert (code, "kinbind user add" in said) == (1, True)
    registered("lin")
    code, said = kinbind("review", "claim", "A1")
    assert (code, "kinbind review sign-in" in said) == (1, True)
    assert kinbind("review", "claim", "A1", "--as", "ghost")[0] == 2
    assert kinbind("review", "sign-in", "lin", typed="wrong\n")[0] == 1
    assert kinbind("review", "show", "A1")[0] == 1
    assert kinbind("unbind", "A1", "--reason", "requested")[0] == 1
    with using_repositories(settings) as repositories:
        assert repositories.reviews.list()[0].holder is None


def test_a_signed_in_reviewer_decides_by_the_rules_of_the_pages(
    kinbind, waiting, registered, settings
):
    registered("lin")
    assert kinbind("review", "sign-in", "lin", typed=f"{PASSWORD}\n")[0] == 0
    file = settings.home / f"terminal-session-{os.getuid()}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with using_repositories(settings) as repositories:
        (case,) = repositories.reviews.list()
    assert kinbind("review", "claim", case.review_id[:7])[0] == 1
    approve = ("review", "decide", "A1", "approved", "--verified", VERIFIED)
    assert kinbind(*approve)[0] == 1, "nobody claimed it"
    assert kinbind("review", "claim", case.review_id[:8])[0] == 0
    assert kinbind("review", "decide", "A1", "returned")[0] == 2
    code, said = kinbind("review", "decide", "A1", "approved")
    assert (code, "非人脸" in said) == (2, True)
    assert (
        kinbind("review", "decide", "A1", "rejected", "--code", "Q05", "--note", "看不清楚")[0] == 2
    )
    done = kinbind(*approve)
    assert done[0] == 0, done
    assert kinbind("review", "undo", "A1")[0] == 0
    assert kinbind(*approve, "--now")[0] == 0
    with using_repositories(settings) as repositories:
        (binding,) = repositories.bindings.in_force()
        assert repositories.bindings.get(binding).decided_by == "lin"
        assert repositories.cases.find("A1")[0].outcome is Outcome.APPROVED
        tags = [event.tag for event in repositories.audit.events("A1")]
        assert tags.count(EventTag.OPINION_GIVEN) == 2
    assert "提出意见 opinion given" in kinbind("audit", "show", "A1")[1]
    file.chmod(0o644)  # others could have read it: it is nobody's any more
    assert kinbind("review", "claim")[0] == 1


def test_a_one_time_password_is_replaced_at_once(kinbind, settings):
    with using_repositories(settings) as repositories:
        given = repositories.staff.add("wang", StaffRole.SENIOR)
    assert kinbind("review", "sign-in", "wang", typed=f"{given}\n{PASSWORD}\n")[0] == 0
    assert kinbind("review", "sign-out")[0] == 0
    assert kinbind("review", "sign-in", "wang", typed=f"{PASSWORD}\n")[0] == 0
    with using_repositories(settings) as repositories:
        tags = (EventTag.SESSION_OPENED, EventTag.SESSION_REFUSED)
        assert len(repositories.audit.system_events(tags, 9)) == 3


def test_an_account_of_the_operating_system_can_be_somebody_s(
    kinbind, waiting, registered, settings, monkeypatch
):
    registered("lin")
    registered("chen", StaffRole.ADMIN)
    monkeypatch.setattr("console.commands.acting.os_account", lambda: "lin01")
    assert kinbind("user", "os-user", "lin", "root")[0] == 1
    assert kinbind("user", "os-user", "lin", "lin01")[0] == 0
    assert kinbind("user", "os-user", "chen", "lin01")[0] == 1
    monkeypatch.setenv("LOGNAME", "chen")
    assert kinbind("review", "claim", "A1")[0] == 0
    with using_repositories(settings) as repositories:
        assert repositories.reviews.list()[0].holder == "lin"
        repositories.staff.allow("lin", active=False)
    assert kinbind("review", "release", "A1")[0] == 1


def test_a_role_that_may_not_decide_is_told_which_may(kinbind, waiting, registered):
    registered("he", StaffRole.AUDITOR)
    kinbind("review", "sign-in", "he", typed=f"{PASSWORD}\n")
    assert kinbind("review", "show", "A1")[0] == 0
    code, said = kinbind("review", "claim", "A1")
    assert (code, "审核员" in said) == (1, True)
