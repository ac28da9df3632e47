"""What every check is given, and how it words its answer."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import NamedTuple

from models.checks.finding import (
    CheckResult,
    CheckVerdict,
    Evidence,
    Finding,
    Message,
    Subject,
)
from models.checks.reason import Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Dossier
from models.identity.division import NO_DIVISIONS, Divisions
from models.identity.masking import mask_field
from models.intake.application import Application, PersonRole
from models.kinship.claim import KinshipAnswer, KinshipVerdict
from models.policy.policy import Policy
from models.policy.rule_group import AgeGroup
from tasks.identity.assign_documents import AssignedDocument, AssignedDocuments
from tasks.identity.birth_date import birth_date_of
from tasks.identity.identities import People, StatedPerson

FORM = "application.json"


@dataclass(frozen=True, slots=True)
class CheckContext:
    """One application with its papers sorted, the rules that bind it and the derived kinship."""

    dossier: Dossier
    papers: AssignedDocuments
    people: People
    policy: Policy
    kinship: KinshipVerdict | None
    divisions: Divisions = NO_DIVISIONS
    answers: "dict[Judge, CheckResult]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was asked about this very context already: some checks ask others."""

    @property
    def application(self) -> Application:
        """The form."""
        return self.dossier.application

    @property
    def on(self) -> dt.date:
        """The day by which everything is judged."""
        return self.people.today

    def stated(self, role: PersonRole) -> StatedPerson:
        """What the form says about one of the two."""
        return self.people.stated[role.value]

    def born(self, role: PersonRole) -> dt.date | None:
        """A person's birth date: inside the number, else on the member's birth certificate."""
        return birth_date_of(role, self.application, self.people, self.papers, self.policy.reading)

    @property
    def member_age(self) -> int | None:
        """The member's completed years."""
        born = self.born(PersonRole.MEMBER)
        return self.policy.ages.age(born, self.on) if born and born <= self.on else None

    @property
    def member_group(self) -> AgeGroup | None:
        """Whether the member is a minor or an adult; None while the birth date is unknown."""
        born = self.born(PersonRole.MEMBER)
        return self.policy.ages.group(born, self.on) if born and born <= self.on else None

    @property
    def proven(self) -> bool:
        """Whether the papers prove exactly the relation that the form claims."""
        return (
            self.kinship is not None
            and self.kinship.answer is KinshipAnswer.PROVEN
            and self.kinship.derived == (self.application.relationship,)
        )

    def trusts(self, paper: AssignedDocument, field_name: str) -> bool:
        """Whether a field was read surely enough to decide something."""
        return self.policy.reading.trusts(field_name, paper.reading.fields.get(field_name))

    def trusted(self, paper: AssignedDocument, field_name: str) -> str | None:
        """A field's value where it was read surely, else None."""
        return paper.reading.value(field_name) if self.trusts(paper, field_name) else None


class Answer(NamedTuple):
    """What a check found.

    Attributes:
        findings: Why it did not pass; a note may accompany a pass.
        unsettled: It could not be told, and another check already says why.
        evidence: What a pass rests on.
    """

    findings: tuple[Finding, ...] = ()
    unsettled: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass
class AnswerTally:
    """Collects a check's findings while it goes over many papers."""

    findings: list[Finding] = field(default_factory=list)
    unsettled: bool = False
    evidence: list[Evidence] = field(default_factory=list)

    def answer(self) -> Answer:
        """What was collected."""
        return Answer(tuple(self.findings), self.unsettled, tuple(self.evidence))


PASS = Answer()
UNSETTLED = Answer(unsettled=True)

Check = Callable[[CheckContext], CheckResult]
Judge = Callable[[CheckContext], Answer]


def check(judge: Judge) -> Check:
    """Make a judgement a check: its name is the statement that should hold."""

    @wraps(judge)
    def asked(case: CheckContext) -> CheckResult:
        known = case.answers.get(judge)
        if known is None:
            answer = judge(case)
            known = case.answers[judge] = CheckResult(
                check=judge.__name__,
                verdict=_verdict(answer),
                findings=answer.findings,
                evidence=answer.evidence,
            )
        return known

    return asked


def met(*evidence: Evidence) -> Answer:
    """A pass, with what it rests on."""
    return Answer(evidence=evidence)


def answer(findings: Iterable[Finding], *evidence: Evidence) -> Answer:
    """An answer from what was found, if anything; the evidence is what was looked at."""
    return Answer(findings=tuple(findings), evidence=evidence)


def _verdict(given: Answer) -> CheckVerdict:
    if not given.findings:
        return CheckVerdict.CANNOT_TELL if given.unsettled else CheckVerdict.PASSED
    if any(
        f.verdict is CheckVerdict.FAILED and f.severity is not Severity.INFO for f in given.findings
    ):
        return CheckVerdict.FAILED
    doubt = any(f.verdict is CheckVerdict.CANNOT_TELL for f in given.findings)
    return CheckVerdict.CANNOT_TELL if doubt or given.unsettled else CheckVerdict.PASSED


def as_note(found: Finding) -> Finding:
    """The same finding, told and not counted: nothing rests on what it is about."""
    reason = REASONS[found.code]
    message = Message(zh=f"{reason.zh}。", en=f"{reason.en}.")
    lighter = {"severity": Severity.INFO, "verdict": CheckVerdict.PASSED, "message": message}
    return found.model_copy(update=lighter)


def seen(paper: AssignedDocument, field_name: str | None = None) -> Evidence:
    """A paper, or one masked field of it, as evidence."""
    value = paper.reading.value(field_name) if field_name else None
    return Evidence(
        document=paper.reading.file,
        field=field_name,
        value=mask_field(field_name, value) if field_name else None,
        place=_place_in_file(paper),
    )


def seen_on(paper: AssignedDocument, found: Finding) -> Finding:
    """What reading found on a paper, with the paper as evidence where it names none."""
    where = found.evidence or (seen(paper),)
    place = _place_in_file(paper)
    placed = tuple(e.model_copy(update={"place": place}) for e in where) if place else where
    return found.model_copy(update={"evidence": placed})


def _place_in_file(paper: AssignedDocument) -> str | None:
    place = paper.reading.place
    return place if place != paper.reading.file else None


def filed(field_name: str, value: str | None = None) -> Evidence:
    """A masked field of the form as evidence."""
    return Evidence(document=FORM, field=field_name, value=mask_field(field_name, value))


def subject_of(role: PersonRole) -> Subject:
    """The subject of a finding about one of the two."""
    return Subject(role.value)
