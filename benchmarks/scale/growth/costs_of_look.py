"""What one look costs: its statements, the time they take, and tables that are read through."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, event

from storage.database.tables.base import Table

_ASKS: Final = re.compile(r"\s*(SELECT|WITH|UPDATE|DELETE)")
_READ_THROUGH: Final = {
    "sqlite": re.compile(r"^SCAN (?!CONSTANT)(\w+)\b(?! USING (?:COVERING )?INDEX)"),
    "postgresql": re.compile(r"Seq Scan on (\w+)"),
}
_TABLES: Final = frozenset(Table.metadata.tables)
_REPEATS: Final = 7


class QueryPlan(NamedTuple):
    """How the database answers a look.

    Attributes:
        statements: Asked of it.
        text: Its plans, a line for each step.
        read_through: Tables of which it reads every row; empty ones, too.
    """

    statements: int
    text: str
    read_through: tuple[str, ...]


class Cost(NamedTuple):
    """Of one look.

    Attributes:
        cpu: Milliseconds of this process; SQLite is in it.
        clock: Milliseconds until the answer; the median, as the former.
        plan: How it is answered.
    """

    cpu: float
    clock: float
    plan: QueryPlan


def cost_of(engine: Engine, look: Callable[[], object]) -> Cost:
    """The medians of seven, after a first one whose statements are explained."""
    plan = plan_of(engine, look)
    cpu, clock = [], []
    for _ in range(_REPEATS):
        began, since = time.process_time(), time.perf_counter()
        look()
        cpu.append(time.process_time() - began)
        clock.append(time.perf_counter() - since)
    return Cost(statistics.median(cpu) * 1000, statistics.median(clock) * 1000, plan)


def plan_of(engine: Engine, look: Callable[[], object]) -> QueryPlan:
    """Look once, and explain what was asked."""
    with _listening(engine) as asked:
        look()
    lines = [line for one in asked for line in _explained(engine, *one)]
    found = (_READ_THROUGH[engine.dialect.name].search(line) for line in lines)
    tables = sorted({match.group(1) for match in found if match} & _TABLES)
    return QueryPlan(len(asked), "\n".join(lines), tuple(tables))


@contextmanager
def _listening(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:  # noqa: ANN401
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _explained(engine: Engine, statement: str, parameters: Any) -> Iterator[str]:  # noqa: ANN401
    if not _ASKS.match(statement) or "hold_audit_log" in statement:
        return
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        for row in connection.exec_driver_sql(explain + statement, parameters):
            yield str(row[-1])
