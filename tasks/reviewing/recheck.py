"""Ask every check once more, with what people read; nothing of it is kept."""

import datetime as dt
from typing import NamedTuple

from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier
from models.policy.policy import Policy
from models.reading.document import DocumentReading
from storage.bootstrap import Repositories
from tasks.checks import check_application
from tasks.decision.decide import decide
from tasks.reviewing.apply_corrections import Corrections, with_corrections
from tasks.rounds.round_results import load_dossier, policy_for
from tasks.verification.earlier_applications import all_match_keys, with_past


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


def recheck(repositories: Repositories, round_id: str, corrections: Corrections) -> Recheck | None:
    """Check a round again; None for one whose form cannot be judged.

    Raises:
        SettingError: No policy is in force there and then.
    """
    dossier = load_dossier(repositories, round_id)
    if dossier is None:
        return None
    case = repositories.cases.get(round_id)
    policy = policy_for(repositories, dossier.application)
    corrected = with_corrections(dossier.readings, corrections)
    told = dossier.model_copy(update={"readings": corrected})
    seen = with_past(repositories, case, told, all_match_keys(repositories, case, told))
    report = check_application(seen, policy, repositories.policies.divisions)
    decision = decide(
        seen, report, policy, decided_at=dt.datetime.now(dt.UTC), round_number=case.round
    )
    return Recheck(dossier.readings, seen, policy, report, decision)
