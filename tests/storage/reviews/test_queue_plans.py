"""How SQLite says that it would answer; PostgreSQL would rather sort three rows."""

import pytest
from sqlalchemy import event

from models.staff.staff_member import StaffRole
from storage.reviews import queue_pages
from storage.reviews.queue_queries import QueueFilters, QueueOrder
from tasks.reviewing.claims import claim_next


@pytest.mark.parametrize("order", QueueOrder)
def test_neither_a_page_nor_the_next_case_needs_the_queue_sorted(
    repositories, waiting, order, monkeypatch
):
    """What is sorted stands in the plan; the few rows of one page may be."""
    waiting(3)
    monkeypatch.setattr(queue_pages, "MOST", 1)
    asked = []

    def listen(connection, cursor, statement, parameters, *_):
        asked.append((statement, parameters))

    event.listen(repositories.engine, "before_cursor_execute", listen)
    repositories.queue.page(QueueFilters(), order)
    claim_next(repositories, "lin", StaffRole.REVIEWER, order=order)
    event.remove(repositories.engine, "before_cursor_execute", listen)
    with repositories.engine.connect() as connection:
        for statement, parameters in asked:
            if "ORDER BY" not in statement:
                continue
            plan = [
                (parent, detail)
                for _, parent, _, detail in connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", parameters
                )
            ]
            (walk,) = (step for step in plan if "ix_reviews_by" in step[1])
            assert walk[1].endswith(f"by_{order}"), plan
            assert (walk[0], "USE TEMP B-TREE FOR ORDER BY") not in plan
