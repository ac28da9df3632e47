"""What left its limits on a day: reasons everywhere and by province, fields that read worse."""

import datetime as dt
from typing import Final

from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.reading.document import DocumentKind
from models.reading.field_name import field_zh
from models.record import Record
from models.reports.control_limits import ControlSignal, signal_on
from models.reports.version_change import VersionChange
from storage.bootstrap import Repositories
from storage.reports.daily_shares import SeriesName, daily_shares
from storage.reports.version_changes import version_changes

_WINDOW: Final = dt.timedelta(days=90)
"""Calendar days that hold the 56 days with receipts which a day is held against, where nothing
comes in at weekends too."""

_CHANGES: Final = dt.timedelta(days=90)
"""Whoever looks every week sees each change with its four weeks on both sides."""


_SPANS: Final = {
    1: ("当日", "that day"),
    2: ("两日合计", "in two days"),
    5: ("五日合计", "in five days"),
}


class Drift(Record):
    """One share that left its limits, in words for the office."""

    day: dt.date
    zh: str
    en: str
    signal: ControlSignal


def watch_drift(repositories: Repositories, day: dt.date) -> tuple[Drift, ...]:
    """Everything that left its limits on a day, the least likely first.

    Args:
        repositories: Where the cases are.
        day: By the office's clock; a day on which nothing came in has no signal.
    """
    return drifts_of_days(repositories, day, day)


def drifts_of_days(repositories: Repositories, first: dt.date, last: dt.date) -> tuple[Drift, ...]:
    """The same of several days, each held against those before it, in the order of days.

    Args:
        repositories: Where the cases are.
        first: First day that is asked about.
        last: Last day.
    """
    days, series = daily_shares(repositories.engine, first - _WINDOW, last)
    found = [
        _worded(name, signal, day)
        for place, day in enumerate(days)
        if day >= first
        for name, shares in series.items()
        if (signal := signal_on(shares, place)) is not None
    ]
    return tuple(sorted(found, key=lambda drift: (drift.day, drift.signal.chance)))


def recent_changes(repositories: Repositories, now: dt.datetime) -> tuple[VersionChange, ...]:
    """How the machine decided before and after each new policy, engine or form of 90 days."""
    return version_changes(repositories.engine, now - _CHANGES)


def _worded(name: SeriesName, signal: ControlSignal, day: dt.date) -> Drift:
    zh, en = _subject(name)
    before, now = f"{signal.expected:.1%}", f"{signal.share:.1%}"
    span_zh, span_en = _SPANS[signal.days]
    return Drift(
        day=day,
        zh=f"{zh}：此前八周 {before}，{span_zh} {now}。",
        en=f"{en}: {before} in the eight weeks before, {now} {span_en}.",
        signal=signal,
    )


def _subject(name: SeriesName) -> tuple[str, str]:
    if name.field:
        kind, field = name.field.split(".", 1)
        zh = f"{DocumentKind(kind).zh}“{field_zh(field)}”读得不可靠"
        return zh, f"{field} of {kind} not to be relied on"
    where_zh = f"（地区 {name.region}）" if name.region else ""
    where_en = f" in region {name.region}" if name.region else ""
    reason = REASONS[Reason(name.reason)]
    return (
        f"{name.reason} {reason.zh}{where_zh}",
        f"{name.reason} {reason.en}{where_en}",
    )
