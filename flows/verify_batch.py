"""The journey of an application, from its pictures to an outcome."""

from prefect import flow, get_run_logger, runtime

from flows.steps import (
    StepFailedError,
    close_batch,
    compare_faces,
    compare_stated_values,
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
    rounds = current_repositories().cases.rounds(batch_id=batch_id)
    undecided = [round_ for round_ in rounds if round_.outcome is None]
    for round_ in undecided:
        verify_application(round_.round_id)
    close_batch(batch_id)
    get_run_logger().info("%d applications have an outcome now", len(undecided))
    return len(undecided)


def verify_application(round_id: str) -> None:
    """Read the documents, compare stated values and faces, ask every check, decide.

    Each step keeps its result, encrypted, and gives its digest, which the next one takes: only the
    very object that was handed on is used. A step whose result is there already is not done again.
    A defect of ours in one application sends that one to a person and never stops the others; a
    store that does not answer stops the run, and the next run goes on from there.
    """
    try:
        readings = read_documents(round_id)
        stated = compare_stated_values(round_id, readings)
        faces = compare_faces(round_id, readings)
        report = cross_check(round_id, readings, faces, stated)
        decide(round_id, readings, faces, report)
    except StepFailedError:
        hand_to_person(round_id)
