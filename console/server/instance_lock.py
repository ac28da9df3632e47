"""One whole system for each home folder: whoever comes second is told who is there."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from models.errors import MissingPartError


@contextlib.contextmanager
def only_one(home: Path, says: str) -> Iterator[None]:
    """Hold the home folder's one place for a whole system; the kernel gives it back at any end.

    Args:
        home: The home folder; made where it is missing.
        says: What a second start is told about the first.

    Raises:
        MissingPartError: The place is taken.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "serve.lock").open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.seek(0)
            msg = f"kinbind serve runs already over {home}: {held.read().strip()}"
            raise MissingPartError(msg) from None
        held.truncate(0)
        held.write(f"process {os.getpid()}, {says}")
        held.flush()
        yield
