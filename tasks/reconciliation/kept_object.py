"""Whether an object still is what the audit log says was written."""

from typing import Final, NamedTuple

from models.audit.discrepancy import DiscrepancyKind
from models.errors import IntegrityError
from storage.bootstrap import Repositories
from storage.objects.archive import RecordType
from storage.objects.store import ObjectMissingError


class ObjectFaults(NamedTuple):
    """What is said of one sort of object that is not there, or not as it was written."""

    lost: DiscrepancyKind
    changed: DiscrepancyKind


FORM: Final = ObjectFaults(DiscrepancyKind.FORM_LOST, DiscrepancyKind.FORM_CHANGED)
UPLOAD: Final = ObjectFaults(DiscrepancyKind.UPLOAD_LOST, DiscrepancyKind.UPLOAD_CHANGED)
READINGS: Final = ObjectFaults(DiscrepancyKind.READINGS_LOST, DiscrepancyKind.READINGS_CHANGED)
STATED: Final = ObjectFaults(DiscrepancyKind.STATED_LOST, DiscrepancyKind.STATED_CHANGED)
FACES: Final = ObjectFaults(DiscrepancyKind.FACES_LOST, DiscrepancyKind.FACES_CHANGED)
CHECKS: Final = ObjectFaults(DiscrepancyKind.CHECKS_LOST, DiscrepancyKind.CHECKS_CHANGED)
DECISION: Final = ObjectFaults(DiscrepancyKind.DECISION_LOST, DiscrepancyKind.DECISION_CHANGED)
PORTRAIT: Final = ObjectFaults(DiscrepancyKind.PORTRAIT_LOST, DiscrepancyKind.PORTRAIT_CHANGED)
BINDING: Final = ObjectFaults(DiscrepancyKind.BINDING_LOST, DiscrepancyKind.BINDING_CHANGED)
TOMBSTONE: Final = ObjectFaults(DiscrepancyKind.TOMBSTONE_LOST, DiscrepancyKind.TOMBSTONE_CHANGED)


def open_record(
    repositories: Repositories,
    key: str,
    record_type: type[RecordType],
    digest: str | None,
    faults: ObjectFaults,
) -> RecordType | DiscrepancyKind:
    """A sealed record, or what is wrong with it.

    Args:
        repositories: Where it is kept.
        key: Under which name.
        record_type: What it is.
        digest: The one that the log names; None where it names none.
        faults: What is said of it.
    """
    try:
        return repositories.archive.get_record(key, record_type, digest)
    except ObjectMissingError:
        return faults.lost
    except IntegrityError:
        return faults.changed
