"""Take applications in: understand the form, keep the pictures, register the round."""

import contextlib
import datetime as dt
import hashlib
import secrets
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.cases.case_round import ApplicationRound, Registration, Stage
from models.cases.retention import RetentionClass
from models.intake.application import Application
from models.intake.arrival import Arrival, ArrivedFile, EmployerBatch
from storage.bootstrap import Repositories
from storage.database.named_lock import named_lock
from storage.intake.inbox import ApplicationFolder
from storage.intake.open_inbox import open_inbox
from tasks.intake.answered_round import (
    AnsweredRound,
    Uploads,
    answered_round,
    carried_over,
    kept_contents,
)
from tasks.intake.application_match_keys import application_match_keys
from tasks.intake.examine_files import ExaminedFiles, examine_files
from tasks.intake.objections import record_objection
from tasks.intake.parse_batch import parse_batch, parse_list
from tasks.intake.parse_form import ParsedForm
from tasks.intake.read_form import read_form
from tasks.intake.take_up import batch_lock_name
from tasks.reports.employer_results import keep_list
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import ARRIVAL, arrival_key
from tasks.rounds.row_digests import match_key_rows, rows_detail
from tasks.rounds.terms import days_used
from tasks.rounds.withdrawals import carry_withdrawals

_NOTHING: Final = ExaminedFiles((), {}, ())


class IntakeResult(NamedTuple):
    """What an inbox held.

    Attributes:
        round_ids: Every application of the inbox, new or known, in the order of the folders.
        batch_ids: The batches that hold applications without an outcome, to be verified.
        new: How many had not been seen before.
    """

    round_ids: tuple[str, ...]
    batch_ids: tuple[str, ...]
    new: int


def take_in_inbox(
    repositories: Repositories, location: str, *, shard: int, still_seconds: int = 0
) -> IntakeResult:
    """Take in every whole application folder of an inbox, in batches of at most `shard`.

    Args:
        repositories: Where everything is kept.
        location: A folder, or `s3://bucket/prefix`.
        shard: Applications in a batch, at least 1.
        still_seconds: A folder that changed since is left for the next time; settings go before.
    """
    inbox = open_inbox(location, repositories.settings, still_seconds=still_seconds)
    employers_list = inbox.batch_text()
    ref = _keep_list(repositories, employers_list)
    received_at = dt.datetime.now(dt.UTC)
    run = f"B{received_at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    round_ids: list[str] = []
    batches: dict[str, None] = {}
    new, batch_id = 0, ""
    with contextlib.ExitStack() as filling:
        for folder in inbox.folders():
            if batch_id != (batch_id := f"{run}-{new // shard + 1:03}"):
                # Nobody verifies a batch that is still being filled.
                filling.close()
                filling.enter_context(named_lock(repositories.engine, batch_lock_name(batch_id)))
            round_, known = take_in(
                repositories,
                folder,
                batch_id=batch_id,
                received_at=received_at,
                employers_list=employers_list,
                employer_ref=ref,
            )
            round_ids.append(round_.round_id)
            new += not known
            if round_.outcome is None and round_.batch_id:
                batches[round_.batch_id] = None
    return IntakeResult(tuple(dict.fromkeys(round_ids)), tuple(batches), new)


def take_in(
    repositories: Repositories,
    folder: ApplicationFolder,
    *,
    batch_id: str | None,
    received_at: dt.datetime,
    employers_list: str | None = None,
    employer_ref: str | None = None,
) -> tuple[ApplicationRound, bool]:
    """Take one folder in; the same content again is the same round and adds nothing.

    Returns:
        The round, and whether it was known.
    """
    form, parsed = read_form(repositories.policies, folder)
    application = parsed.application
    answered = answered_round(repositories, application) if application else None
    examined = _examined(repositories, application, folder, answered)
    draft = _draft(folder, form, parsed, examined, answered, employers_list)
    registration = _register(repositories, application, draft, batch_id, received_at, employer_ref)
    round_ = registration.round
    if not round_.deleted(RetentionClass.PICTURES):
        # What retention deleted does not come back by the same folder.
        _keep(repositories, round_, draft, examined, answered)
    return round_, registration.known


def _draft(
    folder: ApplicationFolder,
    form: bytes,
    parsed: ParsedForm,
    examined: ExaminedFiles,
    answered: AnsweredRound | None,
    employers_list: str | None,
) -> Arrival:
    """What came, with what counts on from the round that it answers; nothing is kept yet."""
    application = parsed.application
    name = application.application_id if application else folder.name
    employer_batch = parse_batch(employers_list, {name, folder.name})
    own = [file for file in examined.files if file.file in folder.files()]
    draft = Arrival(
        application_id=name,
        application=application,
        files=examined.files,
        findings=parsed.findings + examined.findings,
        digest=_digest(form, own, employer_batch),
        papers_digest=_digest(form, own, None),
        employer_batch=employer_batch,
    )
    return _with_carried(draft, application, answered, own) if application and answered else draft


