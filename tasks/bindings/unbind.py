"""Undo a binding: what the policy asks for, from when it counts, and a tombstone beside it."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from models.audit.event import Detail, EventTag
from models.bindings.counted_bindings import IN_FORCE
from models.bindings.unbinding import BindingState, EndReason, Unbinding
from models.cases.case_round import ApplicationRound
from models.checks.finding import Finding, Subject, finding
from models.checks.reason import Reason
from models.clock import CHINA
from models.intake.application import PersonRole
from models.notices.exchange import NoticeKind
from models.policy.measures import UnbindRules
from storage.bindings.binding_repository import tombstone_key
from storage.bootstrap import Repositories
from tasks.notices.compose_notice import binding_notice
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_events import record_event
from tasks.rounds.row_digests import notice_rows, rows_detail


class UnbindResult(NamedTuple):
    """What became of a request: an announced end, or why there is none."""

    unbinding: Unbinding | None
    refused: Finding | None = None


def unbind(
    repositories: Repositories,
    name: str,
    *,
    by: str,
    reason: EndReason,
    consents: Collection[PersonRole],
    now: dt.datetime,
) -> UnbindResult:
    """Announce the end of a binding, and end it at once where it counts from today.

    Args:
        repositories: Where everything is kept.
        name: The binding's identifier, or its application's.
        by: The member of staff who took the request.
        reason: Why.
        consents: Who of the two agreed.
        now: The moment of the request.

    Returns:
        The end as it stands; asked again, the one that stands already. A refusal is B04 (nothing
        to undo, or too early) or C04 (somebody's agreement is missing).
    """
    state = _binding_in_force(repositories, name)
    if state is None:
        return _refused(Reason.NOTHING_TO_UNBIND, "没有有效的绑定", "there is no binding in force")
    if state.ends_on is not None:
        return UnbindResult(repositories.bindings.tombstone(state.binding_id))
    case = repositories.cases.get(state.round_id)
    policy = RoundContext(repositories, case).policy_or_none
    if policy is None:
        return _refused(
            Reason.NOTHING_TO_UNBIND, "当地没有有效的政策", "no policy is in force there"
        )
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
        audit_head=repositories.audit.head(state.application_id),
    )
    return UnbindResult(announce(repositories, case, draft, today))


def announce(
    repositories: Repositories, case: ApplicationRound, draft: Unbinding, today: dt.date
) -> Unbinding:
    """Write a tombstone, and end the binding where it counts already."""
    kept = repositories.bindings.announce_end(draft)
    record_event(
        repositories,
        case,
        EventTag.END_ANNOUNCED,
        {
            "binding_id": kept.binding_id,
            "reason": kept.reason.value,
            "effective": kept.effective_date.isoformat(),
            "consents": [role.value for role in kept.consents],
            "policy": kept.policy_version,
            "object": repositories.archive.object_digest(tombstone_key(kept.binding_id)),
        },
        key=kept.binding_id,
        actor=kept.by,
    )
    if kept.effective_date <= today:
        end_now(repositories, case, kept.binding_id)
    return kept


def end_now(repositories: Repositories, case: ApplicationRound, binding_id: str) -> None:
    """End a binding whose announced day has come; again changes nothing."""
    now, state = dt.datetime.now(dt.UTC), repositories.bindings.state(binding_id)
    notice = binding_notice(case, state, NoticeKind.BINDING_ENDED, now) if state else None
    with repositories.unit_of_work():
        repositories.bindings.end(binding_id, now, notice)
        rows = notice_rows(repositories.keyring, notice) if notice else {}
        details: dict[str, Detail] = {"binding_id": binding_id, **rows_detail(rows)}
        record_event(repositories, case, EventTag.BINDING_ENDED, details, key=binding_id)


def first_free_day(rules: UnbindRules, today: dt.date) -> dt.date:
    """The first day on which a binding no longer counts whose end is asked for today."""
    if rules.effective == "next_day":
        return today + dt.timedelta(days=1)
    if rules.effective == "next_month":
        return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return today


def _binding_in_force(repositories: Repositories, name: str) -> BindingState | None:
    wanted = (name, *repositories.bindings.find(name))
    states = (repositories.bindings.state(binding_id) for binding_id in wanted)
    return next((state for state in states if state and state.status in IN_FORCE), None)


def _refusal(
    rules: UnbindRules,
    state: BindingState,
    reason: EndReason,
    consents: Collection[PersonRole],
    now: dt.datetime,
) -> UnbindResult | None:
    if reason.asks_nobody:
        return None
    free = state.effective_date + dt.timedelta(days=rules.min_days)
    if now.astimezone(CHINA).date() < free:
        return _refused(Reason.NOTHING_TO_UNBIND, f"{free} 起方可解绑", f"not before {free}")
    if not _agreed(rules, consents):
        return _refused(
            Reason.CONFIRMATION_MISSING, "须同意者未全部同意", f"consent asked of: {rules.consent}"
        )
    return None


def _agreed(rules: UnbindRules, consents: Collection[PersonRole]) -> bool:
    if rules.consent == "both":
        return set(consents) == set(PersonRole)
    if rules.consent == "either":
        return bool(consents)
    return PersonRole(rules.consent) in consents


def _refused(code: Reason, zh: str, en: str) -> UnbindResult:
    return UnbindResult(None, finding(code, subject=Subject.APPLICATION, zh=zh, en=en))
