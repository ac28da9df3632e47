"""The end of a batch: the audit chain's head is kept where the database cannot take it back."""

from collections import Counter

from models.audit import EventTag
from storage.open import Office
from tasks.stages.employer_results import publish_result


def close_batch(office: Office, batch_id: str) -> None:
    """Count a batch's outcomes into the audit log and anchor the log's head."""
    cases = office.cases.rounds(batch_id=batch_id)
    counts = Counter(case.outcome.value if case.outcome else "undecided" for case in cases)
    office.audit.append(
        EventTag.BATCH_FINISHED,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"batch": batch_id, **dict(sorted(counts.items()))},
        # Counted again when a later run finished what this one left.
        once=f"{batch_id}:finished:{counts['undecided']}",
    )
    for ref in sorted({case.employer_ref for case in cases if case.employer_ref}):
        publish_result(office, ref)
    office.audit.anchor(office.archive)
