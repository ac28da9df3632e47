"""Why an application was decided as it was: each rule that was asked, and what met it or did not.

Everything comes from the answers that were archived when it was decided; nothing is asked again.
"""

from models.cases.case_round import ApplicationRound
from models.checks.finding import CheckVerdict, Evidence, Finding, Message
from models.checks.reason import Reason, Severity
from models.checks.rule import Rule
from models.decision.check_report import CheckReport
from models.decision.decision import Outcome
from models.record import Record
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.checks.rule_table import DECLARED
from tasks.rounds.round_results import checks_key, load_decision


class ExplainedCheck(Record):
    """One check of one application.

    Attributes:
        check: Its name.
        zh: The statement that should hold; the name where this version knows no such check.
        rules: The rules that it enforces.
        verdict: The archived answer.
        met_by: What a pass rests on, masked.
        unmet: Why it did not pass, with what that was seen on, masked.
    """

    check: str
    zh: str
    rules: tuple[Rule, ...]
    verdict: CheckVerdict
    met_by: tuple[Evidence, ...]
    unmet: tuple[Finding, ...]


class Explanation(Record):
    """One decided round.

    Attributes:
        decided_by: "machine", or who decided.
        policy_version: The rules in force when it was decided.
        relationship: How the papers show the relation, or do not; None where none was claimed.
        checks: In the order of asking; empty for a form that could not be judged.
        codes: The reasons of the decision in force; a person's may differ from the checks'.
    """

    application_id: str
    round: int
    outcome: Outcome
    decided_by: str
    policy_version: str
    relationship: Message | None
    checks: tuple[ExplainedCheck, ...]
    codes: tuple[Reason, ...]


def explain_application(repositories: Repositories, application_id: str) -> Explanation | None:
    """Explain the latest decided round of an application; None where there is none.

    Args:
        repositories: Where everything is kept.
        application_id: As handed in.
    """
    for case in reversed(repositories.cases.find(application_id)):
        if case.outcome is not None and (explained := _explain(repositories, case)):
            return explained
    return None


def _explain(repositories: Repositories, case: ApplicationRound) -> Explanation | None:
    decision = load_decision(repositories, case.round_id)
    if decision is None:
        return None
    report = _report(repositories, case.round_id)
    weighty = (f.code for f in decision.findings if f.severity is not Severity.INFO)
    return Explanation(
        application_id=case.application_id,
        round=case.round,
        outcome=decision.outcome,
        decided_by=decision.decided_by,
        policy_version=decision.policy_version,
        relationship=report.kinship.path if report and report.kinship else None,
        checks=explained_checks(report) if report else (),
        codes=tuple(sorted(set(weighty))),
    )


def _report(repositories: Repositories, round_id: str) -> CheckReport | None:
    """The archived answers; a form that could not be judged was never checked."""
    try:
        return repositories.archive.get_record(checks_key(round_id), CheckReport)
    except ObjectMissingError:
        return None


def explained_checks(report: CheckReport) -> tuple[ExplainedCheck, ...]:
    """Every answer with the rules behind it."""
    explained = []
    for result in report.results:
        said = DECLARED.get(result.check)
        explained.append(
            ExplainedCheck(
                check=result.check,
                zh=said.zh if said else result.check,
                rules=said.rules if said else (),
                verdict=result.verdict,
                met_by=result.evidence,
                unmet=result.findings,
            )
        )
    return tuple(explained)
