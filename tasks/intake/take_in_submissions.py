"""Take in what programs handed in over HTTP: at once, or later where that was cut short."""

import datetime as dt
import logging
import secrets
from typing import Final

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from models.errors import StorageUnavailableError
from models.notices.exchange import Submission
from storage.bootstrap import Repositories
from storage.operator_log import log_failure, working_on
from tasks.intake.take_in import IntakeResult, take_in
from tasks.rounds.round_events import record_event

_LOG: Final = logging.getLogger(__name__)
_SETTLED: Final = dt.timedelta(minutes=2)
"""Whoever received a submission takes it in within seconds; after this long it was cut short."""


def take_in_submission(repositories: Repositories, submission: Submission) -> ApplicationRound:
    """Make a round of a submission; the same content again is the same round.

    The round gets no batch yet: programs submit one by one, and `take_in_submissions` puts
    together what is worth a run.

    Raises:
        ObjectMissingError: It was taken in already.
    """
    sealed = repositories.submissions.open(submission)
    round_, known = take_in(repositories, sealed, batch_id=None, received_at=submission.received_at)
    record_event(
        repositories,
        round_,
        EventTag.APPLICATION_SUBMITTED,
        {"parcel": submission.submission_id, "files": len(sealed.files()), "known": known},
        key=submission.submission_id,
        actor=client_actor(submission.client),
    )
    repositories.submissions.taken(submission, round_.round_id, dt.datetime.now(dt.UTC))
    return round_


def take_in_left_over(repositories: Repositories, now: dt.datetime) -> int:
    """Take in submissions whose receiver died before it could; say how many those were."""
    taken = 0
    for submission in repositories.submissions.waiting(now - _SETTLED):
        try:
            take_in_submission(repositories, submission)
        except StorageUnavailableError:
            raise
        except Exception as error:  # one that cannot be taken in must not hold up the others
            with working_on(submission.submission_id):
                place = log_failure("taking in", error).place
            _LOG.error("submission %s: %s", submission.submission_id, place)
        else:
            taken += 1
    return taken


def take_in_submissions(repositories: Repositories, *, shard: int) -> IntakeResult:
    """Everything that came over HTTP and has no outcome, in batches of at most `shard`.

    Args:
        repositories: Where everything is kept.
        shard: Applications in a batch, at least 1.
    """
    now = dt.datetime.now(dt.UTC)
    take_in_left_over(repositories, now)
    repositories.submissions.tidy(now)
    run = f"H{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    batches = repositories.submissions.gather(run, shard)
    rounds = [
        round_ for batch_id in batches for round_ in repositories.cases.rounds(batch_id=batch_id)
    ]
    fresh = sum(round_.outcome is None for round_ in rounds)
    return IntakeResult(tuple(round_.round_id for round_ in rounds), batches, fresh)


def client_actor(client: str) -> str:
    """How a client is named in the audit log; no member of staff has such a name."""
    return f"client:{client}"
