"""Roots of the log that were published, and whether they still lie where they were put."""

from collections.abc import Iterator
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import ChainReport, EventTag
from storage.audit.chain.hash_chain import ROOTS
from storage.bootstrap import Repositories

_ALL: Final = 100_000
"""One root a night: more than two centuries of them."""


def publish_root(repositories: Repositories, report: ChainReport) -> None:
    """Keep the root of an intact log in clear, and note that it was; the same again is nothing."""
    published = _published(repositories)
    if not report.intact or not report.events or report.events - 1 in published:
        return
    repositories.audit.publish_root(repositories.archive, report)
    repositories.audit.append(
        EventTag.ROOT_PUBLISHED,
        application_id=None,
        round_id=None,
        actor="reconcile",
        details={"events": report.events, "root": report.root},
        idempotency_key=f"root:{report.events}",
    )


def lost_roots(repositories: Repositories) -> Iterator[Discrepancy]:
    """Roots that the log says were published and that are gone."""
    kept = set(repositories.archive.store.keys(ROOTS))
    for size in sorted(_published(repositories)):
        key = f"{ROOTS}{size:012d}"
        if key not in kept:
            yield Discrepancy(fault=DiscrepancyKind.ROOT_LOST, subject=key)


def _published(repositories: Repositories) -> set[int]:
    events = repositories.audit.system_events((EventTag.ROOT_PUBLISHED,), _ALL)
    return {int(str(event.details["events"])) for event in events}
