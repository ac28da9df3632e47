"""Delete every face of an application: cut-out faces, selfies and the prints made of them."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.errors import IntegrityError
from models.intake.arrival import Arrival
from models.reading.document import DocumentKind, Readings
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import load_arrival, portraits_prefix, readings_key

_FACES: Final = "faces"


def delete_faces(repositories: Repositories, rounds: Iterable[ApplicationRound], actor: str) -> int:
    """Delete the faces of an application, with the order and the proof in the audit log.

    A selfie that another application shows too stays for that one.

    Returns:
        How many objects and prints are gone.

    Raises:
        IntegrityError: The store still holds some of them.
    """
    return sum(_of_round(repositories, round_, actor) for round_ in rounds)


def _of_round(repositories: Repositories, round_: ApplicationRound, actor: str) -> int:
    archive = repositories.archive
    keys = sorted(key for key in _keys(repositories, round_) if archive.exists(key))
    proof = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    ordered: dict[str, Detail] = {"class": _FACES, "objects": len(keys), "keys": proof}
    if keys:
        record_event(
            repositories, round_, EventTag.DELETION_ORDERED, ordered, key=proof, actor=actor
        )
    for key in keys:
        archive.delete(key)
    if left := [key for key in keys if archive.exists(key)]:
        msg = (
            f"{len(left)} 个对象未能删除，可能被存储的保留期锁定；请由运维解除后重试。"
            f" {len(left)} objects could not be deleted; lift the store's lock and try again."
        )
        raise IntegrityError(msg)
    destroyed = archive.destroy_keys(keys, dt.datetime.now(dt.UTC))
    prints = repositories.match_keys.forget_prints(round_.round_id)
    if keys or prints:
        done: dict[str, Detail] = {
            "class": _FACES,
            "objects": len(keys),
            "prints": prints,
            "left": 0,
            "data_keys": destroyed,
        }
        record_event(repositories, round_, EventTag.OBJECT_DELETED, done, key=proof, actor=actor)
    return len(keys) + prints


def _keys(repositories: Repositories, round_: ApplicationRound) -> Iterator[str]:
    yield from repositories.archive.store.keys(portraits_prefix(round_.round_id))
    if round_.deleted(RetentionClass.PICTURES):
        return
    for digest in _selfies(repositories, round_):
        if not repositories.match_keys.file_is_elsewhere(digest, round_.application_id):
            yield upload_key(digest)


def _selfies(repositories: Repositories, round_: ApplicationRound) -> set[str]:
    """Files that are selfies by the form or by what was read; nothing else may stand on them."""
    try:
        arrival = load_arrival(repositories, round_.round_id)
    except ObjectMissingError:
        return set()
    said = _said_to_be_selfies(arrival)
    key = readings_key(round_.round_id)
    if not repositories.archive.exists(key):
        return said
    papers = repositories.archive.get_record(key, Readings).papers
    shown = {p.digest for p in papers if p.kind is DocumentKind.SELFIE}
    documents = {
        p.digest for p in papers if p.kind not in {DocumentKind.SELFIE, DocumentKind.OTHER}
    }
    return (said | shown) - documents


def _said_to_be_selfies(arrival: Arrival) -> set[str]:
    entries = arrival.application.documents if arrival.application else ()
    named = {entry.file for entry in entries if entry.kind is DocumentKind.SELFIE}
    return {file.digest for file in arrival.files if file.file in named}
