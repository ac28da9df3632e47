"""The steps as the orchestrator sees them: thin wrappers, retried for infrastructure only.

A wrong answer does not become right by asking again; only a store that did not answer is asked
again. Steps are given identifiers, and the digests of what earlier steps kept; they give digests
back. Of an unexpected failure only its kind and place leave the step, for an exception's own words
could quote a document; the whole way it took stands, without values, in `KINBIND_HOME/logs`.
"""

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ParamSpec, TypeVar

from prefect import runtime, task
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from models.errors import (
    KinbindError,
    MissingPartError,
    StaleProcessError,
    StorageUnavailableError,
)
from storage.audit.chain.log_guard import LogContradictedError
from storage.audit.current_run import in_run
from storage.bootstrap import current_repositories
from storage.operator_log import log_failure, working_on
from tasks.reading.process.contained_reader import ReadingFailedError
from tasks.reviewing.settle_review import settle_review as settle_one_review
from tasks.verification import batches
from tasks.verification.compare_faces import compare_faces as compare_faces_of
from tasks.verification.compare_stated_values import (
    compare_stated_values as compare_stated_values_of,
)
from tasks.verification.cross_check import cross_check as cross_check_round
from tasks.verification.decide_round import decide_round
from tasks.verification.hand_to_person import hand_to_person as hand_round_to_person
from tasks.verification.read_documents import read_documents as read_documents_of

_P = ParamSpec("_P")
_R = TypeVar("_R")


class StepFailedError(KinbindError):
    """A step met a defect of ours; names its kind and place, never its words.

    Attributes:
        cause: Step, kind and place: the same for the same defect.
    """

    def __init__(self, cause: str) -> None:
        """Name the step, the kind and the place."""
        super().__init__(cause)
        self.cause = cause


def in_this_run() -> AbstractContextManager[None]:
    """Events of the block name the flow run at work."""
    return in_run(runtime.flow_run.id)


_FOR_ALL = (
    StorageUnavailableError,
    MissingPartError,
    StaleProcessError,
    LogContradictedError,
)
"""What every application lacks sends none of them to a person: it ends the run in its words."""


def _infrastructure_failed(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed step is worth another try."""
    return isinstance(state.data, StorageUnavailableError) or (
        "StorageUnavailableError" in (state.message or "")
    )


def _step(name: str, subject: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Make a function a task of the orchestrator.

    Args:
        name: What it is called in the run history.
        subject: Template over its arguments of what it works on, by which an auditor finds it.
    """

    def decorated(work: Callable[_P, _R]) -> Callable[_P, _R]:
        @task(
            name=name,
            task_run_name=f"{name} {subject}",
            retries=3,
            retry_delay_seconds=[1, 5, 20],
            retry_condition_fn=_infrastructure_failed,
            persist_result=False,
            log_prints=False,
        )
        @functools.wraps(work)
        def step(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            with in_this_run(), working_on(str(args[0])):
                try:
                    return work(*args, **kwargs)
                except _FOR_ALL as error:
                    log_failure(name, error)
                    raise
                except ReadingFailedError as failed:
                    # By its place in the reading process: another defect is another cause.
                    log_failure(name, failed)
                    message = f"{name}: {failed}"
                    raise StepFailedError(message) from None
                except Exception as error:
                    message = f"{name}: {log_failure(name, error).place}"
                    raise StepFailedError(message) from None

        return step

    return decorated


_OF_ROUND = "{round_id:.8}"
"""The first eight digits of the round's identifier; the log has all of them."""


@_step("read documents", _OF_ROUND)
def read_documents(round_id: str) -> str:
    """Read every picture; gives the digest of the readings."""
    return read_documents_of(current_repositories(), round_id)


@_step("compare faces", _OF_ROUND)
def compare_faces(round_id: str, readings: str) -> str | None:
    """Compare the faces that were cut out; gives the digest of the verdict."""
    return compare_faces_of(current_repositories(), round_id, readings)


@_step("compare stated values", _OF_ROUND)
def compare_stated_values(round_id: str, readings: str) -> str | None:
    """Hold the form's values against unsure fields; gives the digest of what came out."""
    return compare_stated_values_of(current_repositories(), round_id, readings)


@_step("cross-check", _OF_ROUND)
def cross_check(
    round_id: str, readings: str, faces: str | None, stated: str | None = None
) -> str | None:
    """Ask every check; gives the digest of the report."""
    return cross_check_round(current_repositories(), round_id, readings, faces, stated)


@_step("decide", _OF_ROUND)
def decide(round_id: str, readings: str, faces: str | None, report: str | None) -> None:
    """Decide by the report and put the outcome into effect."""
    decide_round(current_repositories(), round_id, readings, faces, report)


@_step("hand to a person", _OF_ROUND)
def hand_to_person(round_id: str, cause: str) -> None:
    """Put a round that a step of ours failed on before a person."""
    hand_round_to_person(current_repositories(), round_id, cause)


@_step("settle review", "{review_id:.8}")
def settle_review(review_id: str) -> None:
    """Put one person's decision into effect."""
    settle_one_review(current_repositories(), review_id)


@_step("close batch", "{batch_id}")
def close_batch(batch_id: str) -> None:
    """Count a batch's outcomes into the audit log."""
    batches.close_batch(current_repositories(), batch_id)
