"""Children are kept alive as long as they can live, and given up with a sentence when not."""

import os
import signal
import sys
import threading
import time

import pytest

from console.server.processes import ChildProcess
from console.server.supervisor import Supervisor

SLEEPS = "import time; time.sleep(60)"
FAILS = "import sys; sys.exit(7)"


@pytest.fixture
def supervise(tmp_path, monkeypatch):
    """Keeps children that run these programs; pauses are short."""
    monkeypatch.setattr("console.server.supervisor._PAUSE_SECONDS", 0.01)
    supervisors = []

    def supervised(*programs, tell=print, after=lambda: True):
        children = [
            ChildProcess(
                f"child {n}", [sys.executable, "-c", p], os.environ, (), tmp_path, tmp_path / "log"
            )
            for n, p in enumerate(programs)
        ]
        over = threading.Event()
        supervisors.append(Supervisor(children, after=after, given_up=over.set, tell=tell))
        supervisors[-1].start()
        return supervisors[-1], over

    yield supervised
    for supervisor in supervisors:
        supervisor.finish()


def running(supervisor):
    return [one.process.pid for one in supervisor._supervised if one.process is not None]


def wait(asked, seconds=20):
    deadline = time.monotonic() + seconds
    while not asked():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_child_that_is_killed_comes_back(supervise):
    said: list[str] = []
    supervisor, _ = supervise(SLEEPS, tell=said.append)
    wait(lambda: running(supervisor))
    (first,) = running(supervisor)
    os.kill(first, signal.SIGKILL)
    wait(lambda: running(supervisor) not in ([], [first]))
    assert said == ["child 0 ended (signal 9); it is started again"]


def test_a_child_that_cannot_stay_ends_all_and_its_log_is_named(supervise, tmp_path):
    supervisor, over = supervise(SLEEPS, FAILS)
    wait(lambda: running(supervisor))
    healthy = running(supervisor)[0]
    assert over.wait(20)
    supervisor.join(20)
    assert supervisor.failure == f"child 1 ended 5 times in a row; its log is {tmp_path / 'log'}"
    with pytest.raises(ProcessLookupError):
        os.kill(healthy, 0)


def test_nothing_is_started_before_its_time_and_nothing_stays(supervise):
    go = threading.Event()
    supervisor, _ = supervise(SLEEPS, SLEEPS, after=go.is_set)
    time.sleep(0.5)
    assert running(supervisor) == []
    go.set()
    wait(lambda: len(running(supervisor)) == 2)
    pids = running(supervisor)
    supervisor.finish()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
