"""A simulated history in an office of its own, published, for the tests that look back at one."""

import contextlib
from pathlib import Path
from typing import NamedTuple

from benchmarks.history.record import record_history
from specimens.history.simulate import simulate
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reports.dataset.publish_dataset import publish_dataset

ROUNDS = 220
K = 10


class History(NamedTuple):
    """Where it lies; nobody changes it.

    Attributes:
        settings: Of the office.
        tables: Published with k = 1, so that nothing is hidden.
        coarse: Published with k = 10.
    """

    settings: Settings
    tables: Path
    coarse: Path

    @classmethod
    def at(cls, home):
        """That of a home; its keys lie in it, so that every worker can open it."""
        settings = Settings(
            home=home,
            anonymity=K,
            master_key_file=home / "master-key",
            key_database_url=f"sqlite:///{home / 'data-keys.db'}",
        )
        return cls(settings, home / "all", home / "dataset")


@contextlib.contextmanager
def recorded(folders):
    """Decide a history by the real checks and publish it twice; gives its home."""
    home = folders.mktemp("history")
    history = History.at(home)
    with using_repositories(history.settings) as office:
        record_history(office, simulate(ROUNDS, seed=611, days=40), seed=611, sample_share=0.5)
        publish_dataset(office)
    with using_repositories(history.settings.model_copy(update={"anonymity": 1})) as office:
        publish_dataset(office, str(history.tables))
    yield str(home)
