"""What the runs did: by day and by run, with counts, and where the orchestrator shows them."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.pages import show
from models.clock import CHINA
from storage.settings import Settings

router = APIRouter()
_RUNS: Final = 100


@router.get("/audit/runs")
def runs(
    request: Request, repositories: OpenRepositories, days: Annotated[int, Query(ge=1, le=92)] = 14
) -> Response:
    """The last days and the last runs."""
    today = dt.datetime.combine(dt.datetime.now(CHINA).date(), dt.time(), CHINA)
    return show(
        request,
        "runs.html",
        days=repositories.run_history.days(today - dt.timedelta(days=days - 1)),
        span=days,
        spans=(7, 14, 31, 92),
        runs=repositories.run_history.runs(_RUNS),
        limit=_RUNS,
        link=lambda run_id: run_link(repositories.settings, run_id),
        duration=duration,
    )


def run_link(settings: Settings, run_id: str | None) -> str:
    """Where the orchestrator shows a run; empty where that is not known."""
    if not run_id or not settings.orchestrator_url:
        return ""
    return f"{settings.orchestrator_url}/runs/flow-run/{run_id}"


def duration(span: dt.timedelta | float | None) -> tuple[str, str]:
    """A span as people say it, in Chinese and English: `3 分 05 秒`, `3 min 05 s`."""
    if span is None:
        return "", ""
    seconds = round(span.total_seconds() if isinstance(span, dt.timedelta) else span)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 60:
        return f"{seconds} 秒", f"{seconds} s"
    if seconds < 3600:
        return f"{minutes} 分 {seconds % 60:02} 秒", f"{minutes} min {seconds % 60:02} s"
    if days < 2:
        return f"{hours} 小时 {minutes % 60:02} 分", f"{hours} h {minutes % 60:02} min"
    return f"{days} 天 {hours % 24} 小时", f"{days} d {hours % 24} h"
