"""The journey of an application, from its pictures to an outcome."""

from prefect import flow, get_run_logger, runtime

from flows.steps import (
    StepFailedError,
    close_batch,
    compare_faces,
    cross_check,
    decide,
    hand_to_person,
    in_this_run,
    read_documents,
)
from storage.bootstrap import current_repositories
from tasks.verification.batches import open_batch


@flow(name="verify-batch", flow_run_name="verify-{batch_id}")
def verify_batch(batch_id: str) -> int:
    """Verify every application of a batch that has no outcome yet.

    A batch is one flow run and an application a handful of task runs; running it again goes on
    where it stopped.

    Returns:
        How many applications have an outcome that had none before.
    """
    with in_this_run():
        open_batch(current_repositories(), batch_id, runtime.flow_run.id or "")
    cases = current_repositories().cases.rounds(batch_id=batch_id)
    waiting = [case for case in cases if case.outcome is None]
    for case in waiting:
        verify_application(case.round_id)
    close_batch(batch_id)
    get_run_logger().info("%d applications have an outcome now", len(waiting))
    return len(waiting)


def verify_application(round_id: str) -> None:
    """Read the papers, look at the faces, hold everything against everything, decide.

    Each step keeps its result, encrypted, under the round's identifier, and the next one takes it
    from there. A defect of ours in one application sends that one to a person and never stops
    the others; a store that does not answer stops the run, and the next run goes on from there.
    """
    try:
        read_documents(round_id)
        compare_faces(round_id)
        cross_check(round_id)
        decide(round_id)
    except StepFailedError:
        hand_to_person(round_id)
