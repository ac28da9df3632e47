"""The main job on one machine: take in, verify in worker processes, gather outcomes."""

import datetime as dt
import time
from collections.abc import Iterator
from math import ceil
from typing import Final, NamedTuple

from rich.console import Console

from console.server.orchestrator.find_orchestrator import orchestrator
from console.server.verification.worker_pool import verify_batches
from models.cases.case_round import ApplicationRound
from models.checks.finding import Message
from models.decision.decision import Decision
from models.errors import KinbindError
from storage.bootstrap import Repositories, open_repositories
from storage.intake.open_inbox import open_inbox
from storage.objects.open_store import refuse_overwriting
from storage.operator_log import start_log
from storage.settings import Settings
from tasks.intake.take_in import IntakeResult, take_in_inbox
from tasks.intake.take_in_submissions import take_in_submissions
from tasks.intake.take_up import left_over_batches
from tasks.rounds.round_results import arrival_key, load_arrival, load_decision
from tasks.verification.batches import undecided_rounds

_SHARD: Final = 200
_WORTH_A_WORKER: Final = 6
"""A worker takes seconds and half a gigabyte to start; fewer applications do not repay that."""


class UnusableForm(NamedTuple):
    """A form that could not be judged, told to whoever handed its folder in.

    Attributes:
        application_id: As the form names it, else its folder.
        faults: What is wrong with it, by key and never by value.
    """

    application_id: str
    faults: tuple[Message, ...]


class MainJob(NamedTuple):
    """What the main job did.

    Attributes:
        decisions: One for each application of the folder that has an outcome, old or new.
        undecided: How many have none: the job was told to stop, or a store was away.
        refused: The forms that could not be judged.
        new: How many had not been seen before.
        left_over: How many of earlier runs, that had been left without an outcome, have one now.
        seconds: Wall time.
        stopped_by: What ended the job before its time; what was done is kept.
    """

    decisions: tuple[Decision, ...]
    undecided: int
    refused: tuple[UnusableForm, ...]
    new: int
    left_over: int
    seconds: float
    stopped_by: KinbindError | None


def main_job(settings: Settings, location: str | None, *, workers: int, quiet: bool) -> MainJob:
    """Take in a folder and bring every application in it to an outcome.

    Applications that an earlier run left without an outcome are brought to one too, wherever
    their folder went.

    Args:
        settings: Where everything is kept.
        location: A folder or `s3://bucket/prefix`; None: what came in over HTTP and waits.
        workers: Processes.
        quiet: Show no progress.
    """
    started = time.monotonic()
    console = Console(stderr=True, quiet=quiet)
    start_log(settings.home)
    repositories = open_repositories(settings)
    refuse_overwriting(repositories.archive.store, settings)
    with console.status("收件 taking applications in"):
        taken = _take_in(repositories, location, workers)
    batch_ids = _with_left_over(repositories, taken.batch_ids)
    stopped_by, left_over = None, 0
    if batch_ids:
        before = _undecided(repositories, batch_ids) - set(taken.round_ids)
        with orchestrator(settings) as address:
            stopped_by = verify_batches(
                repositories, batch_ids, workers=workers, console=console, address=address
            )
        left_over = len(before - _undecided(repositories, batch_ids))
    cases = [repositories.cases.get(round_id) for round_id in taken.round_ids]
    decisions = [load_decision(repositories, case.round_id) for case in cases]
    return MainJob(
        decisions=tuple(d for d in decisions if d is not None),
        undecided=sum(d is None for d in decisions),
        refused=tuple(_unusable_forms(repositories, cases)),
        new=taken.new,
        left_over=left_over,
        seconds=time.monotonic() - started,
        stopped_by=stopped_by,
    )


def _unusable_forms(
    repositories: Repositories, cases: list[ApplicationRound]
) -> Iterator[UnusableForm]:
    for case in cases:
        if case.region is None and repositories.archive.exists(arrival_key(case.round_id)):
            found = load_arrival(repositories, case.round_id).findings
            yield UnusableForm(case.application_id, tuple(f.message for f in found))


def _take_in(repositories: Repositories, location: str | None, workers: int) -> IntakeResult:
    """Take the folder in, in as many batches as workers are worth starting."""
    if location is None:
        return take_in_submissions(repositories, shard=_SHARD)
    waiting = sum(1 for _ in open_inbox(location, repositories.settings).folders())
    batches = max(1, min(workers, waiting // _WORTH_A_WORKER))
    shard = max(1, min(_SHARD, ceil(waiting / batches)))
    return take_in_inbox(repositories, location, shard=shard)


def _with_left_over(repositories: Repositories, taken: tuple[str, ...]) -> tuple[str, ...]:
    others = left_over_batches(repositories, dt.datetime.now(dt.UTC), shard=_SHARD)
    return tuple(dict.fromkeys((*taken, *others)))


def _undecided(repositories: Repositories, batch_ids: tuple[str, ...]) -> set[str]:
    return {
        round_.round_id
        for batch_id in batch_ids
        for round_ in undecided_rounds(repositories, batch_id)
    }
