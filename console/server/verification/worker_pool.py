"""Worker processes of the main job: a batch each, watched, and ended when nothing more comes."""

import multiprocessing
import os
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from console.server.orchestrator.find_orchestrator import answers
from console.server.verification.verify_worker import start_worker, verify_one_batch
from models.errors import KinbindError
from storage.bootstrap import Repositories
from storage.setting_paths import absolute_environment
from tasks.verification.batches import close_batch

_POLL_SECONDS: Final = 0.5
_ASK_SECONDS: Final = 5.0
_MISSES: Final = 3
"""An orchestrator that is busy may miss one answer or two."""
_GRACE_SECONDS: Final = 45.0
"""Without an orchestrator the steps go on; how long none of them may end any more."""
_LINGER_SECONDS: Final = 20.0
"""What a worker that has no work left may take to end: one or two, measured. With its orchestrator
gone it gives up its last lines of the run history one by one, 117 seconds each."""


class WorkerEndedError(KinbindError):
    """A worker process, or the orchestrator, ended in the middle of the work."""


def verify_batches(
    repositories: Repositories,
    batch_ids: tuple[str, ...],
    *,
    workers: int,
    console: Console,
    address: str,
) -> KinbindError | None:
    """Run each batch in a worker process and show how far they are.

    Args:
        repositories: Where everything is kept.
        batch_ids: What is to be verified.
        workers: Processes at most.
        console: Where progress is shown.
        address: Of the orchestrator.

    Returns:
        What ended the work before its time; None: nothing did. What was done is kept.
    """
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(batch_ids)),
        # A fresh interpreter: forking one that already runs threads can hang.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=start_worker,
        initargs=(os.getpid(), absolute_environment(repositories.settings)),
    )
    with pool:
        runs = [pool.submit(verify_one_batch, batch_id) for batch_id in batch_ids]
        watched = _Watched(repositories, batch_ids, address)
        is_whole = _watch(watched, runs, console)
        wind_up(pool, _LINGER_SECONDS if is_whole else 0.0)
    return _failure(runs) if is_whole else _without_orchestrator(watched)


class _Watched:
    """How far the batches are, and whether the orchestrator still answers."""

    def __init__(
        self, repositories: Repositories, batch_ids: tuple[str, ...], address: str
    ) -> None:
        self.repositories = repositories
        self.batch_ids = batch_ids
        self._address = address
        self._asked_at = time.monotonic()
        self._misses = 0
        self._moved_at = time.monotonic()
        self._decided = -1

    def progress(self) -> tuple[int, int]:
        """How many of how many have an outcome."""
        cases = [
            case
            for batch_id in self.batch_ids
            for case in self.repositories.cases.rounds(batch_id=batch_id)
        ]
        decided = sum(case.outcome is not None for case in cases)
        if decided != self._decided:
            self._decided, self._moved_at = decided, time.monotonic()
        return decided, len(cases)

    def is_stuck(self, *, all_decided: bool) -> bool:
        """Whether the orchestrator is gone, and with it the hope that the workers end."""
        if time.monotonic() - self._asked_at >= _ASK_SECONDS:
            self._misses = 0 if answers(f"{self._address}/ready") else self._misses + 1
            self._asked_at = time.monotonic()
        still = time.monotonic() - self._moved_at
        return self._misses >= _MISSES and (all_decided or still > _GRACE_SECONDS)


def _watch(watched: _Watched, runs: list[Future[int]], console: Console) -> bool:
    """Show progress until all runs ended; False where they never would."""
    columns = (TextColumn("核验 verifying"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        row = bar.add_task("", total=None)
        while True:
            ended = all(run.done() for run in runs)
            decided, total = watched.progress()
            bar.update(row, completed=decided, total=total)
            if ended:
                return True
            if watched.is_stuck(all_decided=decided == total):
                return False
            time.sleep(_POLL_SECONDS)


def wind_up(pool: ProcessPoolExecutor, seconds: float) -> None:
    """Let workers that have nothing left to do end by themselves; kill those that do not.

    Args:
        pool: Takes no more work after this.
        seconds: How long all of them may take.
    """
    pool.shutdown(wait=False)
    deadline = time.monotonic() + seconds
    for process in multiprocessing.active_children():
        process.join(max(0.0, deadline - time.monotonic()))
        process.kill()


def _failure(runs: list[Future[int]]) -> KinbindError | None:
    for run in runs:
        try:
            run.result()
        except BrokenProcessPool:
            return WorkerEndedError(
                "工作进程被外部终止，已完成的部分已保存；请再次运行同一命令。"
                "A worker process was ended from outside; what was done is kept: run the same"
                " command again to go on"
            )
        except KinbindError as error:
            return error
    return None


def _without_orchestrator(watched: _Watched) -> KinbindError | None:
    """End what the workers could not: nothing is lost but their lines in the run history."""
    for batch_id in watched.batch_ids:
        close_batch(watched.repositories, batch_id)
    decided, total = watched.progress()
    if decided == total:
        return None
    return WorkerEndedError(
        f"编排服务中途停止，{total - decided} 份尚未办结，已完成的部分已保存；请再次运行同一命令。"
        f" The orchestrator ended in the middle of the work; {total - decided} have no outcome yet,"
        " what was done is kept: run the same command again."
    )
