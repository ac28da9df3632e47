"""What is exchanged with other programs: API keys, submissions, notices and their deliveries."""

from enum import StrEnum

from pydantic import AwareDatetime

from models.intake.application import Channel
from models.record import Record


class ApiKey(Record):
    """A key with which a client's program hands applications in; the key itself is kept nowhere.

    Attributes:
        key_id: Names the key in lists and in the audit log.
        client: Whose program it is; a client may hold two keys while one replaces the other.
        channels: The channels for which it may hand in; empty: all of them.
        last_used_at: To the minute.
    """

    key_id: str
    client: str
    channels: tuple[Channel, ...] = ()
    created_at: AwareDatetime
    last_used_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None


class IssuedKey(Record):
    """A new key in clear; it is shown once."""

    secret: str
    key: ApiKey


class Submission(Record):
    """One handing-in over HTTP.

    Attributes:
        submission_id: Time and random digits; names its objects.
        round_id: None until it is taken in.
    """

    submission_id: str
    client: str
    application_id: str
    received_at: AwareDatetime
    round_id: str | None = None


class NoticeKind(StrEnum):
    """What a notice tells."""

    DECIDED = "application.decided"
    BINDING_ENDED = "binding.ended"
    BINDING_SUSPENDED = "binding.suspended"
    BINDING_RESUMED = "binding.resumed"


class Notice(Record):
    """Something that the outside is told, exactly once in words and at least once in deed.

    Attributes:
        notice_id: The same for the same event, however often it is sent.
        outcome: The outcome, or the binding's state.
        body: The JSON that is sent, byte for byte; personal values in it are masked.
    """

    notice_id: str
    kind: NoticeKind
    application_id: str
    round_id: str
    outcome: str
    happened_at: AwareDatetime
    body: str


class Destination(StrEnum):
    """Where notices go."""

    WEBHOOK = "webhook"
    FOLDER = "folder"


class DeliveryState(StrEnum):
    """How far a notice is on its way to one destination."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"

    @property
    def zh(self) -> str:
        """The state in Chinese."""
        return {"waiting": "待送达", "delivered": "已送达", "given_up": "已放弃"}[self.value]


class NoticeDelivery(Record):
    """One notice on its way to one destination.

    Attributes:
        tries: How often it was sent.
        problem: Why the last try failed, in a few words of ours; empty where none failed.
    """

    notice_id: str
    kind: NoticeKind
    application_id: str
    outcome: str
    happened_at: AwareDatetime
    destination: Destination
    state: DeliveryState
    tries: int
    first_tried_at: AwareDatetime | None = None
    next_try_at: AwareDatetime
    delivered_at: AwareDatetime | None = None
    problem: str = ""


class ClaimedNotice(Record):
    """A notice that is being sent now; nobody else sends it meanwhile.

    Attributes:
        tries: This one counted.
    """

    notice: Notice
    destination: Destination
    tries: int
    first_tried_at: AwareDatetime
