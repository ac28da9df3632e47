"""One running `kinbind serve` for each home folder: a second start is told who is there."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from models.errors import MissingPartError


@contextlib.contextmanager
def instance_lock(home: Path) -> Iterator[Callable[[str], None]]:
    """Hold the home folder's lock for a block; the kernel gives it back however the process ends.

    Args:
        home: The home folder; made where it is missing.

    Yields:
        What takes the console's address, once it is known, for whoever starts a second one.

    Raises:
        MissingPartError: Another process holds it; names that process and its address.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "serve.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            msg = (
                f"kinbind serve runs already over {home}: {lock.read().strip()}; use that one, or"
                " stop it first 已在运行，请使用它或先停止它"
            )
            raise MissingPartError(msg) from None

        def announce(address: str) -> None:
            lock.truncate(0)
            lock.write(f"process {os.getpid()} {address}".rstrip())
            lock.flush()

        announce("")
        yield announce
