"""Run every check again with the corrections of people; nothing of it is kept."""

import datetime as dt
from typing import NamedTuple

from models.cases.case_round import ApplicationRound
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier
from models.policy.policy import Policy
from models.reading.document import DocumentReading
from models.reviews.review_work import ClaimedReview
from storage.bootstrap import Repositories
from tasks.decision.decide import decide
from tasks.identity.assign_documents import AssignedDocuments
from tasks.reviewing.corrections.apply_corrections import Corrections, with_corrections
from tasks.rounds.round_context import RoundContext
from tasks.verification.cross_check import check_dossier


class Recheck(NamedTuple):
    """What the checks say of a case as it stands now.

    Attributes:
        read: What the machine read, nothing corrected.
        dossier: With the corrected readings.
        papers: Whose paper each of them is, as the checks took it.
        decision: What the machine would decide.
    """

    read: tuple[DocumentReading, ...]
    dossier: Dossier
    papers: AssignedDocuments
    policy: Policy
    report: CheckReport
    decision: Decision


def recheck_case(repositories: Repositories, case: ClaimedReview) -> Recheck | None:
    """Check the round of a case again; None for one whose form cannot be judged.

    Raises:
        SettingError: No policy is in force there and then.
    """
    round_ = repositories.cases.get(case.review.round_id)
    return recheck(repositories, round_, corrections_of(repositories, case))


def corrections_of(repositories: Repositories, case: ClaimedReview) -> Corrections:
    """The corrections in force; who takes a second look sees none that were made before it."""
    since = case.review.opened_at if case.kind.is_second_look else None
    return repositories.corrections.in_force(case.review.round_id, since=since)


def recheck(
    repositories: Repositories, round_: ApplicationRound, corrections: Corrections
) -> Recheck | None:
    """Check a round again; None for one whose form cannot be judged.

    Raises:
        SettingError: No policy is in force there and then.
    """
    context = RoundContext(repositories, round_)
    if context.dossier is None:
        return None
    policy, read = context.policy, context.dossier.readings
    corrected = context.dossier.model_copy(update={"readings": with_corrections(read, corrections)})
    dossier, papers, report = check_dossier(context, corrected)
    decision = decide(
        dossier,
        report,
        policy,
        decided_at=dt.datetime.now(dt.UTC),
        round_number=context.round.round,
    )
    return Recheck(read, dossier, papers, policy, report, decision)
