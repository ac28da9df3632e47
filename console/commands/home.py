"""The repositories of KINBIND_HOME, for one command; loaded only when a command needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from storage.bootstrap import Repositories

ACTOR: Final = "command line"
"""Who acts, as the audit log names it, where a command does not ask for a name."""


@contextmanager
def home_repositories() -> "Iterator[Repositories]":
    """Open the repositories by the settings in force, and close them after the block.

    Raises:
        SettingError: A setting is wrong.
    """
    from storage.bootstrap import using_repositories
    from storage.settings import load_settings

    with using_repositories(load_settings()) as repositories:
        yield repositories
