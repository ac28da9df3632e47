"""One event of the log, as a batch that begins writes it."""

from models.audit.event import EventTag


def append(log, key):
    return log.append(
        EventTag.BATCH_STARTED,
        application_id=None,
        round_id=None,
        actor="machine",
        idempotency_key=key,
    )
