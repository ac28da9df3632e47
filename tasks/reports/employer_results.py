"""The result list for an employer: outcomes and what can be mended, nothing about the family.

An employer collects papers and hands them in; why a person is no relative, how healthy somebody
is or who else is bound to whom is not the employer's business. So the reasons that may be told
are listed here, and every other one is not.
"""

import hashlib
from typing import Final

from models.audit.event import EventTag
from models.cases.case_round import CaseRound
from models.checks.finding import Message
from models.checks.reason import Code, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Decision, Outcome
from models.intake.employer import EmployerLine, EmployerList, EmployerResult
from storage.bootstrap import Office
from storage.objects.store import Put
from tasks.rounds.round_results import load_decision

TOLD: Final = frozenset(
    {
        *(Code.A01, Code.A02, Code.A03, Code.A04, Code.A05, Code.A06, Code.A07, Code.A08),
        *(Code.C01, Code.C02, Code.C03),
        *(Code.F01, Code.F02, Code.F03, Code.F04, Code.F05),
        *(Code.D01, Code.D02, Code.D03, Code.D04, Code.D10, Code.D11, Code.D12, Code.D14),
        *(Code.D20, Code.D31, Code.E01),
        *(Code.Q01, Code.Q02, Code.Q03, Code.Q05, Code.Q06, Code.S02),
    }
)
"""Reasons about the form and the papers that the employer itself handed in."""


def employer_ref(office: Office, employer_id: str, batch_id: str) -> str:
    """The keyed hash under which a delivery is kept."""
    return office.keyring.fingerprint("employer", f"{len(employer_id)}:{employer_id}:{batch_id}")


def keep_list(office: Office, listed: EmployerList) -> str:
    """Keep an employer's list, sealed; a completed one comes after the earlier ones.

    Returns:
        The delivery's hash.
    """
    ref = employer_ref(office, listed.employer_id, listed.batch_id)
    keys = sorted(office.archive.store.keys(f"employer-lists/{ref}/"))
    if keys and office.archive.get_record(keys[-1], EmployerList) == listed:
        return ref
    number = len(keys) + 1
    while office.archive.put_record(f"employer-lists/{ref}/{number:04}", listed) is Put.EXISTED:
        number += 1
    return ref


def kept_list(office: Office, ref: str) -> EmployerList | None:
    """The list of a delivery as it was completed last; None where none is kept."""
    keys = sorted(office.archive.store.keys(f"employer-lists/{ref}/"))
    return office.archive.get_record(keys[-1], EmployerList) if keys else None


def employer_result(office: Office, ref: str) -> EmployerResult | None:
    """The result list of a delivery as it stands; None where no such list is kept."""
    listed = kept_list(office, ref)
    if listed is None:
        return None
    lines = tuple(_line(office, name) for name in listed.application_ids)
    final = {outcome.value for outcome in Outcome} - {Outcome.IN_REVIEW.value}
    return EmployerResult(
        employer_id=listed.employer_id,
        batch_id=listed.batch_id,
        complete=bool(lines) and all(line.outcome in final for line in lines),
        applications=lines,
    )


def publish_result(office: Office, ref: str) -> bool:
    """Write the result list of a complete delivery, once for each state that it takes.

    Returns:
        Whether one was written now.
    """
    result = employer_result(office, ref)
    if result is None or not result.complete:
        return False
    content = result.model_dump_json(indent=1).encode()
    digest = hashlib.sha256(content).hexdigest()
    put = office.archive.put_plain(f"employer-results/{ref[:32]}/{digest[:16]}.json", content)
    office.audit.append(
        EventTag.EMPLOYER_TOLD,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"delivery": ref[:32], "object": digest, "applications": len(result.applications)},
        once=f"employer:{ref[:32]}:{digest}",
    )
    return put is Put.CREATED


def _line(office: Office, name: str) -> EmployerLine:
    rounds = office.cases.find(name)
    if not rounds:
        return EmployerLine(application_id=name, outcome="not_received")
    case = rounds[-1]
    decision = load_decision(office, case.round_id)
    if case.outcome is None or decision is None:
        return EmployerLine(application_id=name, outcome=_bare(case))
    if case.outcome is Outcome.IN_REVIEW:
        return EmployerLine(application_id=name, outcome=case.outcome.value)
    return _told(name, decision)


def _bare(case: CaseRound) -> str:
    """An outcome whose reasons are not there, or not any more."""
    return case.outcome.value if case.outcome else "under_way"


def _told(name: str, decision: Decision) -> EmployerLine:
    weighty = dict.fromkeys(f.code for f in decision.findings if f.severity is not Severity.INFO)
    if decision.outcome is Outcome.APPROVED:  # what a person overruled is nobody's business
        weighty = {}
    codes = tuple(code for code in weighty if code in TOLD)
    return EmployerLine(
        application_id=name,
        outcome=decision.outcome.value,
        codes=codes,
        reasons=tuple(Message(zh=REASONS[c].zh, en=REASONS[c].en) for c in codes),
        withheld=len(codes) < len(weighty),
        answer_by=decision.answer_by,
    )
