"""The lists: what they show, what N takes of them, and the same as a file."""

import csv
import datetime as dt
import io

from models.clock import CHINA
from models.decision.decision import Outcome
from models.staff.staff_member import StaffRole
from storage.reviews.queue_queries import QueueFilters, QueuePart
from tasks.reviewing.claims import claim, claim_next, escalate
from tests.review_steps import opine


def test_the_next_case_fits_the_list_that_was_shown_last(browser_of, review_of, repositories):
    browser = browser_of("lin")
    browser.get("/queue?code=R03")
    assert browser.post("/queue/next").headers["location"].endswith(review_of("A-UNPROVEN"))
    assert "code=R03" in browser.post("/queue/next").headers["location"]
    browser.get("/queue")
    assert browser.post("/queue/next").headers["location"].startswith("/cases/")


def test_the_next_case_of_a_senior_s_part_is_a_senior_s(repositories, review_of):
    review_id = review_of("A-NONFACE")
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    escalate(repositories, review_id, "lin")
    part = QueueFilters(part=QueuePart.SENIOR)
    assert claim_next(repositories, "su", StaffRole.SENIOR, filters=part).review.review_id == (
        review_id
    )
    assert claim_next(repositories, "su", StaffRole.SENIOR, filters=part) is None


def test_the_list_as_a_file_has_headings_in_the_reader_s_language(browser_of):
    browser = browser_of("su")
    answer = browser.get("/queue/csv?code=R03")
    assert answer.content.startswith("\ufeff".encode())
    head, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    cells = dict(zip(head, line, strict=True))
    assert (cells["申请编号"], cells["状态"]) == ("A-UNPROVEN", "待领取")
    assert cells["疑点"].startswith("R03 关系")
    assert cells["地区"] == "浙江省杭州市"
    browser.post("/language", {"language": "en"})
    assert browser.get("/queue/csv?code=R03").content.decode("utf-8-sig").startswith("application,")


def test_whoever_gave_an_opinion_sees_that_the_case_waits_for_another(
    browser_of, review_of, repositories
):
    review_id = review_of("A-NONFACE")
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    opine(repositories, review_id, "lin", Outcome.RETURNED, ["Q05"], four_eyes=True)
    second = "/queue?standing=second"
    assert "您已提出意见" in browser_of("lin").get(second).text
    page = browser_of("wang").get(second).text
    assert ("A-NONFACE" in page, "您已提出意见" in page) == (True, False)
    claim(repositories, review_id, "wang", StaffRole.REVIEWER)
    opine(repositories, review_id, "wang", Outcome.APPROVED, four_eyes=True)
    assert "A-NONFACE" not in browser_of("lin").get(second).text


def test_a_reviewer_puts_several_of_their_own_back_and_a_senior_anybody_s(
    browser_of, review_of, repositories
):
    lin, wang = browser_of("lin"), browser_of("wang")
    mine = [review_of("A-MISREAD"), review_of("A-NONFACE")]
    for review_id in mine:
        lin.post(f"/cases/{review_id}/claim")
    assert f'value="{mine[0]}"' in lin.get("/queue?standing=mine").text
    assert "told=none_chosen" in lin.post("/queue/release").headers["location"]
    wang.post("/queue/release", {"review_ids": mine})
    assert repositories.queue.count(QueueFilters(part=QueuePart.HELD)) == 2
    senior = browser_of("su")
    shown = senior.get("/team").text
    assert f'value="{mine[1]}"' in shown
    assert (
        repositories.workloads.since(repositories.reviews.get(mine[0]).opened_at)["lin"].held == 2
    )
    back = senior.post("/queue/release", {"review_ids": mine[:1], "back": "/team"})
    assert back.headers["location"] == "/team"
    assert "release" not in browser_of("he").get("/team").text
    lin.post("/queue/release", {"review_ids": mine})
    assert repositories.queue.count(QueueFilters(part=QueuePart.HELD)) == 0


def test_a_second_look_is_told_as_an_opinion_and_never_as_the_outcome(
    browser_of, review_of, repositories
):
    review_id = review_of("A-MISREAD")
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    opine(repositories, review_id, "lin", Outcome.APPROVED)
    decided = repositories.reviews.get(review_id)
    repositories.reviews.settle(review_id)
    again = repositories.samples.open_second_look(
        decided, opened_at=decided.opened_at, due_at=decided.due_at
    )
    claim(repositories, again, "wang", StaffRole.REVIEWER)
    opine(repositories, again, "wang", Outcome.REJECTED, ["X20"])
    assert "复查意见" not in browser_of("wang").get("/queue?standing=done").text
    repositories.reviews.settle(again)
    browser = browser_of("su")
    done = browser.get("/queue?standing=done").text
    assert "复查意见：拒绝" in done
    assert "复查意见（不影响原结果）" in browser.get(f"/cases/{again}").text


def test_the_queue_can_be_narrowed_to_what_is_due_by_a_day(browser_of, repositories):
    browser = browser_of("lin")
    due = max(c.due_at for c in repositories.reviews.list()).astimezone(CHINA).date()
    assert "A-MISREAD" in browser.get(f"/queue?due={due}").text
    earlier = browser.get(f"/queue?due={due - dt.timedelta(days=1)}").text
    assert "A-MISREAD" not in earlier
    assert f'value="{due}"' in browser.get(f"/queue?due={due:%Y年%m月%d日}").text
    for odd in ("2026-02-31", "9999-12-31", "x"):
        refused = browser.get(f"/queue?due={odd}")
        assert (refused.status_code, "日期有误" in refused.text) == (422, True)
