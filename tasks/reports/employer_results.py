"""The result list for an employer: outcomes and what can be mended, nothing about the family.

An employer collects papers and hands them in; why a person is no relative, how healthy somebody
is or who else is bound to whom is not the employer's business. So the reasons that may be told
are listed here, and every other one is not.
"""

import hashlib
from typing import Final

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from models.checks.finding import Message
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Decision, Outcome
from models.intake.employer import EmployerLine, EmployerList, EmployerResult
from storage.bootstrap import Repositories
from storage.objects.store import PutResult
from tasks.rounds.round_results import load_decision

TOLD: Final = frozenset(
    {
        *(
            Reason.PRODUCT_UNCLEAR,
            Reason.BINDING_METHOD_UNSUPPORTED,
            Reason.REAL_NAME_NOT_VERIFIED,
            Reason.EMPLOYER_BATCH_INCOMPLETE,
            Reason.CHANNEL_NOT_OFFERED,
            Reason.POOLING_NOT_FILED,
            Reason.MEMBER_NOT_INSURED,
            Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT,
        ),
        *(Reason.NOTICE_NOT_AGREED, Reason.COMMITMENT_MISSING, Reason.COMMITMENT_INCONSISTENT),
        *(
            Reason.NAME_MALFORMED,
            Reason.ID_NUMBER_INVALID,
            Reason.BIRTH_DATE_INVALID,
            Reason.CERTIFICATE_NUMBER_MALFORMED,
            Reason.RELATIONSHIP_NOT_STATED,
        ),
        *(
            Reason.PORTRAIT_SIDE_MISSING,
            Reason.EMBLEM_SIDE_MISSING,
            Reason.SAME_SIDE_TWICE,
            Reason.DOCUMENT_UNUSABLE,
            Reason.APPLICANT_HUKOU_PAGE_MISSING,
            Reason.MEMBER_HUKOU_PAGE_MISSING,
            Reason.HUKOU_COVER_MISSING,
            Reason.SEAL_OR_COLOUR_MISSING,
        ),
        *(
            Reason.RELATIONSHIP_PROOF_MISSING,
            Reason.INSURANCE_CERTIFICATE_MISSING,
            Reason.ID_CARD_EXPIRED,
        ),
        *(
            Reason.PICTURE_BLURRED,
            Reason.GLARE_OR_DARK,
            Reason.CROPPED_OR_COVERED,
            Reason.FIELD_UNREADABLE,
            Reason.RESOLUTION_TOO_LOW,
            Reason.RETURN_NOT_ANSWERED,
        ),
    }
)
"""Reasons about the form and the papers that the employer itself handed in."""


def employer_ref(repositories: Repositories, employer_id: str, batch_id: str) -> str:
    """The keyed hash under which a delivery is kept."""
    return repositories.keyring.fingerprint(
        "employer", f"{len(employer_id)}:{employer_id}:{batch_id}"
    )


def keep_list(repositories: Repositories, listed: EmployerList) -> str:
    """Keep an employer's list, sealed; a completed one comes after the earlier ones.

    Returns:
        The delivery's hash.
    """
    ref = employer_ref(repositories, listed.employer_id, listed.batch_id)
    keys = sorted(repositories.archive.store.keys(f"employer-lists/{ref}/"))
    if keys and repositories.archive.get_record(keys[-1], EmployerList) == listed:
        return ref
    number = len(keys) + 1
    while (
        repositories.archive.put_record(f"employer-lists/{ref}/{number:04}", listed)
        is PutResult.EXISTED
    ):
        number += 1
    return ref


def kept_list(repositories: Repositories, ref: str) -> EmployerList | None:
    """The list of a delivery as it was completed last; None where none is kept."""
    keys = sorted(repositories.archive.store.keys(f"employer-lists/{ref}/"))
    return repositories.archive.get_record(keys[-1], EmployerList) if keys else None


def employer_result(repositories: Repositories, ref: str) -> EmployerResult | None:
    """The result list of a delivery as it stands; None where no such list is kept."""
    listed = kept_list(repositories, ref)
    if listed is None:
        return None
    lines = tuple(_line(repositories, name) for name in listed.application_ids)
    final = {outcome.value for outcome in Outcome} - {Outcome.IN_REVIEW.value}
    return EmployerResult(
        employer_id=listed.employer_id,
        batch_id=listed.batch_id,
        complete=bool(lines) and all(line.outcome in final for line in lines),
        applications=lines,
    )


def publish_result(repositories: Repositories, ref: str) -> bool:
    """Write the result list of a complete delivery, once for each state that it takes.

    Returns:
        Whether one was written now.
    """
    result = employer_result(repositories, ref)
    if result is None or not result.complete:
        return False
    content = result.model_dump_json(indent=1).encode()
    digest = hashlib.sha256(content).hexdigest()
    put = repositories.archive.put_plain(f"employer-results/{ref[:32]}/{digest[:16]}.json", content)
    repositories.audit.append(
        EventTag.EMPLOYER_TOLD,
        application_id=None,
        round_id=None,
        actor="machine",
        details={"delivery": ref[:32], "object": digest, "applications": len(result.applications)},
        idempotency_key=f"employer:{ref[:32]}:{digest}",
    )
    return put is PutResult.CREATED


def _line(repositories: Repositories, name: str) -> EmployerLine:
    rounds = repositories.cases.find(name)
    if not rounds:
        return EmployerLine(application_id=name, outcome="not_received")
    case = rounds[-1]
    decision = load_decision(repositories, case.round_id)
    if case.outcome is None or decision is None:
        return EmployerLine(application_id=name, outcome=_bare(case))
    if case.outcome is Outcome.IN_REVIEW:
        return EmployerLine(application_id=name, outcome=case.outcome.value)
    return _told(name, decision)


def _bare(case: ApplicationRound) -> str:
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
