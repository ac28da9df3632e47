"""Leave a line in the audit log about one round."""

from models.audit.event import Detail, EventTag, NewEvent
from models.cases.case_round import ApplicationRound
from storage.bootstrap import Repositories


def record_event(
    repositories: Repositories,
    round_: ApplicationRound,
    tag: EventTag,
    details: dict[str, Detail],
    *,
    key: str = "",
    actor: str = "machine",
) -> None:
    """Append one event of a round; the log keeps one for each tag and key.

    Args:
        repositories: Where the log is.
        round_: The round it is about.
        tag: What happened.
        details: Codes, counts and identifiers; nothing personal.
        key: Tells several events of one tag apart.
        actor: "machine", or a member of staff.
    """
    repositories.audit.append_many((round_event(round_, tag, details, key=key, actor=actor),))


def round_event(
    round_: ApplicationRound,
    tag: EventTag,
    details: dict[str, Detail],
    *,
    key: str = "",
    actor: str = "machine",
) -> NewEvent:
    """The event that `record_event` appends."""
    return NewEvent(
        tag=tag,
        application_id=round_.application_id,
        round_id=round_.round_id,
        actor=actor,
        details=details,
        idempotency_key=idempotency_key(round_, tag, key),
    )


def idempotency_key(round_: ApplicationRound, tag: EventTag, key: str = "") -> str:
    """Under which the log keeps one event of a round; each time the machine has it, one more."""
    again = f":again{round_.retries}" if round_.retries else ""
    return f"{round_.round_id}:{tag.value}:{key}{again}"
