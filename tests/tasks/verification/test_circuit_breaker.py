"""A run stops at the fifth failure of one cause in a row, and at nothing else."""

import contextlib

import pytest

from tasks.verification.circuit_breaker import CircuitBreaker, SameFaultError

STOPS = [["read: a"] * 5, [None, *["read: a"] * 5], ["read: b", *["read: a"] * 5]]
GOES_ON = [
    ["read: a"] * 4,
    [None] * 9,
    [*["read: a"] * 4, None, *["read: a"] * 4],
    [*["read: a"] * 4, "read: b", *["read: a"] * 4],
]


@pytest.mark.parametrize(
    ("causes", "at_the_last"), [*((c, True) for c in STOPS), *((c, False) for c in GOES_ON)]
)
def test_only_one_cause_five_times_in_a_row_stops_a_run(causes, at_the_last):
    breaker = CircuitBreaker()
    for cause in causes[:-1]:
        breaker.add(cause)
    raises = pytest.raises(SameFaultError, match="read: a") if at_the_last else None
    with raises or contextlib.nullcontext():
        breaker.add(causes[-1])
