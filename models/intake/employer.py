"""What an employer handed in together, and what the employer is told about it."""

from pydantic import AwareDatetime

from models.checks.finding import Message
from models.checks.reason import Reason
from models.deadline import Deadline
from models.record import Record


class EmployerList(Record):
    """An employer's list (单位批量清单) as it was understood.

    Attributes:
        application_ids: What the employer calls the applications, each once, in their order.
    """

    employer_id: str
    batch_id: str
    application_ids: tuple[str, ...]


class EmployerDelivery(Record):
    """One delivery as the case book knows it.

    Attributes:
        ref: Keyed hash of employer and batch.
        received_at: When its last application came in.
        applications: How many of the list came in.
        open: How many of those have no final outcome yet.
    """

    ref: str
    received_at: AwareDatetime
    applications: int
    open: int


class EmployerLine(Record):
    """One application as its employer is told of it.

    Attributes:
        application_id: As the employer calls it.
        outcome: One of the four, `under_way`, or `not_received`.
        codes: Reasons about the form, the papers and their pictures, which the employer sent.
        reasons: The same in words.
        withheld: There are reasons that only the applicant is told: about health, the family,
            faces, or other bindings.
        answer_by: Until when a return can be answered.
    """

    application_id: str
    outcome: str
    codes: tuple[Reason, ...] = ()
    reasons: tuple[Message, ...] = ()
    withheld: bool = False
    answer_by: Deadline | None = None


class EmployerResult(Record):
    """The result list of one delivery.

    Attributes:
        complete: Every listed application was received and decided, by people too.
    """

    employer_id: str
    batch_id: str
    complete: bool
    applications: tuple[EmployerLine, ...]
