"""Delete what retention no longer allows, with proof: ordered in the audit log, done, counted.

Nothing of an application is deleted before its last round has a final outcome. A picture that
another application shows too stays until the last of them may go.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.clock import CHINA
from models.decision.decision import Outcome
from models.errors import IntegrityError
from models.policy.measures import RetentionRules
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import (
    arrival_key,
    checks_key,
    decision_key,
    face_key,
    load_arrival,
    portraits_prefix,
    readings_key,
    stated_key,
)
from tasks.rounds.withdrawals import withdrawals_prefix

FLOW: Final = "purge-expired"
_FINAL: Final = frozenset({Outcome.APPROVED, Outcome.REJECTED})


def purge_expired(repositories: Repositories, now: dt.datetime) -> dict[RetentionClass, int]:
    """Delete everything whose time is over; again deletes nothing.

    What it costs goes with what is due and with what ended in the days in which places differ,
    not with all that ever was.

    Returns:
        How many rounds lost each class of what was kept.
    """
    counts = dict.fromkeys(RetentionClass, 0)
    terms = [rules.retention for rules in repositories.policies.all_rules()]
    for what in RetentionClass:
        ended = now - dt.timedelta(days=min(_days(term, what) for term in terms))
        for rounds in repositories.retention.kept(what, ended):
            counts[what] += _purge(repositories, rounds, what, now)
    return counts


def _days(rules: RetentionRules, what: RetentionClass) -> int:
    """How long a class is kept."""
    return int(getattr(rules, f"{what.value}_days"))


def _purge(
    repositories: Repositories,
    rounds: Sequence[ApplicationRound],
    what: RetentionClass,
    now: dt.datetime,
) -> int:
    """Delete a class of an application's rounds, the last one last: by that it is found again."""
    due = [case for case in rounds if what in expired(repositories, case, rounds[-1], now)]
    for case in due:
        delete_class(repositories, case, what, now, actor=FLOW)
    return len(due)


def expired(
    repositories: Repositories, case: ApplicationRound, last: ApplicationRound, now: dt.datetime
) -> Iterator[RetentionClass]:
    """The classes of a round that are still kept and whose time is over.

    Args:
        repositories: Where the policies are.
        case: The round.
        last: The application's last round.
        now: The present.
    """
    if last.outcome not in _FINAL or last.decided_at is None:
        return
    rules = _rules(repositories, case)
    age = (now - last.decided_at).days
    for what in RetentionClass:
        if not case.deleted(what) and age > _days(rules, what):
            yield what


def _rules(repositories: Repositories, case: ApplicationRound) -> RetentionRules:
    """The place's own; the country's for an application that could not be read."""
    day = (case.submitted_at or case.received_at).astimezone(CHINA).date()
    return repositories.policies.for_case(case.region or "000000", day, None).retention


def delete_class(
    repositories: Repositories,
    case: ApplicationRound,
    what: RetentionClass,
    now: dt.datetime,
    *,
    actor: str,
) -> None:
    """Order the deletion of one class of a round, delete, look whether it is gone, and say so.

    The keys that sealed it are destroyed first: copies in backups, and what a lock of the store
    still holds, open for nobody.

    Raises:
        IntegrityError: The store still holds some of it.
        SettingError: Likewise, because it is locked.
    """
    keys = sorted(_objects(repositories, case, what))
    proof = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    ordered: dict[str, Detail] = {"class": what.value, "objects": len(keys), "keys": proof}
    key = what.value
    record_event(repositories, case, EventTag.DELETION_ORDERED, ordered, key=key, actor=actor)
    words = repositories.retention.places_of_words(case.round_id, what)
    destroyed = repositories.archive.destroy_keys((*keys, *words), now)
    for name in keys:
        repositories.archive.delete(name)
    if left := [name for name in keys if repositories.archive.exists(name)]:
        msg = (
            f"{len(left)} 个对象未能删除，可能受存储桶的锁定期保护。"
            f" {len(left)} objects could not be deleted; the store's lock may hold them"
        )
        raise IntegrityError(msg)
    done: dict[str, Detail] = {
        "class": what.value,
        "objects": len(keys),
        "left": 0,
        "data_keys": destroyed,
    }
    record_event(repositories, case, EventTag.OBJECT_DELETED, done, key=key, actor=actor)
    repositories.retention.mark_deleted(case.round_id, what, now)


def _objects(
    repositories: Repositories, case: ApplicationRound, what: RetentionClass
) -> Iterator[str]:
    """The keys of what is to go."""
    if what is RetentionClass.PICTURES:
        yield from repositories.archive.store.keys(portraits_prefix(case.round_id))
        yield from (upload_key(digest) for digest in _own_uploads(repositories, case))
    elif what is RetentionClass.READINGS:
        yield readings_key(case.round_id)
        yield stated_key(case.round_id)
        yield face_key(case.round_id)
    else:
        yield arrival_key(case.round_id)
        yield from repositories.archive.store.keys(withdrawals_prefix(case.round_id))
        yield checks_key(case.round_id)
        yield from repositories.archive.store.keys(decision_key(case.round_id, ""))


def _own_uploads(repositories: Repositories, case: ApplicationRound) -> set[str]:
    """Digests that no other round needs any more."""
    try:
        files = load_arrival(repositories, case.round_id).files
    except ObjectMissingError:
        return set()
    return {
        file.digest
        for file in files
        if not repositories.match_keys.file_is_needed(file.digest, case.round_id)
    }
