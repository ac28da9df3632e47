"""One outcome from all answers: approve only what is proven, blame nobody for what is unclear."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from models.checks.finding import CheckVerdict, Finding, Subject
from models.checks.reason import Reason, Severity
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier, Outcome
from models.intake.application import Relationship
from models.kinship.claim import KinshipAnswer
from models.policy.policy import Policy
from models.reading.document import NO_SECOND_READER
from tasks.checks import CHECK_NAMES
from tasks.decision.proof_class import proof_class_of
from tasks.wording.word_findings import word_findings

_IDENTITY: Final = frozenset(
    {
        Reason.ID_NUMBER_INVALID,
        Reason.BIRTH_DATE_INVALID,
        Reason.NAMES_DIFFER,
        Reason.BIRTH_DATES_DIFFER,
        Reason.SEX_OR_NUMBER_CONFLICT,
        Reason.ID_NUMBER_USED_BY_ANOTHER,
    }
)
"""While one of these is open it is not settled who the person is."""

_RESTS_ON_IDENTITY: Final = {
    Reason.APPLICANT_LIMIT_REACHED: frozenset({Subject.APPLICANT}),
    Reason.MEMBER_LIMIT_REACHED: frozenset({Subject.MEMBER}),
    Reason.ALREADY_BOUND: frozenset({Subject.APPLICANT, Subject.MEMBER}),
    Reason.NOTHING_TO_UNBIND: frozenset({Subject.APPLICANT, Subject.MEMBER}),
    Reason.BINDING_ONESELF: frozenset({Subject.APPLICANT, Subject.MEMBER}),
}
"""Reasons that say something about a person, which a mistyped number would say of a stranger."""

_PLACE: Final = frozenset({Reason.CHANNEL_NOT_OFFERED})
"""While the place is in doubt, no rule of a place is the last word."""


def decide(
    dossier: Dossier,
    report: CheckReport,
    policy: Policy,
    *,
    decided_at: dt.datetime,
    round_number: int = 1,
) -> Decision:
    """Turn the answers of all checks into one outcome.

    Args:
        dossier: What was checked.
        report: What the checks answered, under this policy.
        policy: The rules for this case.
        decided_at: The moment to record, with its offset.
        round_number: Which round of the case this is, from 1.

    Returns:
        The outcome with every finding. Anything unexpected (an answer that is missing, another
        policy's answers) leads to a person, never to an approval.
    """
    unread = [f for paper in dossier.readings if paper.unread for f in paper.findings]
    findings = _told_once([*(f for result in report.results for f in result.findings), *unread])
    outcome = _outcome(dossier, report, policy, findings)
    if outcome is Outcome.RETURNED and round_number >= policy.rounds.max_rounds:
        last = policy.rounds.after_last
        outcome = Outcome.REJECTED if last == "rejected" else Outcome.IN_REVIEW
    return Decision(
        application_id=dossier.application.application_id,
        round=round_number,
        outcome=outcome,
        decided_at=decided_at,
        policy_version=policy.version,
        findings=_said_once(
            word_findings(
                findings,
                outcome,
                dossier.application,
                kinds={paper.place: paper.kind for paper in dossier.readings},
                decisive=_decisive(outcome, policy, findings),
            )
        ),
        relationship=report.kinship,
        face=dossier.face,
        proof_class=(
            proof_class_of(dossier, report.kinship, policy)
            if outcome is Outcome.APPROVED and report.kinship
            else None
        ),
        second_reader_missing=any(NO_SECOND_READER in p.engine for p in dossier.readings),
    )


def _outcome(
    dossier: Dossier, report: CheckReport, policy: Policy, findings: tuple[Finding, ...]
) -> Outcome:
    if dossier.application.objection is not None or any(p.unread for p in dossier.readings):
        return Outcome.IN_REVIEW
    failed = [f for f in findings if _is_sure(f)]
    if any(f.code in policy.codes.rejected and not _disputed(f, findings) for f in failed):
        return Outcome.REJECTED
    if any(f.code in policy.codes.returned for f in failed):
        return Outcome.RETURNED
    if all(f.severity is Severity.INFO for f in findings) and _proven(dossier, report, policy):
        return Outcome.APPROVED
    return Outcome.IN_REVIEW


def _decisive(
    outcome: Outcome, policy: Policy, findings: tuple[Finding, ...]
) -> Collection[Reason]:
    """The reasons that the outcome rests on; after the last round a rejection is for a return's."""
    rejected = {f.code for f in findings if f.code in policy.codes.rejected and _is_sure(f)}
    return rejected if outcome is Outcome.REJECTED and rejected else policy.codes.returned


def _is_sure(found: Finding) -> bool:
    return found.verdict is CheckVerdict.FAILED and found.severity is Severity.ERROR


def _disputed(rejecting: Finding, findings: tuple[Finding, ...]) -> bool:
    """Whether the same fact is also in doubt, so that the machine must not have the last word."""
    people = _RESTS_ON_IDENTITY.get(rejecting.code, frozenset())
    return any(
        (f.code in {rejecting.code, *_PLACE} and f.verdict is CheckVerdict.CANNOT_TELL)
        or (f.code in _IDENTITY and f.severity is not Severity.INFO and f.subject in people)
        for f in findings
    )


def _proven(dossier: Dossier, report: CheckReport, policy: Policy) -> bool:
    """Whether every check was asked once, under this policy, and passed, kinship included."""
    kinship, claimed = report.kinship, dossier.application.relationship
    return (
        report.policy_version == policy.version
        and tuple(result.check for result in report.results) == CHECK_NAMES
        and all(result.verdict is CheckVerdict.PASSED for result in report.results)
        and claimed not in {None, Relationship.OTHER}
        and kinship is not None
        and kinship.answer is KinshipAnswer.PROVEN
        and kinship.claimed is claimed
        and kinship.derived == (claimed,)
    )


def _told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the checks, each only once, the weightiest first of twins."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    kept: dict[tuple[object, ...], Finding] = {}
    for found in sorted(findings, key=lambda f: order[f.severity]):
        kept.setdefault((found.code, found.subject, found.verdict, found.evidence), found)
    return tuple(kept.values())


def _said_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings that are told in one and the same sentence are one, with all of their evidence."""
    kept: dict[tuple[object, ...], Finding] = {}
    for found in findings:
        key = (found.code, found.severity, found.verdict, found.message, found.detail)
        same = kept.get(key, found)
        evidence = tuple(dict.fromkeys((*same.evidence, *found.evidence)))
        update = {"evidence": evidence, "subject": same.subject or found.subject}
        kept[key] = same.model_copy(update=update)
    return tuple(kept.values())
