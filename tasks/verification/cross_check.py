"""Step four: every check is asked, all answers are kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound, MatchKey, Stage
from models.decision.check_report import CheckReport
from models.decision.decision import Dossier, Resubmission
from models.identity.division import Divisions
from models.policy.policy import Policy
from storage.bootstrap import Repositories
from tasks.checks import ask_checks, prepare_checks
from tasks.checks.check_context import CheckContext
from tasks.identity.assign_documents import AssignedDocuments
from tasks.identity.other_people import is_about_others
from tasks.intake.application_match_keys import (
    application_match_keys,
    certificate_match_keys,
    household_match_keys,
    picture_match_keys,
)
from tasks.rounds.round_context import HandedOn, RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import STATED, checks_key, load_arrival
from tasks.rounds.row_digests import match_key_rows, rows_detail


class CheckedDossier(NamedTuple):
    """What was checked, with what earlier applications tell, and what the checks answered.

    Attributes:
        papers: Whose paper each reading is, as the checks took it.
    """

    dossier: Dossier
    papers: AssignedDocuments
    report: CheckReport


def cross_check(
    repositories: Repositories,
    round_id: str,
    readings: str,
    faces: str | None,
    stated: str | None = None,
) -> str | None:
    """Hold the papers against themselves, each other, the form, the policy and the history.

    Args:
        repositories: Where everything is kept.
        round_id: The round.
        readings: Digest of what reading kept.
        faces: Digest of what the comparison of the faces kept.
        stated: Digest of what the comparison of stated values kept; None for a round of a
            version that made none.

    Returns:
        The digest of the report; None for a form that cannot be judged.
    """
    handed_on = HandedOn(readings=readings, faces=faces, stated=stated)
    context = RoundContext.load(repositories, round_id, handed_on)
    dossier, digest = context.dossier, None
    if dossier is not None:
        report, digest = repositories.archive.find_or_keep(
            checks_key(round_id),
            CheckReport,
            lambda: check_dossier(context, dossier, save_match_keys=True).report,
        )
        record_event(
            repositories,
            context.round,
            EventTag.APPLICATION_CHECKED,
            {
                "policy": report.policy_version,
                "answers": [f"{r.check}={r.verdict.value}" for r in report.results],
                "relationship": report.kinship.answer.value if report.kinship else "",
                **({STATED: stated} if stated else {}),
                **rows_detail(match_key_rows(repositories, context.round)),
            },
        )
    repositories.cases.advance(round_id, Stage.CHECKED)
    return digest


def check_dossier(
    context: RoundContext,
    dossier: Dossier,
    *,
    save_match_keys: bool = False,
    prepare: Callable[[Dossier, Policy, Divisions], CheckContext] = prepare_checks,
    ask: Callable[[CheckContext], CheckReport] = ask_checks,
) -> CheckedDossier:
    """Ask every check about a dossier of this round, with what is on file today.

    Args:
        context: The round.
        dossier: What is known of it; its readings may have been corrected.
        save_match_keys: Whether later applications are compared with what its papers tell.
        prepare: `prepare_checks`, or what gives its answers again.
        ask: `ask_checks`, or what gives its answers again.

    Raises:
        SettingError: No policy is in force there and then.
    """
    checks = prepare(dossier, context.policy, context.repositories.policies.divisions)
    complete = with_history(context, dossier, checks.papers, save_match_keys=save_match_keys)
    # The checks take the readings as `prepare_checks` left them.
    asked = complete.model_copy(update={"readings": checks.dossier.readings})
    return CheckedDossier(complete, checks.papers, ask(replace(checks, dossier=asked)))


def with_history(
    context: RoundContext,
    dossier: Dossier,
    papers: AssignedDocuments,
    *,
    save_match_keys: bool = False,
) -> Dossier:
    """A dossier of this round with what is on file about it today; see `check_dossier`."""
    stored, form = context.repositories.match_keys, dossier.application
    match_keys = _match_keys(context, dossier, papers)
    if save_match_keys:
        stored.save(context.round.round_id, match_keys)
    history = stored.history(
        form.application_id, match_keys, product=form.product, relationship=form.relationship
    )
    return dossier.model_copy(update={"history": history, "turn": _resubmission(context)})


def _match_keys(
    context: RoundContext, dossier: Dossier, papers: AssignedDocuments
) -> tuple[MatchKey, ...]:
    """What the form, the files and the papers tell that others can be compared with."""
    rules = context.policy.reading
    return (
        *application_match_keys(dossier.application, context.arrival),
        *certificate_match_keys(dossier.readings, rules),
        *household_match_keys(dossier.readings, rules),
        *picture_match_keys(papers, context.repositories.archive.get_bytes),
    )


def _resubmission(context: RoundContext) -> Resubmission:
    """Which submission of its application the round is, and how the one before ended."""
    number = context.round.round
    if number == 1:
        return Resubmission()
    earlier = _round_before(context.repositories, context.round)
    before, now = load_arrival(context.repositories, earlier.round_id), context.arrival
    digests = {before.papers_digest, now.papers_digest}
    return Resubmission(
        number=number,
        earlier=earlier.outcome,
        same_papers=len(digests) == 1 and "" not in digests,
        other_people=(
            before.application is not None
            and now.application is not None
            and is_about_others(now.application, before.application)
        ),
    )


def _round_before(repositories: Repositories, round_: ApplicationRound) -> ApplicationRound:
    rounds = repositories.cases.find(round_.application_id)
    return next(earlier for earlier in rounds if earlier.round == round_.round - 1)
