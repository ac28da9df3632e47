"""Beginning and end of a batch; at the end the chain's head is kept outside the database."""

from collections import Counter

from models.audit.event import EventTag
from storage.bootstrap import Repositories
from tasks.reports.employer_results import publish_result
from tasks.rounds.round_events import idempotency_key
from tasks.rounds.round_results import FAULT


def open_batch(repositories: Repositories, batch_id: str, run_id: str) -> None:
    """Say that a run begins to work on a batch; one line for each run."""
    repositories.audit.append(
        EventTag.BATCH_STARTED,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"batch": batch_id},
        idempotency_key=f"{batch_id}:started:{run_id}",
    )


def fault_key(round_id: str) -> str:
    """Under which the log keeps that the machine failed on a round."""
    return idempotency_key(round_id, EventTag.APPLICATION_DECIDED, FAULT)


def close_batch(repositories: Repositories, batch_id: str) -> None:
    """Count a batch's outcomes into the audit log and anchor the log's head."""
    rounds = repositories.cases.rounds(batch_id=batch_id)
    counts = Counter(round_.outcome.value if round_.outcome else "undecided" for round_ in rounds)
    faults = repositories.audit.count_known([fault_key(round_.round_id) for round_ in rounds])
    repositories.audit.append(
        EventTag.BATCH_FINISHED,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"batch": batch_id, "faults": faults, **dict(sorted(counts.items()))},
        # Counted again when a later run finished what this one left.
        idempotency_key=f"{batch_id}:finished:{counts['undecided']}",
    )
    for ref in sorted({round_.employer_ref for round_ in rounds if round_.employer_ref}):
        publish_result(repositories, ref)
    repositories.audit.anchor(repositories.archive)
