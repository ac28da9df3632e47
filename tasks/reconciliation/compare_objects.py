"""The objects of one round against the digests in the audit log."""

from collections.abc import Iterator
from typing import Final

from models.audit.discrepancy import DiscrepancyKind
from models.cases.case_round import ApplicationRound, Stage
from models.cases.retention import RetentionClass
from models.decision.check_report import CheckReport
from models.errors import IntegrityError
from models.faces.face_verdict import FaceVerdict
from models.intake.arrival import Arrival
from models.reading.document import Readings
from models.reading.stated_value import StatedComparisons
from models.record import Record
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.reconciliation.kept_object import (
    CHECKS,
    FACES,
    FORM,
    PORTRAIT,
    READINGS,
    STATED,
    UPLOAD,
    ObjectFaults,
    open_record,
)
from tasks.reconciliation.round_log import RoundLog
from tasks.rounds.round_results import (
    FAULT,
    arrival_key,
    checks_key,
    decision_key,
    face_key,
    readings_key,
    stated_key,
)

_DELETED_FACES: Final = "faces"


def compare_objects(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, *, pictures: bool
) -> Iterator[DiscrepancyKind]:
    """Everything of a round that is lost or is not as it was written, retention left out.

    Args:
        repositories: Where everything is kept.
        case: The round.
        log: What the log says of it.
        pictures: Whether each upload is opened; else only whether it is there.
    """
    records = not case.deleted(RetentionClass.RECORDS)
    if records:
        arrival = _open(repositories, log, arrival_key(case.round_id), Arrival, FORM)
        yield from _fault(arrival)
        if isinstance(arrival, Arrival) and not case.deleted(RetentionClass.PICTURES):
            yield from _uploads(repositories, arrival, log, pictures=pictures)
    if not case.deleted(RetentionClass.READINGS):
        yield from _results(repositories, case, log)
    if records and checks_key(case.round_id) in log.objects:
        report = _open(repositories, log, checks_key(case.round_id), CheckReport, CHECKS)
        yield from _fault(report)


def _results(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[DiscrepancyKind]:
    key = readings_key(case.round_id)
    # Of a round that the machine could not finish, a person has all that there is.
    unfinished = repositories.archive.exists(decision_key(case.round_id, FAULT))
    expected = case.stage is not Stage.TAKEN_IN and not unfinished
    if key in log.objects or expected:
        readings = _open(repositories, log, key, Readings, READINGS)
        yield from _fault(readings)
        if isinstance(readings, Readings):
            yield from _portraits(repositories, case, log, readings)
    if stated_key(case.round_id) in log.objects:
        stated = _open(repositories, log, stated_key(case.round_id), StatedComparisons, STATED)
        yield from _fault(stated)
    if face_key(case.round_id) in log.objects:
        yield from _fault(_open(repositories, log, face_key(case.round_id), FaceVerdict, FACES))


def _portraits(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, readings: Readings
) -> Iterator[DiscrepancyKind]:
    """The cut-out faces, which go with the pictures and with the consent to faces."""
    if case.deleted(RetentionClass.PICTURES) or _DELETED_FACES in log.deleted:
        return
    keys = [paper.portrait for paper in readings.papers if paper.portrait]
    yield from sorted({f for key in keys if (f := _opening_fault(repositories, key, PORTRAIT))})


def _uploads(
    repositories: Repositories, arrival: Arrival, log: RoundLog, *, pictures: bool
) -> Iterator[DiscrepancyKind]:
    """One fault for the round, however many of its files are concerned."""
    # Selfies go with the consent to faces; the log says how many objects went.
    spared = log.deleted.get(_DELETED_FACES, 0)
    digests = {file.digest for file in arrival.files}
    states = [_upload_fault(repositories, digest, pictures=pictures) for digest in digests]
    if states.count(UPLOAD.lost) > spared:
        yield UPLOAD.lost
    if UPLOAD.changed in states:
        yield UPLOAD.changed


def _upload_fault(
    repositories: Repositories, digest: str, *, pictures: bool
) -> DiscrepancyKind | None:
    key = upload_key(digest)
    if not pictures:
        return None if repositories.archive.exists(key) else UPLOAD.lost
    return _opening_fault(repositories, key, UPLOAD)


def _opening_fault(
    repositories: Repositories, key: str, faults: ObjectFaults
) -> DiscrepancyKind | None:
    """What is wrong with a sealed object, which opens as what it was or not at all."""
    try:
        repositories.archive.get_bytes(key)
    except ObjectMissingError:
        return faults.lost
    except IntegrityError:
        return faults.changed
    return None


def _open(
    repositories: Repositories,
    log: RoundLog,
    key: str,
    record_type: type[Record],
    faults: ObjectFaults,
) -> Record | DiscrepancyKind:
    return open_record(repositories, key, record_type, log.objects.get(key), faults)


def _fault(found: Record | DiscrepancyKind) -> Iterator[DiscrepancyKind]:
    if isinstance(found, DiscrepancyKind):
        yield found
