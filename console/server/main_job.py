"""The main job on one machine: take in, verify in worker processes, watch, gather outcomes."""

import multiprocessing
import os
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from math import ceil
from typing import Final, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from console.server.orchestrator import orchestrator
from console.server.verify_worker import start_worker, verify_one_batch
from models.decision.decision import Decision
from models.errors import KinbindError
from storage.bootstrap import Repositories, open_repositories
from storage.intake.inbox import open_inbox
from storage.operator_log import start_log
from storage.settings import Settings
from tasks.intake.take_in import IntakeResult, take_in_inbox
from tasks.intake.take_in_submissions import take_in_submissions
from tasks.rounds.round_results import load_decision

_SHARD: Final = 200
_WORTH_A_WORKER: Final = 6
"""A worker takes seconds and half a gigabyte to start; fewer applications do not repay that."""
_POLL_SECONDS: Final = 0.5


class MainJob(NamedTuple):
    """What the main job did.

    Attributes:
        decisions: One for each application of the folder that has an outcome, old or new.
        undecided: How many have none: the job was told to stop, or a store was away.
        refused: How many had a form that could not be judged.
        new: How many had not been seen before.
        seconds: Wall time.
    """

    decisions: tuple[Decision, ...]
    undecided: int
    refused: int
    new: int
    seconds: float


def main_job(settings: Settings, location: str | None, *, workers: int, quiet: bool) -> MainJob:
    """Take in a folder and bring every application in it to an outcome.

    Args:
        settings: Where everything is kept.
        location: A folder or `s3://bucket/prefix`; None: what came in over HTTP and waits.
        workers: Processes.
        quiet: Show no progress.

    Raises:
        KinbindError: A worker stopped; what was done is kept, the next run goes on.
    """
    started = time.monotonic()
    console = Console(stderr=True, quiet=quiet)
    start_log(settings.home)
    repositories = open_repositories(settings)
    with console.status("收件 taking applications in"):
        taken = _take_in(repositories, location, workers)
    if taken.batch_ids:
        with orchestrator(settings):
            _verify(repositories, taken.batch_ids, workers=workers, console=console)
    cases = [repositories.cases.get(round_id) for round_id in taken.round_ids]
    decisions = [load_decision(repositories, case.round_id) for case in cases]
    return MainJob(
        decisions=tuple(d for d in decisions if d is not None),
        undecided=sum(d is None for d in decisions),
        refused=sum(case.region is None for case in cases),
        new=taken.new,
        seconds=time.monotonic() - started,
    )


def _take_in(repositories: Repositories, location: str | None, workers: int) -> IntakeResult:
    """Take the folder in, in as many batches as workers are worth starting."""
    if location is None:
        return take_in_submissions(repositories, shard=_SHARD)
    waiting = sum(1 for _ in open_inbox(location, repositories.settings).folders())
    batches = max(1, min(workers, waiting // _WORTH_A_WORKER))
    shard = max(1, min(_SHARD, ceil(waiting / batches)))
    return take_in_inbox(repositories, location, shard=shard)


def _verify(
    repositories: Repositories, batch_ids: tuple[str, ...], *, workers: int, console: Console
) -> None:
    """Run each batch in a worker process and show how far they are."""
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(batch_ids)),
        # A fresh interpreter: forking one that already runs threads can hang.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=start_worker,
        initargs=(os.getpid(),),
    )
    with pool:
        runs = [pool.submit(verify_one_batch, batch_id) for batch_id in batch_ids]
        _watch(repositories, batch_ids, runs, console)
        try:
            for run in runs:
                run.result()
        except BrokenProcessPool:
            raise KinbindError(
                "工作进程被外部终止，已完成的部分已保存；请再次运行同一命令。"
                "A worker process was ended from outside; what was done is kept: run the same"
                " command again to go on"
            ) from None


def _watch(
    repositories: Repositories,
    batch_ids: tuple[str, ...],
    runs: list[Future[int]],
    console: Console,
) -> None:
    columns = (TextColumn("核验 verifying"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        row = bar.add_task("", total=None)
        while True:
            ended = all(run.done() for run in runs)
            cases = [
                case
                for batch_id in batch_ids
                for case in repositories.cases.rounds(batch_id=batch_id)
            ]
            decided = sum(case.outcome is not None for case in cases)
            bar.update(row, completed=decided, total=len(cases))
            if ended:
                return
            time.sleep(_POLL_SECONDS)
