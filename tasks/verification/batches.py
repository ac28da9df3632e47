"""Beginning and end of a batch; at the end the chain's head is kept outside the database."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from storage.bootstrap import Repositories
from storage.database.named_lock import named_lock
from tasks.intake.take_up import batch_lock_name
from tasks.reports.employer_results import publish_result
from tasks.rounds.policy_note import POLICIES, listed_policies
from tasks.rounds.round_events import idempotency_key
from tasks.rounds.round_results import FAULT, arrival_key

_WAIT_SECONDS: Final = 1800.0
"""Two hundred applications of four seconds take a quarter of an hour."""


def open_batch(repositories: Repositories, batch_id: str, run_id: str) -> None:
    """Say that a run begins to work on a batch; one line for each run."""
    repositories.audit.append(
        EventTag.BATCH_STARTED,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"batch": batch_id, POLICIES: listed_policies(repositories)},
        idempotency_key=f"{batch_id}:started:{run_id}",
    )


@contextlib.contextmanager
def batch_lock(repositories: Repositories, batch_id: str) -> Iterator[None]:
    """Let one run at a time verify a batch.

    A run that waited too long goes on all the same: every step is done once whoever does it.
    """
    name = batch_lock_name(batch_id)
    with named_lock(repositories.engine, name, wait_seconds=_WAIT_SECONDS):
        yield


def undecided_rounds(repositories: Repositories, batch_id: str) -> tuple[ApplicationRound, ...]:
    """The rounds of a batch without an outcome, as far as they were taken in whole.

    Of a round whose form is not kept yet, or whose taking in was cut short, nothing can be said:
    the same folder completes it, and `watch_deadlines` names it where none does.
    """
    rounds = repositories.cases.rounds(batch_id=batch_id)
    return tuple(
        round_
        for round_ in rounds
        if round_.outcome is None and repositories.archive.exists(arrival_key(round_.round_id))
    )


def fault_key(round_: ApplicationRound) -> str:
    """Under which the log keeps that the machine failed on a round."""
    return idempotency_key(round_, EventTag.APPLICATION_DECIDED, FAULT)


def close_batch(repositories: Repositories, batch_id: str) -> None:
    """Anchor the log's head, and where a batch is done, count its outcomes into the log.

    While one of its rounds has no outcome it is not done: whoever gives it one closes it.
    """
    rounds = repositories.cases.rounds(batch_id=batch_id)
    if all(round_.outcome is not None for round_ in rounds):
        _finish(repositories, batch_id, rounds)
    for ref in sorted({round_.employer_ref for round_ in rounds if round_.employer_ref}):
        publish_result(repositories, ref)
    repositories.audit.anchor(repositories.archive)


def _finish(repositories: Repositories, batch_id: str, rounds: Sequence[ApplicationRound]) -> None:
    counts = Counter(round_.outcome.value for round_ in rounds if round_.outcome)
    faults = repositories.audit.count_known([fault_key(round_) for round_ in rounds])
    repositories.audit.append(
        EventTag.BATCH_FINISHED,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"batch": batch_id, "faults": faults, **dict(sorted(counts.items()))},
        # Counted again when rounds were added, or given to the machine again.
        idempotency_key=f"{batch_id}:finished:{len(rounds)}{_again(rounds)}",
    )


def _again(rounds: Sequence[ApplicationRound]) -> str:
    """Tells the end of a batch from its end before some of it was given to the machine again."""
    retries = sum(round_.retries for round_ in rounds)
    return f":again{retries}" if retries else ""
