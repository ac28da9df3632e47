"""Eight reviewers who empty one queue at once, each in a process of their own."""

import itertools
import multiprocessing
import time
from multiprocessing.synchronize import Barrier

from benchmarks.console.rows import add_rows
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reviewing.claims import claim_next

_REVIEWERS = 8
_PATIENCE = 60.0


def race(settings: Settings, cases: int) -> None:
    """Fill a queue, let them empty it, and say who got what."""
    with using_repositories(settings) as opened:
        add_rows(opened, 0, cases)
        waiting = {review.review_id for review in opened.reviews.list()}
    start = multiprocessing.Barrier(_REVIEWERS + 1)
    taken: multiprocessing.Queue[list[str]] = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=_work, args=(settings, f"r{n}", start, taken))
        for n in range(_REVIEWERS)
    ]
    for worker in workers:
        worker.start()
    start.wait(timeout=_PATIENCE)
    began = time.perf_counter()
    claimed = [taken.get(timeout=600) for _ in workers]
    seconds = time.perf_counter() - began
    for worker in workers:
        worker.join()
    all_taken = list(itertools.chain.from_iterable(claimed))
    print(
        f"{len(waiting)} cases, {_REVIEWERS} reviewers, {seconds:.1f} s: claims of "
        f"{sorted(map(len, claimed))}; twice taken {len(all_taken) - len(set(all_taken))}, "
        f"left behind {len(waiting - set(all_taken))}"
    )


def _work(
    settings: Settings, name: str, start: Barrier, taken: "multiprocessing.Queue[list[str]]"
) -> None:
    with using_repositories(settings) as opened:
        start.wait(timeout=_PATIENCE)
        mine = []
        while case := claim_next(opened, name, StaffRole.REVIEWER):
            mine.append(case.review.review_id)
        taken.put(mine)
