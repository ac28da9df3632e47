"""Children are kept alive as long as they can live, and given up with a sentence when not."""

import os
import signal
import sys
import threading
import time

import pytest

from console.server.supervisor import SupervisedProcess, Supervisor

SLEEPS = "import time; time.sleep(60)"
FAILS = "import sys; sys.exit(7)"


@pytest.fixture
def keep(tmp_path, monkeypatch):
    """Keeps children that run these programs; pauses are short."""
    monkeypatch.setattr("console.server.supervisor._PAUSE_SECONDS", 0.01)
    keepers = []

    def kept(*programs, tell=print, after=lambda: True):
        children = [
            SupervisedProcess(
                f"child {n}", [sys.executable, "-c", p], os.environ, (), tmp_path, tmp_path / "log"
            )
            for n, p in enumerate(programs)
        ]
        over = threading.Event()
        keepers.append(Supervisor(children, after=after, given_up=over.set, tell=tell))
        keepers[-1].start()
        return keepers[-1], over

    yield kept
    for keeper in keepers:
        keeper.finish()


def running(keeper):
    return [kept.process.pid for kept in keeper._kept if kept.process is not None]


def wait(asked, seconds=20):
    deadline = time.monotonic() + seconds
    while not asked():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_child_that_is_killed_comes_back(keep):
    said = []
    keeper, _ = keep(SLEEPS, tell=said.append)
    wait(lambda: running(keeper))
    (first,) = running(keeper)
    os.kill(first, signal.SIGKILL)
    wait(lambda: running(keeper) not in ([], [first]))
    assert said == ["child 0 ended (signal 9); it is started again"]


def test_a_child_that_cannot_stay_ends_all_and_its_log_is_named(keep, tmp_path):
    keeper, over = keep(SLEEPS, FAILS)
    wait(lambda: running(keeper))
    healthy = running(keeper)[0]
    assert over.wait(20)
    keeper.join(20)
    assert keeper.failure == f"child 1 ended 5 times in a row; its log is {tmp_path / 'log'}"
    with pytest.raises(ProcessLookupError):
        os.kill(healthy, 0)


def test_nothing_is_started_before_its_time_and_nothing_stays(keep):
    go = threading.Event()
    keeper, _ = keep(SLEEPS, SLEEPS, after=go.is_set)
    time.sleep(0.5)
    assert running(keeper) == []
    go.set()
    wait(lambda: len(running(keeper)) == 2)
    pids = running(keeper)
    keeper.finish()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
