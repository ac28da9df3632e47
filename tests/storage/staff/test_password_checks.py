"""The gate before the checking of passwords."""

import threading

import pytest

from models.staff.staff_member import SignInRefusedError
from storage.staff.password_checks import PasswordChecks


def test_two_pass_eight_wait_and_the_next_is_sent_away():
    gate, inside, leave = PasswordChecks(), threading.Semaphore(0), threading.Event()
    most, now, lock = 0, 0, threading.Lock()

    def check():
        nonlocal most, now
        with gate:
            with lock:
                now += 1
                most = max(most, now)
            inside.release()
            leave.wait(30)
            with lock:
                now -= 1

    threads = [threading.Thread(target=check) for _ in range(10)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        assert inside.acquire(timeout=30)
    while gate._places._value:  # until all eight wait
        pass
    with pytest.raises(SignInRefusedError) as refused, gate:
        pytest.fail("an eleventh came in")
    assert refused.value.wait_seconds > 0
    leave.set()
    for thread in threads:
        thread.join(30)
    assert most == 2
    with gate:  # all places are free again
        pass
