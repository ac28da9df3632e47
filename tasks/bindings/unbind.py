"""Undo a binding: what the policy asks for, from when it counts, and a tombstone beside it."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from models.audit.event import EventTag
from models.bindings.unbinding import BindingState, EndReason, Unbinding
from models.cases.case_round import CaseRound
from models.checks.finding import Finding, Subject, finding
from models.checks.reason import Code
from models.intake.application import PersonRole
from models.notices.exchange import NoticeKind
from models.policy.measures import UnbindRules
from storage.bootstrap import Office
from tasks.notices.compose_notice import binding_notice
from tasks.rounds.round_events import note
from tasks.rounds.terms import policy_of
from tasks.rounds.working_days import CHINA


class Unbound(NamedTuple):
    """What became of a request: an announced end, or why there is none."""

    unbinding: Unbinding | None
    refused: Finding | None = None


def unbind(
    office: Office,
    name: str,
    *,
    by: str,
    reason: EndReason,
    consents: Collection[PersonRole],
    now: dt.datetime,
) -> Unbound:
    """Announce the end of a binding, and end it at once where it counts from today.

    Args:
        office: Where everything is kept.
        name: The binding's identifier, or its application's.
        by: The member of staff who took the request.
        reason: Why.
        consents: Who of the two agreed.
        now: The moment of the request.

    Returns:
        The end as it stands; asked again, the one that stands already. A refusal is B04 (nothing
        to undo, or too early) or C04 (somebody's agreement is missing).
    """
    state = _standing(office, name)
    if state is None:
        return _refused(Code.B04, "没有有效的绑定", "there is no binding in force")
    if state.ends_on is not None:
        return Unbound(office.bindings.tombstone(state.binding_id))
    case = office.cases.get(state.round_id)
    policy = policy_of(office, case)
    if policy is None:
        return _refused(Code.B04, "当地没有有效的政策", "no policy is in force there")
    refused = _refusal(policy.unbind, state, reason, consents, now)
    if refused is not None:
        return refused
    today = now.astimezone(CHINA).date()
    draft = Unbinding(
        binding_id=state.binding_id,
        application_id=state.application_id,
        reason=reason,
        effective_date=today if reason.asks_nobody else first_free_day(policy.unbind, today),
        asked_at=now,
        by=by,
        consents=tuple(sorted(consents)),
        policy_version=policy.version,
        audit_head=office.audit.head(state.application_id),
    )
    return Unbound(announce(office, case, draft, today))


def announce(office: Office, case: CaseRound, draft: Unbinding, today: dt.date) -> Unbinding:
    """Write a tombstone, and end the binding where it counts already."""
    kept = office.bindings.announce_end(draft)
    note(
        office,
        case,
        EventTag.END_ANNOUNCED,
        {
            "binding_id": kept.binding_id,
            "reason": kept.reason.value,
            "effective": kept.effective_date.isoformat(),
            "consents": [role.value for role in kept.consents],
            "policy": kept.policy_version,
        },
        key=kept.binding_id,
        actor=kept.by,
    )
    if kept.effective_date <= today:
        end_now(office, case, kept.binding_id)
    return kept


def end_now(office: Office, case: CaseRound, binding_id: str) -> None:
    """End a binding whose announced day has come; again changes nothing."""
    now, state = dt.datetime.now(dt.UTC), office.bindings.state(binding_id)
    notice = binding_notice(case, state, NoticeKind.BINDING_ENDED, now) if state else None
    office.bindings.end(binding_id, now, notice)
    note(office, case, EventTag.BINDING_ENDED, {"binding_id": binding_id}, key=binding_id)


def first_free_day(rules: UnbindRules, today: dt.date) -> dt.date:
    """The first day on which a binding no longer counts whose end is asked for today."""
    if rules.effective == "next_day":
        return today + dt.timedelta(days=1)
    if rules.effective == "next_month":
        return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return today


def _standing(office: Office, name: str) -> BindingState | None:
    wanted = (name, *office.bindings.find(name))
    return next((s for s in office.bindings.standing() if s.binding_id in wanted), None)


def _refusal(
    rules: UnbindRules,
    state: BindingState,
    reason: EndReason,
    consents: Collection[PersonRole],
    now: dt.datetime,
) -> Unbound | None:
    if reason.asks_nobody:
        return None
    free = state.effective_date + dt.timedelta(days=rules.min_days)
    if now.astimezone(CHINA).date() < free:
        return _refused(Code.B04, f"{free} 起方可解绑", f"not before {free}")
    if not _agreed(rules, consents):
        return _refused(Code.C04, "须同意者未全部同意", f"consent asked of: {rules.consent}")
    return None


def _agreed(rules: UnbindRules, consents: Collection[PersonRole]) -> bool:
    if rules.consent == "both":
        return set(consents) == set(PersonRole)
    if rules.consent == "either":
        return bool(consents)
    return PersonRole(rules.consent) in consents


def _refused(code: Code, zh: str, en: str) -> Unbound:
    return Unbound(None, finding(code, subject=Subject.APPLICATION, zh=zh, en=en))
