"""Deadlines, every hour: overdue reviews are escalated, unanswered returns are ended."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from models.errors import KinbindError
from storage.bootstrap import current_repositories
from tasks.upkeep.watch_deadlines import watch_deadlines as look_at_terms


class UndecidedError(KinbindError):
    """Something was received hours ago and has no outcome; the run's log names it."""


@flow(name="watch-deadlines")
def watch_deadlines() -> dict[str, int]:
    """Escalate reviews whose term is over and end returns that nobody answered.

    Looking again changes nothing that was done.

    Returns:
        How many terms were moved, reviews escalated and returns ended.

    Raises:
        UndecidedError: After all that: rounds were received hours ago and have no outcome.
    """
    with in_this_run():
        watched = look_at_terms(current_repositories(), dt.datetime.now(dt.UTC))
    counts = watched._asdict() | {"undecided": len(watched.undecided)}
    get_run_logger().info("terms: %s", counts)
    for round_id in watched.undecided:
        get_run_logger().error("received and undecided: %s", round_id)
    if watched.undecided:
        msg = (
            f"收件后数小时仍无办理结果：{len(watched.undecided)} 份，见本次运行日志。"
            "请检查工作进程，并执行 kinbind run 或触发 verify-arrivals。"
            f" {len(watched.undecided)} were received hours ago and have no outcome; this run's log"
            " names them. Look at the workers, then kinbind run, or start verify-arrivals."
        )
        raise UndecidedError(msg)
    return counts