def _register(
    repositories: Repositories,
    form: Application | None,
    draft: Arrival,
    batch_id: str | None,
    received_at: dt.datetime,
    employer_ref: str | None,
) -> Registration:
    listed = draft.employer_batch is not None and draft.employer_batch.listed
    return repositories.cases.register(
        draft.application_id,
        draft.digest,
        batch_id=batch_id,
        region=form.deciding_region if form else None,
        product=form.product if form else None,
        channel=form.channel if form else None,
        submitted_at=form.submitted_at if form else None,
        employer_ref=employer_ref if listed else None,
        received_at=received_at,
    )


def _keep(
    repositories: Repositories,
    round_: ApplicationRound,
    draft: Arrival,
    examined: ExaminedFiles,
    answered: AnsweredRound | None,
) -> None:
    """Keep pictures, form and match keys, and say so in the log.

    A run may have been killed between the registration and here: a known round is kept again,
    for each of these writes happens once.
    """
    for content in examined.contents.values():
        repositories.archive.keep_upload(content)
    key = arrival_key(round_.round_id)
    arrival, kept = repositories.archive.find_or_keep(key, Arrival, lambda: draft)
    carry_withdrawals(repositories, round_)
    # A round that went on has keys from its papers too, which must stay.
    if arrival.application and round_.stage is Stage.TAKEN_IN:
        repositories.match_keys.save(
            round_.round_id, application_match_keys(arrival.application, arrival)
        )
    _record_arrival(repositories, round_, arrival, kept)
    if answered and answered.objected:
        record_objection(repositories, round_, answered.round, arrival)
    elif answered and round_.round == answered.round.round + 1:
        _note_answer(repositories, round_, arrival)


def _record_arrival(
    repositories: Repositories, round_: ApplicationRound, arrival: Arrival, kept: str
) -> None:
    details: dict[str, Detail] = {
        "files": len(arrival.files),
        "codes": sorted({found.code.value for found in arrival.findings}),
        "content": arrival.digest,
        "received_at": round_.received_at.isoformat(),
        ARRIVAL: kept,
        **rows_detail(match_key_rows(repositories, round_)),
    }
    understood = arrival.application is not None
    tag = EventTag.APPLICATION_RECEIVED if understood else EventTag.APPLICATION_REFUSED
    record_event(repositories, round_, tag, details)


def _keep_list(repositories: Repositories, text: str | None) -> str | None:
    """The hash of the employer's delivery; None where no list came, or none that names one."""
    listed = parse_list(text) if text else None
    if listed is None or not (listed.employer_id and listed.batch_id and listed.application_ids):
        return None
    return keep_list(repositories, listed)


def _examined(
    repositories: Repositories,
    application: Application | None,
    folder: ApplicationFolder,
    answered: AnsweredRound | None,
) -> ExaminedFiles:
    """The files of a form; those that it names and the office has need not lie in the folder."""
    if application is None:
        return _NOTHING
    if answered is None:
        return examine_files(application, folder)
    contents = kept_contents(repositories, answered, application, folder.files())
    return examine_files(application, Uploads(folder, answered.earlier, contents))


def _with_carried(
    draft: Arrival, application: Application, answered: AnsweredRound, own: list[ArrivedFile]
) -> Arrival:
    """What the round before left standing counts on."""
    entries = carried_over(application, draft.files, answered.earlier)
    files = tuple(answered.earlier.files[entry.file] for entry in entries)
    again = [file.file for file in draft.files if file not in own]
    documents = application.documents + entries
    return draft.model_copy(
        update={
            "application": application.model_copy(update={"documents": documents}),
            "files": draft.files + files,
            "carried": (*again, *(entry.file for entry in entries)),
        }
    )


def _note_answer(repositories: Repositories, round_: ApplicationRound, arrival: Arrival) -> None:
    """The return is answered, and the office's clock goes on."""
    details: dict[str, Detail] = {"round": round_.round, "carried": len(arrival.carried)}
    record_event(repositories, round_, EventTag.RETURN_ANSWERED, details)
    used: dict[str, Detail] = {"round": round_.round, "days_used": days_used(repositories, round_)}
    record_event(repositories, round_, EventTag.CLOCK_RESUMED, used)


def _digest(form: bytes, files: list[ArrivedFile], batch: EmployerBatch | None) -> str:
    """One SHA-256 over the form and every usable file that came, in the form's order.

    An employer's list counts with it: completing the list is a new handing-in.
    """
    whole = hashlib.sha256(hashlib.sha256(form).digest())
    for file in files:
        whole.update(f"{file.file}\0{file.digest}\0".encode())
    if batch is not None:
        whole.update(batch.model_dump_json().encode())
    return whole.hexdigest()
