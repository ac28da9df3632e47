"""Something that the machine began: how often, and why it came to nothing."""

from pydantic import AwareDatetime

from models.record import Record


class Attempt(Record):
    """What is remembered of what was begun and not finished.

    Attributes:
        subject: The digest of a file, or the identifier of a round.
        tries: How often it was begun.
        cause: Why it failed, a code or a place in our code; empty while it is at work, or where
            what did the work vanished.
        last_at: When it was begun last.
    """

    subject: str
    tries: int
    cause: str = ""
    last_at: AwareDatetime
