"""A worker without an orchestrator: takes in what came over HTTP, and verifies batches that lie.

The same intake, steps and locks as those of `verify-arrivals`; reading is replaced by its delay.
"""

import datetime as dt
import secrets
import time
from typing import Final

from benchmarks.scale.hosts.families import replace_reading
from benchmarks.scale.random_kills.plain_run import verify_plainly
from storage.bootstrap import Repositories, using_repositories
from storage.settings import load_settings
from tasks.intake.take_in_submissions import take_in_submissions
from tasks.intake.take_up import left_over_batches

_SHARD: Final = 5
"""Applications in a batch: few, so that three workers share what comes within a second."""
_PAUSE_SECONDS: Final = 0.5


def main() -> None:
    """Work until the process is ended."""
    replace_reading()
    with using_repositories(load_settings()) as repositories:
        while True:
            _work(repositories)
            time.sleep(_PAUSE_SECONDS)


def _work(repositories: Repositories) -> None:
    take_in_submissions(repositories, shard=_SHARD)
    while lying := left_over_batches(repositories, dt.datetime.now(dt.UTC), shard=_SHARD):
        # Any of them: workers that all began with the first would wait for one another.
        verify_plainly(repositories, secrets.choice(lying), secrets.token_hex(4))


if __name__ == "__main__":
    main()
