"""An office in a temporary folder, and invented applications decided in it."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from models.decision.decision import Dossier
from models.intake.arrival import Arrival
from models.reading.document import Readings
from storage.bootstrap import Repositories
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import arrival_key, face_key, readings_key
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round

RECEIVED = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def decided(repositories):
    """Archives a dossier as intake, reading and comparing would have, and decides it."""

    def settle(dossier: Dossier, application_id: str, received: dt.datetime = RECEIVED):
        return decide_dossier(repositories, dossier, application_id, received)

    return settle


def decide_dossier(
    repositories: Repositories, dossier: Dossier, application_id: str, received: dt.datetime
) -> ApplicationRound:
    form = dossier.application.model_copy(update={"application_id": application_id})
    digest = f"{application_id}-{received:%s}"
    arrival = Arrival(application_id=application_id, application=form, digest=digest)
    case = repositories.cases.register(
        application_id,
        digest,
        batch_id="b",
        received_at=received,
        region=form.deciding_region,
        product=form.product,
        channel=form.channel,
        submitted_at=form.submitted_at,
    ).round
    repositories.archive.put_record(arrival_key(case.round_id), arrival)
    record_event(repositories, case, EventTag.APPLICATION_RECEIVED, {"content": digest})
    key, papers = readings_key(case.round_id), Readings(papers=dossier.readings)
    readings = repositories.archive.find_or_keep(key, Readings, lambda: papers).digest
    if dossier.face:
        repositories.archive.put_record(face_key(case.round_id), dossier.face)
    report = cross_check(repositories, case.round_id, readings, None)
    decide_round(repositories, case.round_id, readings, None, report)
    return repositories.cases.get(case.round_id)
