import datetime as dt

import pytest

from models.decision.decision import Outcome
from models.staff.staff_member import StaffRole
from storage.reviews import queue_pages
from storage.reviews.queue_pages import MOST
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.claims import claim, escalate, postpone
from tests.review_steps import opine

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
CODES: tuple[list[str], ...] = (["Q05"], ["X20"], ["Q05", "R03"], ["R03"], [], ["D01"])


@pytest.fixture
def queue(repositories):
    """Six cases of several reasons and products, the last opened due first."""
    for number, codes in enumerate(CODES):
        round_ = repositories.cases.register(
            f"A{number}",
            "d",
            batch_id="b",
            received_at=NOW,
            product="mutual_aid" if number % 3 == 0 else "family_account",
        ).round
        opened = NOW + dt.timedelta(minutes=number)
        due = NOW + dt.timedelta(days=9 - number)
        repositories.reviews.open(round_.round_id, codes, opened_at=opened, due_at=due)
    return repositories.queue


@pytest.fixture(params=[MOST, 1], ids=["few are sorted", "many are walked"])
def either_way(request, monkeypatch):
    """Whether a filter leaves few or many is a matter of this bound."""
    monkeypatch.setattr(queue_pages, "MOST", request.param)


def names(page):
    return "".join(case.review.application_id[1] for case in page.cases)


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("order", "expected"),
    [(QueueOrder.DUE, "543210"), (QueueOrder.RISK, "123504"), (QueueOrder.AGE, "012345")],
)
def test_each_order_puts_its_own_first_and_pages_join(queue, order, expected):
    assert names(queue.page(QueueFilters(), order)) == expected
    pages = [queue.page(QueueFilters(), order, offset=start, limit=2) for start in (0, 2, 4, 6)]
    assert "".join(map(names, pages)) == expected


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (QueueFilters(code="Q05"), "20"),
        (QueueFilters(code="Z99"), ""),
        (QueueFilters(product="mutual_aid"), "30"),
        (QueueFilters(product="mutual_aid", code="Q05"), "0"),
        (QueueFilters(due_before=NOW + dt.timedelta(days=6)), "54"),
    ],
)
def test_a_filter_leaves_what_it_says(queue, filters, expected):
    assert names(queue.page(filters)) == expected


@pytest.mark.usefixtures("either_way")
def test_each_part_of_the_queue_shows_its_own(repositories, queue):
    by_name = {case.review.application_id: case.review for case in queue.page(QueueFilters()).cases}
    for name in ("A0", "A1", "A2", "A3", "A4"):
        claim(repositories, by_name[name].review_id, "lin", StaffRole.REVIEWER)
    escalate(repositories, by_name["A1"].review_id, "lin")
    postpone(repositories, by_name["A2"].review_id, "lin", 1)
    for name, four_eyes in (("A0", False), ("A3", True)):
        review_id = by_name[name].review_id
        opine(
            repositories, review_id, "lin", Outcome.RETURNED, ["Q05"], four_eyes=four_eyes, at=NOW
        )
    for staff, outcome in (("lin", Outcome.RETURNED), ("wang", Outcome.APPROVED)):
        claim(repositories, by_name["A5"].review_id, staff, StaffRole.REVIEWER)
        opine(repositories, by_name["A5"].review_id, staff, outcome, four_eyes=True)
    shown = {
        standing: names(queue.page(QueueFilters(part=standing, viewer="lin")))
        for standing in QueuePart
    }
    assert shown == {
        QueuePart.WAITING: "5431",
        QueuePart.MINE: "4",
        QueuePart.SENIOR: "51",
        QueuePart.SECOND: "3",
        QueuePart.HELD: "4",
        QueuePart.POSTPONED: "2",
        QueuePart.DONE: "0",
    }
    assert names(queue.page(QueueFilters(part=QueuePart.DONE, code="Q05"))) == "0"
    assert names(queue.page(QueueFilters(code="Q05"))) == ""


def test_a_long_queue_is_counted_to_a_bound(queue, monkeypatch):
    assert queue.count(QueueFilters()) == 6
    monkeypatch.setattr(queue_pages, "MOST", 4)
    assert queue.count(QueueFilters()) == 4
