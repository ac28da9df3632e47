"""Handing an application in, and asking how far it is."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, BinaryIO

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response

from console.api.answers import (
    AcceptedAnswer,
    ApplicationState,
    ObjectionRequest,
    OutcomeAnswer,
)
from console.api.calls import OBJECT, PREFIX, STATE, SUBMIT
from console.api.examine import examine_upload
from console.api.guard import ShownKey
from console.api.problems import ProblemError, fault
from console.api.upload import Upload, receive_upload
from console.repositories import OpenRepositories
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.notices.exchange import ApiKey
from storage.bootstrap import Repositories
from storage.intake.submissions import ApplicationTakenError
from tasks.intake.objections import objection_form
from tasks.intake.parse_form import FORM_FILE
from tasks.intake.take_in_submissions import take_in_submission
from tasks.notices.masked_outcome import masked_outcome
from tasks.rounds.round_results import load_arrival, load_decision

router = APIRouter()
ApplicationId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
RoundNumber = Annotated[int | None, Query(alias="round", ge=1, le=99)]


@router.post(
    SUBMIT.path, status_code=SUBMIT.status, response_model=AcceptedAnswer, summary=SUBMIT.en
)
async def hand_in(request: Request, repositories: OpenRepositories, key: ShownKey) -> Response:
    """Take an application in: `application` is its `application.json`, `files` are its pictures."""
    async with receive_upload(request) as upload:
        case = await to_thread.run_sync(
            _accept, repositories, key, upload, limiter=request.app.state.taking_in
        )
    address = f"{PREFIX}/applications/{case.application_id}"
    accepted = AcceptedAnswer(
        application_id=case.application_id,
        round=case.round,
        received_at=case.received_at,
        state=f"{address}?round={case.round}",
    )
    return JSONResponse(
        accepted.model_dump(mode="json"), SUBMIT.status, headers={"location": accepted.state}
    )


@router.post(
    OBJECT.path, status_code=OBJECT.status, response_model=AcceptedAnswer, summary=OBJECT.en
)
def object_to_outcome(
    repositories: OpenRepositories,
    key: ShownKey,
    application_id: ApplicationId,
    objection: ObjectionRequest,
) -> AcceptedAnswer:
    """Object to the last outcome of an application of this client: a person decides again.

    The documents of the round before stay; to add others, hand the application in once more with
    `objection` in its form.
    """
    if not repositories.submissions.rounds_of(key.client, application_id):
        raise ProblemError(404)
    now = dt.datetime.now(dt.UTC)
    form = objection_form(repositories, application_id, objection.text, now)
    if form is None:
        zh = "最近一次提交未被拒绝或退回，或材料已删除，无法提出异议"
        en = "the last round was neither rejected nor returned, or is deleted"
        raise ProblemError(409, [fault("application_id", zh, en)], kind="nothing-to-object-to")
    content = form.model_dump_json().encode()
    kept = repositories.submissions.keep(
        key.client, application_id, [(FORM_FILE, lambda: content)], now=now
    )
    return _accepted(take_in_submission(repositories, kept))


@router.get(STATE.path, response_model=ApplicationState, summary=STATE.en)
def state(
    repositories: OpenRepositories,
    key: ShownKey,
    application_id: ApplicationId,
    number: RoundNumber = None,
) -> ApplicationState:
    """Tell how far an application of this client is: its last round, or the one asked for."""
    rounds = [
        repositories.cases.get(round_id)
        for round_id in repositories.submissions.rounds_of(key.client, application_id)
    ]
    wanted = [case for case in rounds if number in {None, case.round}]
    if not wanted:
        raise ProblemError(404)
    case = max(wanted, key=lambda one: one.round)
    return ApplicationState(
        application_id=case.application_id,
        round=case.round,
        received_at=case.received_at,
        state=case.outcome.value if case.outcome else "received",
        outcome=_outcome_of(repositories, case),
    )


def _accept(repositories: Repositories, key: ApiKey, upload: Upload) -> ApplicationRound:
    application = examine_upload(upload.form, upload.files, key)
    contents: list[tuple[str, Callable[[], bytes]]] = [(FORM_FILE, lambda: upload.form)]
    contents += [(name, _content_of(file)) for name, file in upload.files.items()]
    try:
        submission = repositories.submissions.keep(
            key.client, application.application_id, contents, now=dt.datetime.now(dt.UTC)
        )
    except ApplicationTakenError:
        raise ProblemError(409) from None
    return take_in_submission(repositories, submission)


def _accepted(case: ApplicationRound) -> AcceptedAnswer:
    address = f"{PREFIX}/applications/{case.application_id}"
    return AcceptedAnswer(
        application_id=case.application_id,
        round=case.round,
        received_at=case.received_at,
        state=f"{address}?round={case.round}",
    )


def _content_of(file: BinaryIO) -> Callable[[], bytes]:
    return lambda: file.read()


def _outcome_of(repositories: Repositories, case: ApplicationRound) -> OutcomeAnswer | None:
    if case.outcome is None or case.deleted(RetentionClass.RECORDS):
        return None
    decision = load_decision(repositories, case.round_id)
    if decision is None or decision.outcome is not case.outcome:
        return None  # it is being settled at this moment
    application = load_arrival(repositories, case.round_id).application
    return OutcomeAnswer.model_validate(masked_outcome(decision, application, case.application_id))
