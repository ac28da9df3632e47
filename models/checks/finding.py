"""Findings: what a check has to say about an application, with its evidence."""

from enum import StrEnum

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.record import Record


class CheckVerdict(StrEnum):
    """The three answers of every check. "Cannot tell" is never blamed on the applicant."""

    PASSED = "passed"
    FAILED = "failed"
    CANNOT_TELL = "cannot_tell"


class Subject(StrEnum):
    """Whom or what a finding is about."""

    APPLICANT = "applicant"
    MEMBER = "member"
    APPLICATION = "application"


class Message(Record):
    """One sentence, in both languages, that an applicant understands."""

    zh: str
    en: str


class Evidence(Record):
    """Where a finding can be seen. A personal value in it is masked.

    Attributes:
        document: The file as the application names it, or "application.json".
        field: The field on that paper, or None for the paper as a whole.
        value: What stands there, masked where personal.
        place: Which paper of a file of several it is (`DocumentReading.place`); None for the first.
    """

    document: str
    field: str | None = None
    value: str | None = None
    place: str | None = None


class Finding(Record):
    """One reason, with its severity in this application and what it rests on.

    Attributes:
        verdict: Why it is raised: a check failed, or could not tell. Only a failed check may
            return or reject an application; what could not be told goes to a person.
        message: For the office while it is open; a decision words it for the applicant.
        detail: What a reviewer should know beside the reason's title; not told to applicants.
    """

    code: Reason
    severity: Severity
    message: Message
    subject: Subject | None = None
    verdict: CheckVerdict = CheckVerdict.FAILED
    evidence: tuple[Evidence, ...] = ()
    detail: Message | None = None


class CheckResult(Record):
    """The answer of one named check.

    Attributes:
        check: The check's name: the function that gave the answer.
        verdict: Passed, failed, or cannot tell.
        findings: Why, when it did not pass; an informative note may accompany a pass.
        evidence: What the answer rests on, also when it passed.
    """

    check: str
    verdict: CheckVerdict
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def finding(
    code: Reason,
    *evidence: Evidence,
    subject: Subject | None = None,
    verdict: CheckVerdict = CheckVerdict.FAILED,
    zh: str = "",
    en: str = "",
) -> Finding:
    """Word a finding from the catalogue of reasons.

    Args:
        code: The reason.
        *evidence: Where it can be seen.
        subject: Whom it is about.
        verdict: `FAILED` keeps the catalogue's severity; `CANNOT_TELL` lowers an error to a
            warning, because a person has to look first.
        zh: A Chinese addition that names this case (file, field), without personal values.
        en: The same in English.
    """
    reason = REASONS[code]
    severity = reason.severity
    if verdict is CheckVerdict.CANNOT_TELL and severity is Severity.ERROR:
        severity = Severity.WARNING
    return Finding(
        code=code,
        severity=severity,
        message=Message(
            zh=f"{reason.zh}{f'（{zh}）' if zh else ''}。",
            en=f"{reason.en}{f' ({en})' if en else ''}.",
        ),
        detail=Message(zh=zh, en=en) if zh and en else None,
        subject=subject,
        verdict=verdict,
        evidence=evidence,
    )
