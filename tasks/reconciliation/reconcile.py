"""Rebuild what happened from the audit log, and hold everything else that is kept against it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import ChainReport, EventTag
from models.cases.case_round import ApplicationRound
from storage.bootstrap import Repositories
from tasks.reconciliation.compare_bindings import STALE
from tasks.reconciliation.compare_history import compare_history
from tasks.reconciliation.office.compare_register import compare_policies, compare_register
from tasks.reconciliation.office.compare_roots import lost_roots, publish_root
from tasks.reconciliation.office.unknown_objects import unknown_objects
from tasks.reconciliation.unreadable_rows import as_far_as_readable

SLICES: Final = 30
"""Everything old is opened once in so many nights; the least that a month of evidence needs."""
_DECIDED_WITHIN: Final = dt.timedelta(days=1)
_HEX: Final = 256
_ROUNDS: Final = "rounds"
_BINDINGS: Final = "bindings"
_LOOKS: Final = (EventTag.BOOKS_RECONCILED,)


def reconcile(
    repositories: Repositories, now: dt.datetime, *, pictures: bool = True
) -> tuple[Discrepancy, ...]:
    """Everything that does not agree, in a fixed order; what is under way is left out.

    Args:
        repositories: Where everything is kept; it is only read, but for the root of an intact log,
            which is put where others can take a copy.
        now: Rounds of the last hour may be under way.
        pictures: Whether every upload is opened; else only whether it is there.
    """
    names = repositories.cases.applications_of([""])
    names |= repositories.audit.applications_after(0)
    return (
        *_of_applications(repositories, names, now, pictures=pictures),
        *as_far_as_readable(_ROUNDS, lambda: _undecided(repositories, now)),
        *as_far_as_readable(_BINDINGS, lambda: unknown_objects(repositories, [""])),
        *_of_office(repositories, repositories.audit.verify(repositories.archive)),
    )


def reconcile_portion(repositories: Repositories, now: dt.datetime) -> tuple[Discrepancy, ...]:
    """The same for what happened since the last time, and for one thirtieth of all the rest.

    Args:
        repositories: As for `reconcile`.
        now: Its day says which part of the rest is due.
    """
    part = now.date().toordinal() % SLICES
    prefixes = [f"{number:02x}" for number in range(_HEX) if number % SLICES == part]
    names = repositories.cases.applications_of(prefixes)
    names |= repositories.audit.applications_after(_last_end(repositories))
    names |= repositories.audit.applications_in_part(part, SLICES)
    return (
        *_of_applications(repositories, names, now, pictures=True),
        *as_far_as_readable(_ROUNDS, lambda: _undecided(repositories, now)),
        *as_far_as_readable(_BINDINGS, lambda: unknown_objects(repositories, prefixes)),
        *_of_office(
            repositories, repositories.audit.verify_onward(repositories.archive, share=SLICES)
        ),
    )


def _last_end(repositories: Repositories) -> int:
    """Where the log ended when the books were compared last."""
    last = repositories.audit.system_events(_LOOKS, 1)
    return last[0].sequence if last else 0


def _of_applications(
    repositories: Repositories, names: Iterable[str], now: dt.datetime, *, pictures: bool
) -> Iterator[Discrepancy]:
    for name in sorted(names):
        yield from compare_history(
            repositories, name, lambda case: _is_over(case, now), now, pictures=pictures
        )


def _undecided(repositories: Repositories, now: dt.datetime) -> Iterator[Discrepancy]:
    """What was received and has neither an outcome nor, by now, a run that could still be at it."""
    for case in repositories.cases.undecided_since(now - _DECIDED_WITHIN):
        yield Discrepancy(fault=DiscrepancyKind.ROUND_UNDECIDED, subject=case.round_id)


def _is_over(case: ApplicationRound, now: dt.datetime) -> bool:
    return now - case.received_at > STALE


def _of_office(repositories: Repositories, report: ChainReport) -> Iterator[Discrepancy]:
    """What belongs to no application: who may act, under which policies, and the log itself."""
    yield from as_far_as_readable("staff", lambda: compare_register(repositories))
    yield from compare_policies(repositories)
    yield from _of_chain(repositories, report)


def _of_chain(repositories: Repositories, report: ChainReport) -> Iterator[Discrepancy]:
    if not report.intact:
        subject = f"event {report.first_broken}"
        yield Discrepancy(fault=DiscrepancyKind.CHAIN_BROKEN, subject=subject)
    yield from lost_roots(repositories)
    publish_root(repositories, report)
