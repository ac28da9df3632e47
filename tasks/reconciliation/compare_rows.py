"""The rows that are made of a round's objects, and those that its events note by a digest."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import AuditEvent, EventTag
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.errors import IntegrityError
from models.reviews.review_work import ViewKind
from storage.audit.stored_rows import StoredView
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.reconciliation.round_log import RoundLog, detail
from tasks.rounds.round_results import load_readings
from tasks.rounds.row_digests import (
    CORRECTION,
    FIGURES,
    GROUPS,
    MATCH_KEYS,
    PRINTS,
    ROUND,
    figures_rows,
    match_key_rows,
    noted_rows,
    round_rows,
    row_digest,
    same_row,
)
from tasks.rounds.withdrawals import load_withdrawals

_FACES: Final = "faces"
_AT_ONCE: Final = dt.timedelta(minutes=1)
"""A line and its event are one transaction; locks are waited for ten seconds or twenty."""
_VIEWS: Final = {EventTag.CASE_VIEWED: ViewKind.CASE, EventTag.FIELD_REVEALED: ViewKind.FIELD}


def compare_rows(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[Discrepancy]:
    """Rows about one round that say otherwise than its objects and events, or are gone."""

    def fault(kind: DiscrepancyKind, part: str = "") -> Discrepancy:
        return Discrepancy(fault=kind, subject=case.round_id, detail=part)

    if case.outcome is not None and not _has_its_place(repositories, case, log):
        yield fault(DiscrepancyKind.ROUND_DIFFERS, "place")
    for kind, holds in _WHOLE.items():
        if not holds(repositories, case, log):
            yield fault(kind)
    for part in _figures(repositories, case, log):
        yield fault(DiscrepancyKind.FIGURES_DIFFER, part)
    for part in _match_keys(repositories, case, log):
        yield fault(DiscrepancyKind.MATCH_KEYS_DIFFER, part)


def _has_its_documents(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> bool:
    """Whether the list of papers is that of the readings; a round that failed may have none."""
    if case.outcome is None or EventTag.DOCUMENT_READ not in log.tags:
        return True
    try:
        papers = load_readings(repositories, case.round_id).papers
    except (ObjectMissingError, IntegrityError):
        return True  # told by the comparison of objects
    return repositories.stored_rows.has_documents_of(case.round_id, papers)


def _has_its_place(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> bool:
    """Whether number, batch and employer's delivery are those under which it was decided."""
    noted, rows = log.rows.get(ROUND), round_rows(repositories.keyring, case)
    return noted is None or same_row(noted, rows[ROUND])


def _figures(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> Iterator[str]:
    if FIGURES not in log.rows:
        return
    stored = repositories.stored_rows.figures(case.round_id)
    if stored is None:
        yield FIGURES
        return
    rows = figures_rows(repositories.keyring, stored.text, stored.groups, stored.form_version)
    if not same_row(log.rows[FIGURES], rows[FIGURES]):
        yield FIGURES
    if not case.deleted(RetentionClass.RECORDS) and not same_row(log.rows[GROUPS], rows[GROUPS]):
        yield GROUPS


def _match_keys(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> Iterator[str]:
    """The keys of a decided round: while it is worked on they may be ahead of the log."""
    if case.outcome is None or MATCH_KEYS not in log.rows or case.deleted(RetentionClass.RECORDS):
        return
    rows = match_key_rows(repositories, case)
    if not same_row(log.rows[MATCH_KEYS], rows[MATCH_KEYS]):
        yield MATCH_KEYS
    faces = {EventTag.DELETION_ORDERED, EventTag.OBJECT_DELETED}
    kept = not case.deleted(RetentionClass.PICTURES) and not any(
        event.tag in faces and detail(event, "class") == _FACES for event in log.events
    )
    if kept and not same_row(log.rows[PRINTS], rows[PRINTS]):
        yield PRINTS


def _has_its_corrections(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> bool:
    made = [event for event in log.events if event.tag is EventTag.FIELD_CORRECTED]
    if case.deleted(RetentionClass.READINGS):
        return True
    try:
        kept = repositories.corrections.all_of(case.round_id)
    except IntegrityError:
        return False
    noted = [noted_rows(event).get(CORRECTION, "") for event in made]
    if not all(noted):  # events of an older version name the field alone
        recorded = Counter((event.actor, detail(event, "field")) for event in made)
        return recorded == Counter((one.staff, f"{one.paper}:{one.field}") for one in kept)
    digests = [row_digest(repositories.keyring, CORRECTION, one) for one in kept]
    return len(digests) == len(noted) and all(map(same_row, sorted(noted), sorted(digests)))


def _has_its_withdrawals(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> bool:
    """Whether every consent that the log says was taken back is kept as taken back."""
    recorded = {
        (detail(event, "kind"), detail(event, "by"))
        for event in log.events
        if event.tag is EventTag.CONSENT_WITHDRAWN
    }
    if not recorded or case.deleted(RetentionClass.RECORDS):
        return True
    try:
        kept = load_withdrawals(repositories.archive, case.round_id)
    except (ObjectMissingError, IntegrityError):
        return False
    return recorded <= {(one.kind.value, one.by.value if one.by else "all") for one in kept}


def _has_its_views(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> bool:
    """Whether the access log has a line for every look that the chain knows, of that moment."""
    recorded = [event for event in log.events if event.tag in _VIEWS]
    left = list(repositories.stored_rows.views(case.application_id)) if recorded else []
    for event in recorded:
        line = next((view for view in left if _is_of(view, event)), None)
        if line is None:
            return False
        left.remove(line)
    return True


def _is_of(view: StoredView, event: AuditEvent) -> bool:
    field = detail(event, "field")
    same = (view.round_id, view.staff) == (event.round_id, event.actor)
    of_kind = view.kind == _VIEWS[event.tag] and field in {"", view.detail}
    return same and of_kind and abs(event.recorded_at - view.at) <= _AT_ONCE


def _has_its_submissions(repositories: Repositories, case: ApplicationRound, log: RoundLog) -> bool:
    recorded = {
        detail(event, "parcel"): event.actor.partition(":")[2]
        for event in log.events
        if event.tag is EventTag.APPLICATION_SUBMITTED
    }
    return (
        not recorded
        or recorded.items() <= repositories.stored_rows.submissions(case.round_id).items()
    )


_Holds = Callable[[Repositories, ApplicationRound, RoundLog], bool]
_WHOLE: Final[Mapping[DiscrepancyKind, _Holds]] = {
    DiscrepancyKind.DOCUMENTS_DIFFER: _has_its_documents,
    DiscrepancyKind.CORRECTIONS_DIFFER: _has_its_corrections,
    DiscrepancyKind.WITHDRAWAL_LOST: _has_its_withdrawals,
    DiscrepancyKind.VIEW_LOST: _has_its_views,
    DiscrepancyKind.SUBMISSION_LOST: _has_its_submissions,
}
