"""The journey of an application, from its pictures to an outcome."""

from prefect import flow, get_run_logger, runtime

from flows.reports.run_artifacts import show_with_run
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
from tasks.reports.office_report.batch_report import make_batch_report
from tasks.verification.batches import batch_lock, open_batch, undecided_rounds
from tasks.verification.circuit_breaker import CircuitBreaker


@flow(name="verify-batch", flow_run_name="verify-{batch_id}")
def verify_batch(batch_id: str) -> int:
    """Verify every application of a batch that has no outcome yet.

    A batch is one flow run and an application a handful of task runs; running it again goes on
    where it stopped.

    Returns:
        How many applications have an outcome that had none before.

    Raises:
        SameFaultError: One application after the other failed in the same way.
    """
    repositories = current_repositories()
    # Where another run is at work on it, what it leaves undone is this one's.
    with batch_lock(repositories, batch_id):
        with in_this_run():
            open_batch(repositories, batch_id, runtime.flow_run.id or "")
        undecided = undecided_rounds(repositories, batch_id)
        breaker = CircuitBreaker()
        for round_ in undecided:
            breaker.add(verify_application(round_.round_id))
        close_batch(batch_id)
        show_with_run("batch-report", make_batch_report(repositories, batch_id))
    get_run_logger().info("%d applications have an outcome now", len(undecided))
    return len(undecided)


def verify_application(round_id: str) -> str | None:
    """Read the documents, compare stated values and faces, ask every check, decide.

    Each step keeps its result, encrypted, and gives its digest, which the next one takes: only the
    very object that was handed on is used. A step whose result is there already is not done again.
    A defect of ours in one application sends that one to a person and does not stop the others; a
    store that does not answer, or a missing part, stops the run, and the next one goes on from
    there.

    Returns:
        The cause of a defect of ours; None where there was none.
    """
    try:
        readings = read_documents(round_id)
        stated = compare_stated_values(round_id, readings)
        faces = compare_faces(round_id, readings)
        report = cross_check(round_id, readings, faces, stated)
        decide(round_id, readings, faces, report)
    except StepFailedError as failed:
        hand_to_person(round_id, failed.cause)
        return failed.cause
    return None
