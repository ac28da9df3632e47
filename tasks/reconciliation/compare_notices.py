"""The outbox of one round: what the outside was to be told, and what is said of its way."""

from collections.abc import Iterator
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import AuditEvent, EventTag
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.notices.exchange import DeliveryState, Destination
from storage.audit.stored_rows import StoredNotice
from storage.bootstrap import Repositories
from tasks.reconciliation.round_log import RoundLog, detail
from tasks.rounds.row_digests import NOTICE, noted_rows, notice_rows, same_row

_TELLING: Final = frozenset(
    {
        EventTag.APPLICATION_DECIDED,
        EventTag.RETURN_EXPIRED,
        EventTag.CASE_DECIDED,
        EventTag.BINDING_ENDED,
        EventTag.BINDING_SUSPENDED,
        EventTag.BINDING_RESUMED,
    }
)
_ENDS: Final = {
    DeliveryState.DELIVERED.value: EventTag.NOTICE_DELIVERED,
    DeliveryState.GIVEN_UP.value: EventTag.NOTICE_GIVEN_UP,
}


def compare_notices(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[Discrepancy]:
    """Notices that are gone, changed or invented, and ways that end otherwise than was noted."""
    noted = {
        name.removeprefix(NOTICE): digest
        for event in log.events
        for name, digest in noted_rows(event).items()
        if name.startswith(NOTICE)
    }
    stored = {one.notice_id: one for one in repositories.stored_rows.notices(case.round_id)}
    for notice_id in sorted(noted.keys() - stored.keys()):
        yield Discrepancy(fault=DiscrepancyKind.NOTICE_LOST, subject=notice_id)
    for notice_id, notice in stored.items():
        if notice_id not in noted:
            if _notes_every_notice(log):
                yield Discrepancy(fault=DiscrepancyKind.NOTICE_UNKNOWN, subject=notice_id)
        elif _is_changed(repositories, case, notice, noted[notice_id]):
            yield Discrepancy(fault=DiscrepancyKind.NOTICE_CHANGED, subject=notice_id)
        yield from _ways(case, log, notice)


def _notes_every_notice(log: RoundLog) -> bool:
    """Whether no event is of an older version, which noted none."""
    return all(noted_rows(event) for event in log.events if event.tag in _TELLING)


def _is_changed(
    repositories: Repositories, case: ApplicationRound, stored: StoredNotice, digest: str
) -> bool:
    if stored.notice is None:
        return not (stored.forgotten and case.deleted(RetentionClass.RECORDS))
    (found,) = notice_rows(repositories.keyring, stored.notice).values()
    return not same_row(digest, found)


def _ways(case: ApplicationRound, log: RoundLog, stored: StoredNotice) -> Iterator[Discrepancy]:
    for place in Destination:
        state = stored.deliveries.get(place.value)
        if state is None:
            kind = DiscrepancyKind.NOTICE_LOST
            yield Discrepancy(fault=kind, subject=stored.notice_id, detail=place.value)
        elif not _is_recorded(case, log, stored, place, state):
            kind = DiscrepancyKind.DELIVERY_UNRECORDED
            yield Discrepancy(fault=kind, subject=stored.notice_id, detail=place.value)


def _is_recorded(
    case: ApplicationRound, log: RoundLog, stored: StoredNotice, place: Destination, state: str
) -> bool:
    tag = _ENDS.get(state)
    dropped = state == DeliveryState.GIVEN_UP and case.deleted(RetentionClass.RECORDS)
    return (
        tag is None
        or dropped
        or any(_is_about(event, tag, stored.notice_id, place) for event in log.events)
    )


def _is_about(event: AuditEvent, tag: EventTag, notice_id: str, place: Destination) -> bool:
    named = (detail(event, "notice"), detail(event, "destination"))
    return event.tag is tag and named == (notice_id, place.value)
