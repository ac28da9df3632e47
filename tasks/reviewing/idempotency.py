"""Idempotency keys: a request that a program repeats after a broken line is carried out once."""

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

from models.errors import KinbindError
from models.record import Record
from storage.bootstrap import Repositories

KEPT: Final = dt.timedelta(days=2)
"""A program that repeats does so within minutes; a weekend's outage is outlived."""
AnswerType = TypeVar("AnswerType", bound=Record)


class IdempotencyKeyReusedError(KinbindError):
    """One key was sent with two different requests."""


def act_once(
    repositories: Repositories,
    staff: str,
    key: str,
    content: str,
    answer_type: type[AnswerType],
    act: Callable[[], AnswerType],
    *,
    now: dt.datetime | None = None,
) -> AnswerType:
    """Do it and keep the answer in the same transaction; asked again, give that answer.

    What is refused is not kept: it may be possible the next time.

    Args:
        repositories: Where everything is kept.
        staff: Who asks; keys of others are others.
        key: The request's own, chosen by the program.
        content: The request, so that no other one gets its answer.
        answer_type: What the answer is; it is kept as it stands, so it holds nothing personal.
        act: What is to be done.
        now: The present.

    Raises:
        IdempotencyKeyReusedError: This person sent the key with another request.
    """
    digest = repositories.keyring.fingerprint("idempotent request", content)
    moment = now or dt.datetime.now(dt.UTC)
    with repositories.unit_of_work():
        kept = repositories.kept_answers.find(staff, key, not_before=moment - KEPT)
        if kept is None:
            answer = act()
            repositories.kept_answers.keep(staff, key, digest, answer.model_dump_json(), moment)
            return answer
    if kept.digest != digest:
        raise IdempotencyKeyReusedError("An idempotency key was sent with another request.")
    return answer_type.model_validate_json(kept.answer)
