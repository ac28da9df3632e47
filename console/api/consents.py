"""Consents over HTTP: the texts that are agreed to, taking one back, deletion on request."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query

from console.api.answers import DeletionAnswer, WithdrawalAnswer, WithdrawalRequest
from console.api.applications import ApplicationId
from console.api.calls import DELETE, TEXT, WITHDRAW
from console.api.guard import ShownKey
from console.api.problems import ProblemError, fault
from console.repositories import OpenRepositories
from models.clock import CHINA
from models.errors import SettingError
from models.intake.application import ConsentKind, PersonRole
from models.intake.consent_text import ConsentText
from models.notices.exchange import ApiKey
from storage.bootstrap import Repositories
from tasks.consents.delete_application import DeletionRefusal, delete_application
from tasks.consents.withdraw_consent import withdraw_consent
from tasks.intake.take_in_submissions import client_actor
from tasks.policy.consent_text import find_consent_text

router = APIRouter()
Region = Annotated[str, Query(pattern=r"^[0-9]{6}$")]
Version = Annotated[str | None, Query(max_length=64)]


@router.get(TEXT.path, response_model=ConsentText, summary=TEXT.en)
def text(
    repositories: OpenRepositories,
    kind: Annotated[ConsentKind, Path()],
    region: Region = "000000",
    version: Version = None,
) -> ConsentText:
    """Give a text in both languages: the version in force in a place today, or the one named."""
    today = dt.datetime.now(CHINA).date()
    shelf = repositories.policies
    try:
        found = find_consent_text(shelf, kind, region=region, on=today, version=version)
    except SettingError:
        found = None
    if found is None:
        raise ProblemError(404)
    return found


@router.post(WITHDRAW.path, response_model=WithdrawalAnswer, summary=WITHDRAW.en)
def withdraw(
    repositories: OpenRepositories,
    key: ShownKey,
    application_id: ApplicationId,
    asked: WithdrawalRequest,
) -> WithdrawalAnswer:
    """Take a consent back; asked again it changes nothing."""
    _check_own(repositories, key, application_id)
    done = withdraw_consent(
        repositories,
        application_id,
        asked.kind,
        by=asked.by,
        actor=client_actor(key.client),
        now=dt.datetime.now(dt.UTC),
    )
    if done is None:
        raise ProblemError(404)
    return WithdrawalAnswer(
        application_id=application_id, faces_deleted=done.faces_deleted, binding=done.binding
    )


@router.delete(DELETE.path, response_model=DeletionAnswer, summary=DELETE.en)
def delete(
    repositories: OpenRepositories,
    key: ShownKey,
    application_id: ApplicationId,
    asked_by: PersonRole,
) -> DeletionAnswer:
    """Delete everything of an application; the audit log keeps the proof."""
    _check_own(repositories, key, application_id)
    done = delete_application(
        repositories,
        application_id,
        asked_by=asked_by,
        actor=client_actor(key.client),
        now=dt.datetime.now(dt.UTC),
    )
    if done.refused is DeletionRefusal.UNKNOWN:
        raise ProblemError(404)
    if done.refused is not None:
        refusal = fault("application_id", done.refused.zh, done.refused.en)
        raise ProblemError(409, [refusal], kind=done.refused.value)
    return DeletionAnswer(application_id=application_id, proof=done.proof)


def _check_own(repositories: Repositories, key: ApiKey, application_id: str) -> None:
    """Only the client whose program handed an application in may ask about it."""
    if not repositories.submissions.rounds_of(key.client, application_id):
        raise ProblemError(404)
