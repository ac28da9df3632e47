"""Memory that was freed and is still held."""

import pytest

from tasks.reading.engines.free_memory import FreeMemoryLimit, held_bytes

BLOCK = 100_000  # bytes: below what the C library takes from the system by itself


@pytest.mark.parametrize(("blocks", "given_back"), [(2000, True), (200, False)])
def test_much_free_memory_is_given_back_and_little_is_kept_for_the_next_page(blocks, given_back):
    free = FreeMemoryLimit()
    taken = [bytearray(b"x" * BLOCK) for _ in range(blocks)]
    held = held_bytes()
    del taken[:-1]  # the last one keeps the heap from shrinking by itself

    free.give_back()

    assert (held - held_bytes() > 0.8 * blocks * BLOCK) is given_back
