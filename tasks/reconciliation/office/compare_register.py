"""Who may act: accounts, open sessions, keys of programs, and the policy files they act under."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import EventTag
from storage.bootstrap import Repositories
from storage.staff.staff_register import FIRST
from tasks.reconciliation.round_log import detail
from tasks.rounds.policy_note import POLICIES, listed_policies, noted_policies, policy_files
from tasks.rounds.row_digests import ACCOUNT, API_KEY, SESSION, noted_rows, same_row

_ALL: Final = 100_000
_OPENINGS: Final = 10_000
"""A session lasts ten hours at most: far fewer are opened meanwhile."""


class _Register(NamedTuple):
    """One register whose rows are noted when they change.

    Attributes:
        tag: The events of its changes.
        key: The detail that names the row.
        noted: Under which name the row's digest is noted.
    """

    tag: EventTag
    key: str
    noted: str
    lost: DiscrepancyKind
    differs: DiscrepancyKind
    unknown: DiscrepancyKind


_ACCOUNTS: Final = _Register(
    EventTag.STAFF_CHANGED,
    "name",
    ACCOUNT,
    DiscrepancyKind.ACCOUNT_LOST,
    DiscrepancyKind.ACCOUNT_DIFFERS,
    DiscrepancyKind.ACCOUNT_UNKNOWN,
)
_API_KEYS: Final = _Register(
    EventTag.API_KEY_CHANGED,
    "key",
    API_KEY,
    DiscrepancyKind.API_KEY_LOST,
    DiscrepancyKind.API_KEY_DIFFERS,
    DiscrepancyKind.API_KEY_UNKNOWN,
)


def compare_register(repositories: Repositories) -> Iterator[Discrepancy]:
    """Accounts, keys and sessions that nobody gave out, changed or took away by the log's word."""
    rows = repositories.stored_rows
    # In logs of older versions nothing tells of the first administrator.
    yield from _compare(repositories, _ACCOUNTS, rows.accounts(), spared=FIRST)
    yield from _compare(repositories, _API_KEYS, rows.api_keys())
    yield from _sessions(repositories)


def _compare(
    repositories: Repositories, register: _Register, stored: Mapping[str, str], spared: str = ""
) -> Iterator[Discrepancy]:
    events = repositories.audit.system_events((register.tag,), _ALL)
    recorded = {detail(event, register.key): event for event in reversed(events)}
    known = {name for name, event in recorded.items() if register.noted in noted_rows(event)}
    for name in sorted(known - stored.keys()):
        yield Discrepancy(fault=register.lost, subject=name)
    for name, row in stored.items():
        event = recorded.get(name)
        noted = noted_rows(event).get(register.noted) if event else None
        if event is None and name != spared:
            yield Discrepancy(fault=register.unknown, subject=name)
        elif noted is not None and not same_row(noted, row):
            yield Discrepancy(fault=register.differs, subject=name)


def _sessions(repositories: Repositories) -> Iterator[Discrepancy]:
    opened = repositories.audit.system_events((EventTag.SESSION_OPENED,), _OPENINGS)
    known = [noted_rows(event).get(SESSION) for event in opened]
    if None in known:
        return  # some were opened by an older version, which noted none
    for session_id, row in repositories.stored_rows.sessions().items():
        if not any(same_row(noted or "", row) for noted in known):
            yield Discrepancy(fault=DiscrepancyKind.SESSION_UNKNOWN, subject=session_id[:16])


def compare_policies(repositories: Repositories) -> Iterator[Discrepancy]:
    """Policy files that are not what they were when they were noted last; each is told once.

    A change by the office is told too: whoever reads it knows whether it was ordered. What is
    found is noted at once, so that the next comparison begins from it.
    """
    before, now = noted_policies(repositories), policy_files(repositories)
    if before == now:
        return
    for name in sorted(before.keys() - now.keys()):
        yield Discrepancy(fault=DiscrepancyKind.POLICY_LOST, subject=name)
    for name in sorted(before.keys() & now.keys()):
        if before[name] != now[name]:
            yield Discrepancy(fault=DiscrepancyKind.POLICY_CHANGED, subject=name)
    repositories.audit.append(
        EventTag.POLICIES_NOTED,
        application_id=None,
        round_id=None,
        actor="reconcile",
        details={POLICIES: listed_policies(repositories)},
        idempotency_key=f"policies:{uuid.uuid4().hex}",
    )
