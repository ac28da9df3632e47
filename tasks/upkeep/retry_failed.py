"""Give the machine back what the system failed on, once the cause is mended; nobody has to decide.

A round that somebody has on the desk, or has said something about, stays with that person.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from models.audit.event import EventTag
from models.cases.attempt import Attempt
from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.reviews.review import APPLICATION
from storage.bootstrap import Repositories
from storage.cases.round_rows import RoundMissingError
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import (
    checks_key,
    decision_key,
    face_key,
    portraits_prefix,
    readings_key,
    stated_key,
)

_RESULTS: Final = (readings_key, stated_key, face_key, checks_key)
_DIGEST: Final = 64
"""Length of a file's digest; a round's identifier has half of it."""


class RetryCounts(NamedTuple):
    """What was taken back.

    Attributes:
        rounds: Applications that the machine has again.
        with_people: Those that a person has begun, or has decided; they stay as they are.
        files: Files that had been set aside and may be tried again.
    """

    rounds: int
    with_people: int
    files: int


def retry_failed(
    repositories: Repositories, now: dt.datetime, *, since: dt.datetime | None, actor: str
) -> RetryCounts:
    """Take back what failed on the system, not on the papers; the next run verifies it.

    Args:
        repositories: Where everything is kept.
        now: The present.
        since: Only what failed at that moment or later; None: everything.
        actor: Who asks for it.
    """
    failures = tuple(repositories.attempts.failures(since))
    files = [failure.subject for failure in failures if len(failure.subject) == _DIGEST]
    # Before the rounds: one that comes up again at once finds its files free.
    repositories.attempts.forget(files)
    rounds = with_people = 0
    for failure in failures:
        case = _case(repositories, failure)
        if case is None or case.outcome is None:
            continue
        if _take_back(repositories, case, failure, now, actor):
            rounds += 1
        else:
            with_people += 1
    return RetryCounts(rounds, with_people, len(files))


def _case(repositories: Repositories, failure: Attempt) -> ApplicationRound | None:
    try:
        return repositories.cases.get(failure.subject)
    except RoundMissingError:
        return None


def _take_back(
    repositories: Repositories,
    case: ApplicationRound,
    failure: Attempt,
    now: dt.datetime,
    actor: str,
) -> bool:
    review = repositories.reviews.find(case.round_id, APPLICATION)
    if case.outcome is not Outcome.IN_REVIEW or review is None:
        return False
    if repositories.opinions.given(review.review_id):
        return False
    # From here on nobody can take the case; a run that is cut short here is made up for by the
    # next call, which finds the round in review and its failure still noted.
    if not repositories.reviews.withdraw(review.review_id, now) and review.settled_at is None:
        return False
    keys = sorted(_results(repositories, case))
    proof = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    record_event(
        repositories,
        case,
        EventTag.APPLICATION_RETRIED,
        {"cause": failure.cause, "objects": len(keys), "keys": proof},
        actor=actor,
    )
    for key in keys:
        repositories.archive.delete(key)
    with repositories.unit_of_work():
        repositories.cases.take_back(case.round_id)
        repositories.attempts.forget((case.round_id,))
    return True


def _results(repositories: Repositories, case: ApplicationRound) -> Iterator[str]:
    """Everything that the machine made of a round; what came in stays."""
    one = (make_key(case.round_id) for make_key in _RESULTS)
    yield from (key for key in one if repositories.archive.exists(key))
    yield from repositories.archive.store.keys(portraits_prefix(case.round_id))
    yield from repositories.archive.store.keys(decision_key(case.round_id, ""))
