"""`kinbind audit decisions`, `samples`, `runs` and `search`: the auditors' pages in a terminal."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.choices import one_of
from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say

if TYPE_CHECKING:
    from models.cases.case_round import ApplicationRound
    from models.reports.run import BatchRun
    from storage.audit.audit_search import AuditQuery

_DAY_FORMS = ["%Y-%m-%d"]
_Since = Annotated[
    dt.datetime | None,
    typer.Option(
        formats=_DAY_FORMS, help="起始日 first day; unset: 30 days back.", show_default=False
    ),
]
_Until = Annotated[
    dt.datetime | None,
    typer.Option(formats=_DAY_FORMS, help="截止日 last day; unset: today.", show_default=False),
]
_DAYS = dt.timedelta(days=30)


def decisions(
    *,
    by: Annotated[str | None, typer.Option(help="人员 who; unset: everybody.")] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: AsJson = False,
) -> None:
    """按人按日的审核意见。What each person said on each day, by the day on which it was said."""
    start, end = _span(since, until)
    with home_repositories() as repositories:
        days = repositories.oversight.decisions_by_day(start, end)
    for one in days:
        if by and one.staff != by:
            continue
        if as_json:
            print_json(one)
            continue
        say(
            f"{one.day}  {one.staff}  通过 approved {one.approved} · 退回 returned {one.returned}"
            f" · 拒绝 rejected {one.rejected} · 成为决定 became the decision {one.decided}"
        )
    if not as_json and not any(by in {None, one.staff} for one in days):
        say("这些天没有审核意见。Nobody gave an opinion in these days.")


def samples(*, as_json: AsJson = False) -> None:
    """抽检与复查的结果。Approvals of the machine and decisions of people that were looked at again.

    What was said then is an opinion after the fact and changes no outcome.
    """
    with home_repositories() as repositories:
        drawn = repositories.oversight.sampled_approvals()
        looks = repositories.samples.second_looks()
    if as_json:
        for one in drawn:
            print_json({"kind": "sample", **one.model_dump(mode="json"), "agreed": one.agreed})
        for look in looks:
            print_json({"kind": "second_look", **look.model_dump(mode="json")})
        return
    for one in drawn:
        result = (
            f"{one.looked_by} 抽检意见 said: {one.outcome.zh} {one.outcome.value}"
            f" {' '.join(one.codes)}".rstrip()
            if one.outcome
            else "待抽检 waits"
        )
        mark = {None: "·", True: "✓", False: "✗"}[one.agreed]
        say(f"{mark} 抽检 sample  {one.application_id}  {one.drawn_at:%Y-%m-%d}  {result}")
    for look in looks:
        same = look.first_outcome == look.second_outcome
        state = "" if same else " 分歧待处理 open" if look.open else " 分歧已处理 closed"
        say(
            f"{'✓' if same else '✗'} 复查 second look  {look.application_id}  原决定 decision:"
            f" {look.first_staff} {look.first_outcome.zh} {look.first_outcome.value}"
            " · 复查意见 said:"
            f" {look.second_staff} {look.second_outcome.zh} {look.second_outcome.value}{state}"
        )
    if not (drawn or looks):
        say("没有抽检件，也没有复查件。Nothing was looked at again.")


def runs(
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="最多几次 how many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """运行历史。The latest runs over batches, also those that never came to their end."""
    with home_repositories() as repositories:
        found = repositories.run_history.runs(limit)
    for run in found:
        if as_json:
            print_json(run)
        else:
            _print_run(run)
    if not found and not as_json:
        say("暂无运行记录。No run is recorded.")


def _print_run(run: "BatchRun") -> None:
    began = f"{run.started_at:%Y-%m-%d %H:%M:%S}" if run.started_at else "—"
    ended = f"{run.finished_at:%H:%M:%S}" if run.finished_at else "没有结束 never came to its end"
    say(
        f"{'✓' if run.finished_at else '✗'} {run.batch_id}  {began} → {ended}",
        f"    收件 taken in {run.stands.taken_in} · 本次决定 decided by this run {run.decided}"
        f" · 系统故障 faults {run.faults} · 未办结 unfinished {run.stands.unfinished}",
        *([f"    kinbind audit search --run {run.run_id}"] if run.run_id else []),
    )


def search(
    *,
    application: Annotated[str, typer.Option(help="申请编号或其开头 id or its beginning.")] = "",
    reviewer: Annotated[str, typer.Option(help="提过意见的人员 who gave an opinion.")] = "",
    code: Annotated[str, typer.Option(help="现行原因 a reason in force, e.g. R03.")] = "",
    outcome: Annotated[str | None, typer.Option(help="结果 approved · returned · …")] = None,
    batch: Annotated[str, typer.Option(help="批次 batch.")] = "",
    run: Annotated[str, typer.Option(help="运行 the run that decided it.")] = "",
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=_DAY_FORMS, help="收件起始日 first day of receipt.", show_default=False
        ),
    ] = None,
    until: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=_DAY_FORMS, help="收件截止日 last day of receipt.", show_default=False
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="最多几份 how many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """检索申请。Rounds that fit all that is asked, the newest first; exit code 1 where none does.

    A reason that a person overruled does not count. By a person's number the page 审计 searches:
    no number is typed here.
    """
    from models.decision.decision import Outcome
    from storage.audit.audit_search import AuditQuery

    asked = AuditQuery(
        application=application,
        reviewer=reviewer,
        code=code.upper(),
        outcome=one_of(Outcome, outcome, "--outcome") if outcome else None,
        batch=batch,
        run=run,
        start=_midnight(since.date()) if since else None,
        end=_midnight(until.date() + dt.timedelta(days=1)) if until else None,
    )
    _print_found(asked, limit, as_json=as_json)


def _print_found(asked: "AuditQuery", limit: int, *, as_json: bool) -> None:
    if asked.empty:
        raise typer.BadParameter("请至少给出一个条件。Ask for something: see --help.")
    with home_repositories() as repositories:
        found = repositories.search.find(asked, limit + 1)
    for one in found[:limit]:
        if as_json:
            print_json(_line(one))
        else:
            words = f"{one.outcome.zh} {one.outcome.value}" if one.outcome else "办理中 under way"
            say(
                f"{one.application_id}  第 {one.round} 次 round"
                f"  {one.received_at:%Y-%m-%d %H:%M}  {words}  {one.decided_by or ''}".rstrip()
            )
    if len(found) > limit and not as_json:
        say(f"还有更多，只列出 {limit} 份。There are more; --limit shows them.")
    if not found:
        say("没有符合条件的申请。No application fits.", err=True)
        raise typer.Exit(1)


def _line(one: "ApplicationRound") -> dict[str, object]:
    shown = ("application_id", "round", "received_at", "outcome", "decided_by", "policy_version")
    return one.model_dump(mode="json", include={*shown, "batch_id"})


def _span(since: dt.datetime | None, until: dt.datetime | None) -> tuple[dt.datetime, dt.datetime]:
    """The first moment that counts, and the first one that counts no longer."""
    from models.clock import CHINA

    today = dt.datetime.now(CHINA).date()
    last = until.date() if until else today
    first = since.date() if since else last - _DAYS
    return _midnight(first), _midnight(last + dt.timedelta(days=1))


def _midnight(day: dt.date) -> dt.datetime:
    from models.clock import CHINA

    return dt.datetime.combine(day, dt.time(), CHINA)
