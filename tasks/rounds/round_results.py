"""Where each stage's result lies, and how the next one finds it."""

from collections.abc import Mapping
from typing import Final

from models.decision.decision import Decision
from models.intake.application import Application
from models.intake.arrival import Arrival
from models.policy.policy import Policy
from models.reading.document import Readings
from storage.bootstrap import Repositories
from tasks.rounds.withdrawals import arrival_in_force

ARRIVAL: Final = "arrival"
"""Under this detail, as under the next ones, an audit event names the digest of an object."""
READINGS: Final = "readings"
STATED: Final = "stated"
FACES: Final = "faces"
CHECKS: Final = "checks"
DECISION: Final = "decision"
DECISION_NAME: Final = "decision_name"
"""Which decision that is: the last part of its key."""
MACHINE: Final = "machine"
FAULT: Final = "fault"
EXPIRED: Final = "expired"


def arrival_key(round_id: str) -> str:
    """The form and the list of its files."""
    return f"arrivals/{round_id}"


def readings_key(round_id: str) -> str:
    """What was read."""
    return f"readings/{round_id}"


def portraits_prefix(round_id: str) -> str:
    """Under which the cut-out faces of a round lie."""
    return f"portraits/{round_id}/"


def portrait_key(round_id: str, number: int) -> str:
    """The cut-out face of one paper."""
    return f"{portraits_prefix(round_id)}{number}"


def stated_key(round_id: str) -> str:
    """The form's values held against the pictures."""
    return f"stated/{round_id}"


def face_key(round_id: str) -> str:
    """The face verdict."""
    return f"faces/{round_id}"


def checks_key(round_id: str) -> str:
    """The answers of all checks."""
    return f"checks/{round_id}"


def decision_key(round_id: str, by: str) -> str:
    """A decision: of the machine, a fault, a term that ran out, or a reviewer."""
    return f"decisions/{round_id}/{by}"


def load_arrival(repositories: Repositories, round_id: str) -> Arrival:
    """What intake left, with the consents that still hold."""
    arrival = repositories.archive.get_record(arrival_key(round_id), Arrival)
    return arrival_in_force(repositories.archive, round_id, arrival)


def load_readings(repositories: Repositories, round_id: str) -> Readings:
    """What reading left."""
    return repositories.archive.get_record(readings_key(round_id), Readings)


def load_decision(repositories: Repositories, round_id: str) -> Decision | None:
    """The decision in force, None before there is one.

    The latest one counts. The hand-over of a round that the machine could not finish counts
    before what the machine had meant to do at the same moment.
    """
    prefix = decision_key(round_id, "")
    made = {
        key.removeprefix(prefix): repositories.archive.get_record(key, Decision)
        for key in repositories.archive.store.keys(prefix)
    }
    return made[latest_decision(made)] if made else None


def latest_decision(made: Mapping[str, Decision]) -> str:
    """Which of several decisions is in force, by its name.

    Raises:
        ValueError: There is none.
    """
    return max(made, key=lambda by: (made[by].decided_at, by != "machine", by))


def policy_for(repositories: Repositories, application: Application) -> Policy:
    """The rules of the place and day of an application.

    Raises:
        SettingError: No policy is in force there and then.
    """
    return repositories.policies.for_case(
        application.deciding_region, application.submitted_on, application.product
    )
