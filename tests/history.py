"""A simulated history in an office of its own, published, for the tests that look back at one."""

from benchmarks.history.record import record_history
from specimens.history.simulate import simulate
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reports.publish_dataset import publish_dataset

ROUNDS = 220


def publish_history(home, *, count=ROUNDS, days=40, seed=611, anonymity=10, drifts=()):
    """Decide a history by the real checks and publish its tables; gives the manifest."""
    with using_repositories(Settings(home=home, anonymity=anonymity)) as office:
        cases = simulate(count, seed=seed, days=days, drifts=drifts)
        record_history(office, cases, seed=seed, sample_share=0.5)
        return publish_dataset(office)
