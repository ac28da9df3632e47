"""The dashboard: the figures of the day for people, and the metrics for monitoring."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from console.repositories import OpenRepositories
from console.web.administration.intervals import agreement_of, share_of
from console.web.administration.report_files import newest_reports
from console.web.pages import show
from console.web.review.view.time_left import time_left
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.decision.decision import Outcome
from models.notices.exchange import DeliveryState
from storage.reports.dashboard_counts import DashboardCounts
from tasks.reports.watch_drift import recent_changes

router = APIRouter()
_MONTH: Final = dt.timedelta(days=30)
_WIDTH: Final = 190
_LEAST_PAIRS: Final = 2 * 3**2
"""Cases from which on κ of three outcomes is shown: twice their square, the least number for which
the normal approximation held (Cicchetti, Applied Psychological Measurement 5, 1981)."""


class DashboardBar(NamedTuple):
    """One bar of a picture: its length in units, what it counts, and how to colour it."""

    label: str
    number: int
    length: int
    state: str


@router.get("/today")
def dashboard(request: Request, repositories: OpenRepositories) -> Response:
    """What came in, what went out, what is late, who did how much."""
    now = dt.datetime.now(CHINA)
    midnight = dt.datetime.combine(now.date(), dt.time(), CHINA)
    day, month = (
        repositories.dashboard.since(midnight),
        repositories.dashboard.since(midnight - _MONTH),
    )
    age = now - day.oldest if day.oldest else None
    return show(
        request,
        "dashboard.html",
        day=day,
        month=month,
        outcomes=bars({o.value: month.outcomes.get(o.value, 0) for o in Outcome}),
        due=_due_bars(day, now, repositories.policies.working_days),
        reasons=bars(month.reasons),
        opinions_by_staff=bars({p.staff: p.opinions for p in month.pace}),
        outcome_words={o.value: (o.zh, o.value.replace("_", " ")) for o in Outcome},
        reasons_by_code=REASONS,
        oldest_hours=round(age.total_seconds() / 3600, 1) if age else None,
        agreement=agreement_of(month.pairs),
        least_pairs=_LEAST_PAIRS,
        second_look_difference=share_of(month.differed, month.looked_again),
        sample_refusals=share_of(day.refused, day.sampled),
        reports=newest_reports(repositories),
    )


@router.get("/today/changes")
def changes(request: Request, repositories: OpenRepositories) -> Response:
    """The part of the page about new versions: it weighs weeks of rounds, so it comes by itself."""
    found = recent_changes(repositories, dt.datetime.now(CHINA))
    return show(request, "changes.html", changes=found, share_of=share_of)


@router.get("/metrics")
def metrics(repositories: OpenRepositories) -> PlainTextResponse:
    """The same for Prometheus; counts only."""
    now = dt.datetime.now(CHINA)
    figures = repositories.dashboard.since(dt.datetime.combine(now.date(), dt.time(), CHINA))
    notices = repositories.outbox.counts()
    lines = "\n".join((*_lines(figures, now), *_notice_lines(notices))) + "\n"
    return PlainTextResponse(lines, media_type="text/plain; version=0.0.4; charset=utf-8")


def bars(counts: Mapping[str, int]) -> tuple[DashboardBar, ...]:
    """Bars whose longest fills the picture."""
    longest = max(counts.values(), default=0) or 1
    return tuple(
        DashboardBar(label, number, round(number / longest * _WIDTH), label)
        for label, number in counts.items()
    )


def _due_bars(
    figures: DashboardCounts, now: dt.datetime, overrides: str
) -> tuple[DashboardBar, ...]:
    longest = max(figures.due.values(), default=0) or 1
    ends = {day: dt.datetime.combine(day, dt.time(23, 59), CHINA) for day in figures.due}
    return tuple(
        DashboardBar(
            day.strftime("%m-%d"),
            number,
            round(number / longest * _WIDTH),
            time_left(ends[day], overrides=overrides, now=now).urgency,
        )
        for day, number in figures.due.items()
    )


def _notice_lines(counts: Mapping[DeliveryState, int]) -> Iterator[str]:
    yield "# TYPE kinbind_notices gauge"
    for state, number in counts.items():
        yield f'kinbind_notices{{state="{state.value}"}} {number}'


def _lines(figures: DashboardCounts, now: dt.datetime) -> Iterator[str]:
    late = sum(number for day, number in figures.due.items() if day < now.date())
    age = (now - figures.oldest).total_seconds() if figures.oldest else 0
    gauges = {
        "kinbind_received_today": figures.received,
        "kinbind_reviews_waiting": figures.waiting,
        "kinbind_reviews_claimed": figures.claimed,
        "kinbind_reviews_late": late,
        "kinbind_review_oldest_seconds": round(age),
        "kinbind_sampled_total": figures.sampled,
        "kinbind_sampled_refused_total": figures.refused,
        "kinbind_disagreements_open": figures.disagreements,
    }
    for name, value in gauges.items():
        yield f"# TYPE {name} {'counter' if name.endswith('_total') else 'gauge'}"
        yield f"{name} {value}"
    yield "# TYPE kinbind_decided_today gauge"
    for outcome in Outcome:
        number = figures.outcomes.get(outcome.value, 0)
        yield f'kinbind_decided_today{{outcome="{outcome.value}"}} {number}'
