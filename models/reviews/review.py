"""A case that waits for a person."""

from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime

from models.decision.decision import Outcome
from models.record import Record


class ReviewState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"
    SETTLED = "settled"


SECOND_LOOK: Final = "second_look"
"""The subject of a review of what a person had decided; nothing follows from it."""
APPLICATION: Final = "application"
"""The subject of a review that decides an application; others are about its binding."""


class ReviewCase(Record):
    """One round that a person decides.

    Attributes:
        codes: The reasons for which the machine did not decide.
        due_at: The end of the working-day term.
        due_provisional: That day may still move; see `models.deadline`.
        escalated_at: When the term was noticed to be over (S01).
        turn: How often the round has been put before people, from 1.
        subject: `application`, or what is to be verified again about its binding.
        holder: Who has it on the desk.
        lease_until: When it falls back to the queue if the holder does nothing.
        outcome: What the person decided.
        decided_codes: The reasons that the person gave.
        note: The person's own words, decrypted; may be personal, so never log it.
        settle_after: Until then the decision can be taken back; None: it takes effect at once.
    """

    review_id: str
    round_id: str
    application_id: str
    state: ReviewState
    codes: tuple[str, ...]
    opened_at: AwareDatetime
    due_at: AwareDatetime
    due_provisional: bool = False
    escalated_at: AwareDatetime | None = None
    turn: int = 1
    subject: str = APPLICATION
    holder: str | None = None
    lease_until: AwareDatetime | None = None
    outcome: Outcome | None = None
    decided_codes: tuple[str, ...] = ()
    note: str = ""
    decided_at: AwareDatetime | None = None
    settled_at: AwareDatetime | None = None
    settle_after: AwareDatetime | None = None
