"""Stage three: every rule is asked, all answers are kept."""

from models.audit.event import EventTag
from models.cases.case_round import Stage
from models.decision.check_report import CheckReport
from models.decision.decision import Dossier
from storage.bootstrap import Repositories
from tasks.checks import check_application
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import checks_key, load_dossier, policy_for
from tasks.verification.earlier_applications import all_match_keys, with_past


def cross_check(repositories: Repositories, round_id: str) -> None:
    """Hold the papers against themselves, each other, the form, the policy and the history."""
    case = repositories.cases.get(round_id)
    dossier = load_dossier(repositories, round_id)
    if dossier is not None:
        key = checks_key(round_id)
        if not repositories.archive.exists(key):
            repositories.archive.put_record(key, _report(repositories, round_id, dossier))
        report = repositories.archive.get_record(key, CheckReport)
        record_event(
            repositories,
            case,
            EventTag.APPLICATION_CHECKED,
            {
                "policy": report.policy_version,
                "answers": [f"{r.check}={r.verdict.value}" for r in report.results],
                "relationship": report.kinship.answer.value if report.kinship else "",
            },
        )
    repositories.cases.advance(round_id, Stage.CHECKED)


def _report(repositories: Repositories, round_id: str, dossier: Dossier) -> CheckReport:
    case = repositories.cases.get(round_id)
    # What the papers tell is known only now; the next application is compared with all of it.
    match_keys = all_match_keys(repositories, case, dossier)
    repositories.cases.save_match_keys(round_id, match_keys)
    complete = with_past(repositories, case, dossier, match_keys)
    policy = policy_for(repositories, dossier.application)
    return check_application(complete, policy, repositories.policies.divisions)
