"""The steps as the orchestrator sees them: thin wrappers, retried for infrastructure only.

A wrong answer does not become right by asking again; only a store that did not answer is asked
again. The one parameter of a step is a random identifier, and of an unexpected fault only its
kind and place leave the step: an exception's own words could quote a paper.
"""

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from prefect import runtime, task
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from models.errors import KinbindError, StorageUnavailableError
from storage.audit.current_run import in_run
from storage.bootstrap import Repositories, current_repositories
from tasks.reviewing.settle_review import settle_review as settle_one_review
from tasks.verification import batches
from tasks.verification.compare_faces import compare_faces as compare_faces_of
from tasks.verification.cross_check import cross_check as cross_check_round
from tasks.verification.decide_round import decide as decide_round
from tasks.verification.hand_to_person import hand_to_person as hand_round_to_person
from tasks.verification.read_documents import read_documents as read_documents_of


class StepFailedError(KinbindError):
    """A step met a defect of ours; names its kind and place, never its words."""


def in_this_run() -> AbstractContextManager[None]:
    """Events of the block name the flow run at work."""
    return in_run(runtime.flow_run.id)


def _infrastructure_fault(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed step is worth another try."""
    return isinstance(state.data, StorageUnavailableError) or (
        "StorageUnavailableError" in (state.message or "")
    )


def _step(name: str, work: Callable[[Repositories, str], None]) -> Callable[[str], None]:
    """Wrap a stage as a task of that name."""

    @task(
        name=name,
        task_run_name=name,
        retries=3,
        retry_delay_seconds=[1, 5, 20],
        retry_condition_fn=_infrastructure_fault,
        persist_result=False,
        log_prints=False,
    )
    def step(identifier: str) -> None:
        try:
            with in_this_run():
                work(current_repositories(), identifier)
        except StorageUnavailableError:
            raise
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.lineno}"
            message = f"{name}: {type(error).__name__} at {where}"
            raise StepFailedError(message) from None

    return step


read_documents = _step("read documents", read_documents_of)
compare_faces = _step("compare faces", compare_faces_of)
cross_check = _step("cross-check", cross_check_round)
decide = _step("decide", decide_round)
hand_to_person = _step("hand to a person", hand_round_to_person)
settle_review = _step("settle review", settle_one_review)
close_batch = _step("close batch", batches.close_batch)
