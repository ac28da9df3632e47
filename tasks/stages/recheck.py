"""Ask every check once more, with what people read; nothing of it is kept."""

import datetime as dt
from typing import NamedTuple

from models.check import CheckReport
from models.decision import Decision, Dossier
from models.document import DocumentReading
from models.policy import Policy
from storage.open import Office
from tasks.checks import check_application
from tasks.corrections import Corrections, with_corrections
from tasks.decide import decide
from tasks.stages.results import load_arrival, load_dossier, policy_for
from tasks.stages.traces import traces_of


class Recheck(NamedTuple):
    """What the checks say of a case as it stands now.

    Attributes:
        read: What the machine read, nothing corrected.
        dossier: With the corrected readings.
        decision: What the machine would decide.
    """

    read: tuple[DocumentReading, ...]
    dossier: Dossier
    policy: Policy
    report: CheckReport
    decision: Decision


def recheck(office: Office, round_id: str, corrections: Corrections) -> Recheck | None:
    """Check a round again; None for one whose form cannot be judged.

    Raises:
        SettingError: No policy is in force there and then.
    """
    dossier = load_dossier(office, round_id)
    if dossier is None:
        return None
    application = dossier.application
    traces = traces_of(application, load_arrival(office, round_id))
    history = office.cases.history(application.application_id, traces, product=application.product)
    readings = with_corrections(dossier.readings, corrections)
    seen = dossier.model_copy(update={"history": history, "readings": readings})
    policy = policy_for(office, application)
    report = check_application(seen, policy, office.policies.divisions)
    decision = decide(seen, report, policy, decided_at=dt.datetime.now(dt.UTC))
    return Recheck(dossier.readings, seen, policy, report, decision)
