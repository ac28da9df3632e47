"""The round that a handing-in answers, with what the office has of it already."""

from collections.abc import Mapping
from typing import NamedTuple

from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.intake.application import Application
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.intake.carry_over import EarlierRound, earlier_round
from tasks.rounds.round_results import load_arrival, load_decision, load_readings


class AnsweredRound(NamedTuple):
    """A returned round, and what came with it."""

    case: ApplicationRound
    earlier: EarlierRound


def answered_round(repositories: Repositories, application: Application) -> AnsweredRound | None:
    """The returned round that an application says it answers; None where it answers none."""
    number = (application.round or 1) - 1
    rounds = repositories.cases.find(application.application_id) if number else ()
    case = next((c for c in rounds if c.round == number), None)
    if case is None or case.outcome is not Outcome.RETURNED:
        return None
    try:
        arrival, readings = (
            load_arrival(repositories, case.round_id),
            load_readings(repositories, case.round_id),
        )
    except ObjectMissingError:  # retention was quicker: everything has to come again
        return None
    decision = load_decision(repositories, case.round_id)
    if arrival.application is None or decision is None:
        return None
    return AnsweredRound(
        case, earlier_round(arrival.application, arrival.files, readings.papers, decision)
    )


def kept_contents(
    repositories: Repositories,
    answered: AnsweredRound,
    application: Application,
    present: Mapping[str, int],
) -> dict[str, bytes]:
    """Earlier files that the form names again and the folder does not hold."""
    wanted = {entry.file for entry in application.documents} - set(present)
    return {
        file: repositories.archive.get_bytes(upload_key(arrived.digest))
        for file, arrived in answered.earlier.files.items()
        if file in wanted and repositories.archive.exists(upload_key(arrived.digest))
    }
