"""The bindings of one round: register, object, tombstone and audit log."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import EventTag
from models.bindings.counted_bindings import ENDED, RESERVED, BindingPair
from models.bindings.unbinding import BindingState
from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.errors import IntegrityError
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.reconciliation.kept_object import BINDING, TOMBSTONE, ObjectFaults
from tasks.reconciliation.round_log import RoundLog, detail
from tasks.rounds.row_digests import REGISTER, same_row

STALE: Final = dt.timedelta(hours=1)
"""What is younger may be under way: a step takes seconds, a lease of a worker minutes."""
_IN_OBJECT: Final = ("application_id", "product", "relationship", "region", "effective_date")


def compare_bindings(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, now: dt.datetime
) -> Iterator[Discrepancy]:
    """Bindings of a round that are lost, changed, unfinished, or stand otherwise than noted."""
    states = {state.binding_id: state for state in repositories.bindings.of_round(case.round_id)}
    for binding_id in sorted(log.statuses.keys() - states.keys()):
        kind = DiscrepancyKind.BINDING_LOST
        yield Discrepancy(fault=kind, subject=binding_id, detail="register")
    for binding_id, state in states.items():
        if state.status == RESERVED:
            if now - case.received_at > STALE:
                kind = DiscrepancyKind.BINDING_UNFINISHED
                yield Discrepancy(fault=kind, subject=binding_id)
        else:
            yield from _faults(repositories, case, log, state)
    if case.outcome is Outcome.APPROVED and not states and not log.statuses:
        yield Discrepancy(fault=DiscrepancyKind.BINDING_LOST, subject=case.round_id)


def _faults(
    repositories: Repositories, case: ApplicationRound, log: RoundLog, state: BindingState
) -> Iterator[Discrepancy]:
    def fault(kind: DiscrepancyKind, detail: str = "") -> Discrepancy:
        return Discrepancy(fault=kind, subject=state.binding_id, detail=detail)

    if EventTag.BINDING_WRITTEN not in log.tags:
        yield fault(DiscrepancyKind.EVENT_LOST)
    if case.outcome is not Outcome.APPROVED:
        yield fault(DiscrepancyKind.BINDING_NOT_APPROVED)
    yield from map(fault, _object_faults(repositories, log, state))
    for column in _columns(repositories, log, state):
        yield fault(DiscrepancyKind.BINDING_DIFFERS, column)


def _object_faults(
    repositories: Repositories, log: RoundLog, state: BindingState
) -> Iterator[DiscrepancyKind]:
    """What is wrong with a binding's object and with its tombstone."""
    key = binding_key(state.binding_id)
    content = _content(repositories, key, _digest(log, state), BINDING)
    if isinstance(content, DiscrepancyKind):
        yield content
    if state.ends_on is not None:
        end = tombstone_key(state.binding_id)
        tombstone = _content(repositories, end, log.objects.get(end, ""), TOMBSTONE)
        if isinstance(tombstone, DiscrepancyKind):
            yield tombstone


def _digest(log: RoundLog, state: BindingState) -> str:
    """The digest in the log; the register's own where the log names none."""
    return log.objects.get(binding_key(state.binding_id), state.object_digest or "")


def _columns(repositories: Repositories, log: RoundLog, state: BindingState) -> Iterator[str]:
    """What the register says and the log, or the object, does not."""
    if log.statuses.get(state.binding_id, state.status) != state.status:
        yield "status"
    if state.object_digest != _digest(log, state):
        yield "object_digest"
    yield from _register_columns(repositories, log, state)
    try:
        binding = repositories.bindings.get(state.binding_id)
    except (ObjectMissingError, IntegrityError):
        return  # told by the comparison of the object
    for name in _IN_OBJECT:
        if getattr(state, name) != getattr(binding, name):
            yield name
    if state.applicant_hash != binding.applicant.hash:
        yield "applicant_hash"
    if state.member_hash != binding.member.hash:
        yield "member_hash"


def _register_columns(
    repositories: Repositories, log: RoundLog, state: BindingState
) -> Iterator[str]:
    """What keeps a pair from being bound twice and a child from two fathers, and the end."""
    row = repositories.stored_rows.binding(state.binding_id)
    if REGISTER in log.rows and not same_row(log.rows[REGISTER], row.digest):
        yield "register"
    over = state.status == ENDED
    pair = BindingPair(state.applicant_hash, state.member_hash)
    if row.claim != (None if over else repositories.bindings.claim_of(pair, state.product)):
        yield "claim"
    if row.ended != over:
        yield "ended_at"
    announced = next((e for e in log.events if e.tag is EventTag.END_ANNOUNCED), None)
    announced_end = (detail(announced, "effective"), detail(announced, "reason"))
    if announced_end != (str(state.ends_on or ""), str(state.end_reason or "")):
        yield "ends_on"


def _content(
    repositories: Repositories, key: str, digest: str, faults: ObjectFaults
) -> bytes | DiscrepancyKind:
    """A plain object, or what is wrong with it; an empty digest lets every content pass."""
    try:
        content = repositories.archive.get_plain(key)
    except ObjectMissingError:
        return faults.lost
    if digest and hashlib.sha256(content).hexdigest() != digest:
        return faults.changed
    return content
