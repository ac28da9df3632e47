"""Servers that all workers of one test run share: the first to need one starts it.

Whoever started a server stops it, after every other worker is done with it. Workers of one run
find each other in the folder above their own temporary folders.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import pytest

_LONGEST_SECONDS: Final = 200.0
"""How long the starter waits for the others: a run ends for all workers at about one time."""


@contextlib.contextmanager
def shared(
    folders: pytest.TempPathFactory, name: str, start: Callable[[], AbstractContextManager[object]]
) -> Iterator[Any]:
    """What `start` gives, from this worker or from the one that came first.

    Args:
        folders: Of the session.
        name: One server has one name.
        start: Gives what JSON can carry, unchanged: an address, settings.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        with start() as given:
            yield given
        return
    state = folders.getbasetemp().parent / f"{name}.json"
    with contextlib.ExitStack() as stack:
        with _locked(state):
            users, given = json.loads(state.read_text()) if state.exists() else (0, None)
            mine = users == 0
            if mine:
                given = json.loads(json.dumps(stack.enter_context(start())))
            state.write_text(json.dumps((users + 1, given)))
        try:
            yield given
        finally:
            with _locked(state):
                users, _ = json.loads(state.read_text())
                state.write_text(json.dumps((users - 1, given)))
            if mine:
                _wait_for_others(state)


def _wait_for_others(state: Path) -> None:
    deadline = time.monotonic() + _LONGEST_SECONDS
    while True:
        with _locked(state):
            users, _ = json.loads(state.read_text())
            if users == 0 or time.monotonic() > deadline:
                # From here on the next who asks starts one anew.
                state.unlink()
                return
        time.sleep(0.2)


@contextlib.contextmanager
def _locked(state: Path) -> Iterator[None]:
    with state.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
