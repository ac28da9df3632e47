"""A run ends although one of its workers will not."""

import multiprocessing
import threading
import time
from concurrent.futures import ProcessPoolExecutor

from console.server.verification.worker_pool import wind_up


def leave_a_thread():
    """As a worker whose last lines nobody takes: its work is done, and it goes on telling it."""
    threading.Thread(target=time.sleep, args=(600,)).start()


def test_a_worker_that_lingers_when_its_work_is_done_is_ended():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(leave_a_thread).result()
        (worker,) = multiprocessing.active_children()
        started = time.monotonic()
        wind_up(pool, 0.2)
        # The pool's own thread may take the exit code in the middle of our asking for it.
        while worker.exitcode is None and time.monotonic() - started < 60:
            time.sleep(0.01)
    assert worker.exitcode == -9
    assert 0.2 < time.monotonic() - started < 60
