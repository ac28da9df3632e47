"""Idempotency keys: a request that a program repeats after a broken line is carried out once."""

import datetime as dt
import hmac
import json
from collections.abc import Callable
from typing import Final, TypeVar

from models.errors import IntegrityError, KinbindError
from models.record import Record
from storage.bootstrap import Repositories

KEPT: Final = dt.timedelta(days=2)
"""A program that repeats does so within minutes; a weekend's outage is outlived."""
_SEAL: Final = 64
"""Hexadecimal digits before an answer."""
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
        IntegrityError: Somebody else wrote the answer; nothing was done.
    """
    digest = repositories.keyring.fingerprint("idempotent request", content)
    moment = now or dt.datetime.now(dt.UTC)
    with repositories.unit_of_work():
        kept = repositories.kept_answers.find(staff, key, not_before=moment - KEPT)
        if kept is None:
            answer = act()
            text = answer.model_dump_json()
            sealed = _seal(repositories, (staff, key, digest, text)) + text
            repositories.kept_answers.keep(staff, key, digest, sealed, moment)
            return answer
    seal, text = kept.answer[:_SEAL], kept.answer[_SEAL:]
    if not hmac.compare_digest(seal, _seal(repositories, (staff, key, kept.digest, text))):
        raise IntegrityError(
            "保存的应答被改动，请查看案件现状，并运行 kinbind audit verify。"
            " A kept answer was changed: look at the case itself, and run: kinbind audit verify"
        )
    if kept.digest != digest:
        raise IdempotencyKeyReusedError("An idempotency key was sent with another request.")
    return answer_type.model_validate_json(text)


def _seal(repositories: Repositories, parts: tuple[str, str, str, str]) -> str:
    """What ties an answer to its request: nobody without the key makes another one of it."""
    return repositories.keyring.fingerprint("kept answer", json.dumps(parts))
