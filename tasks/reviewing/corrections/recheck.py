"""Run every check again with the corrections of people; nothing of it reaches the disk."""

import datetime as dt
from typing import Final, NamedTuple

from models.cases.case_round import ApplicationRound
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier
from models.policy.policy import Policy
from models.reading.document import DocumentReading
from models.reviews.review_work import ClaimedReview
from storage.bootstrap import Repositories
from tasks.checks import ask_checks, prepare_checks
from tasks.decision.decide import decide
from tasks.identity.assign_documents import AssignedDocuments
from tasks.reviewing.corrections.apply_corrections import Corrections, with_corrections
from tasks.reviewing.corrections.kept_answers import KeptAnswers
from tasks.reviewing.samples.planted_doubt import PlantedDoubt, doubt_of, with_doubt
from tasks.rounds.round_context import RoundContext
from tasks.verification.cross_check import check_dossier

_ANSWERS: Final = KeptAnswers()


class Recheck(NamedTuple):
    """What the checks say of a case as it stands now.

    Attributes:
        read: What the machine read, nothing corrected; in a sample with the field that is shown
            as unsure.
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
    corrections = corrections_of(repositories, case)
    return recheck(repositories, round_, corrections, doubt_of(repositories, case))


def corrections_of(repositories: Repositories, case: ClaimedReview) -> Corrections:
    """The corrections in force; who takes a second look sees none that were made before it."""
    since = case.review.opened_at if case.kind.is_second_look else None
    return repositories.corrections.in_force(case.review.round_id, since=since)


def recheck(
    repositories: Repositories,
    round_: ApplicationRound,
    corrections: Corrections,
    doubt: PlantedDoubt | None = None,
) -> Recheck | None:
    """Check a round again; None for one whose form cannot be judged.

    Args:
        repositories: Where everything is kept.
        round_: The round.
        corrections: What people read, over what the machine read.
        doubt: A field that is shown as unsure.

    Raises:
        SettingError: No policy is in force there and then.
    """
    context = RoundContext(repositories, round_)
    if context.dossier is None:
        return None
    shown = with_doubt(context.dossier, doubt)
    policy, read = context.policy, shown.readings
    corrected = shown.model_copy(update={"readings": with_corrections(read, corrections)})
    dossier, papers, report = check_dossier(
        context,
        corrected,
        prepare=_ANSWERS.about(round_.round_id, prepare_checks),
        ask=_ANSWERS.about(round_.round_id, ask_checks),
    )
    decision = decide(
        dossier,
        report,
        policy,
        decided_at=dt.datetime.now(dt.UTC),
        round_number=context.round.round,
    )
    return Recheck(read, dossier, papers, policy, report, decision)
