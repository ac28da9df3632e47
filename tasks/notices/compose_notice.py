"""What the outside is told about an outcome, or about a binding that changed."""

import datetime as dt
import json
import uuid
from typing import Any, Final

from models.bindings.unbinding import BindingState
from models.cases.case_round import ApplicationRound
from models.decision.decision import Decision
from models.intake.application import Application
from models.notices.exchange import Notice, NoticeKind
from tasks.notices.masked_outcome import masked_outcome

_NAMESPACE: Final = uuid.UUID("5f0c3a3e-6f6b-4d6e-9a55-1d6d1f9e8b31")


def outcome_notice(
    case: ApplicationRound, decision: Decision, application: Application | None
) -> Notice:
    """The notice of an outcome.

    Args:
        case: The round.
        decision: Its outcome.
        application: The form as it arrived; None where it could not be judged.
    """
    return _notice(
        case,
        NoticeKind.DECIDED,
        decision.outcome.value,
        decision.decided_at,
        masked_outcome(decision, application, case.application_id),
        key=f"{decision.outcome.value}:{decision.decided_at.isoformat()}",
    )


def binding_notice(
    case: ApplicationRound, state: BindingState, kind: NoticeKind, at: dt.datetime
) -> Notice:
    """The notice of a binding that ended, rests, or is in force again.

    Args:
        case: The round that it was written for.
        state: Where it stood before.
        kind: What happened.
        at: When.
    """
    ended = kind is NoticeKind.BINDING_ENDED
    status = {NoticeKind.BINDING_ENDED: "ended", NoticeKind.BINDING_SUSPENDED: "suspended"}
    body = {
        "application_id": case.application_id,
        "binding_id": state.binding_id,
        "status": status.get(kind, "active"),
        "effective_date": state.ends_on.isoformat() if ended and state.ends_on else None,
        "reason": state.end_reason.value if ended and state.end_reason else None,
    }
    key = state.binding_id if ended else f"{state.binding_id}:{at.isoformat()}"
    return _notice(case, kind, body["status"] or "", at, body, key=key)


def _notice(
    case: ApplicationRound,
    kind: NoticeKind,
    outcome: str,
    at: dt.datetime,
    data: dict[str, Any],
    *,
    key: str,
) -> Notice:
    made_of = f"{case.round_id}:{kind.value}:{key}"
    notice_id = f"msg_{uuid.uuid5(_NAMESPACE, made_of).hex}"
    body = {
        "id": notice_id,
        "type": kind.value,
        "timestamp": at.isoformat(timespec="seconds"),
        "data": data,
    }
    return Notice(
        notice_id=notice_id,
        kind=kind,
        application_id=case.application_id,
        round_id=case.round_id,
        outcome=outcome,
        happened_at=at,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )
