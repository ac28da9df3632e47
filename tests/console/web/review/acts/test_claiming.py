"""Who gets which case: claimed, passed on, put back, assigned."""

import datetime as dt

from models.audit.event import EventTag
from models.staff.staff_member import StaffRole
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.claims import claim_next
from tests.review_steps import tags

BY_HTMX = {"hx-request": "true"}


def test_the_next_case_is_one_of_those_that_the_list_shows(browser_of, review_of):
    browser = browser_of("lin")
    taken = browser.post("/queue/next", {"standing": "waiting", "code": "R03"})
    assert taken.headers["location"] == f"/cases/{review_of('A-UNPROVEN')}"
    nothing = browser.post("/queue/next", {"standing": "waiting", "code": "R03"}).headers[
        "location"
    ]
    assert nothing.startswith("/queue?told=nothing")
    assert "code=R03" in nothing


def test_a_case_that_a_colleague_holds_is_not_offered(held, browser_of):
    _, case = held("lin", "A-MISREAD")
    page = browser_of("wang").get(case).text
    assert f'action="{case}/claim"' not in page
    assert "lin 正在办理" in page


def test_passing_on_postponing_and_putting_back(held, repositories, browser_of):
    browser, case = held("lin", "A-NONFACE")
    review_id = case.rpartition("/")[2]
    past = browser.post(f"{case}/postpone", {"days": 5})
    assert past.status_code == 409
    assert "暂缓将超过办结期限" in past.text
    assert f'href="{case}"' in past.text  # the way back to the case, not only to the first page
    in_place = browser.post(f"{case}/postpone", {"days": 5}, headers=BY_HTMX)
    assert (in_place.status_code, in_place.text.count("<form")) == (409, 1)
    assert '<option value="5" selected>' in in_place.text
    assert "暂缓将超过办结期限" in in_place.text
    browser.get("/queue?order=risk")
    done = browser.post(f"{case}/postpone", {"days": 2}).headers["location"]
    # Who acts is told that it was done, above the list as it was shown last.
    assert "order=risk" in done
    assert "已暂缓" in browser.get(done).text
    assert repositories.queue.count(QueueFilters(part=QueuePart.POSTPONED)) == 1
    given = {claim_next(repositories, "wang", StaffRole.REVIEWER).review.review_id for _ in "abc"}
    assert review_id not in given
    assert claim_next(repositories, "wang", StaffRole.REVIEWER) is None
    assert browser.post(f"{case}/claim").status_code == 303
    browser.post(f"{case}/escalate")
    assert browser.post(f"{case}/claim").status_code == 409
    assert browser_of("su").post(f"{case}/claim").status_code == 303
    said = tags(repositories, "A-NONFACE")
    assert {EventTag.CASE_POSTPONED, EventTag.CASE_ESCALATED, EventTag.CASE_CLAIMED} <= set(said)


def test_whoever_lost_a_claim_is_told_in_the_place_of_the_papers(held, browser_of, repositories):
    browser, case = held("lin", "A-NONFACE")
    assert "领取至" in browser.post(f"{case}/lease", headers=BY_HTMX).text
    repositories.claims.free(case.rpartition("/")[2])
    browser_of("wang").post(f"{case}/claim")
    lost = browser.post(f"{case}/lease", headers=BY_HTMX)
    assert (lost.status_code, lost.headers["hx-retarget"]) == (409, "#work")
    assert 'class="work over"' in lost.text
    assert "案件现由 wang 办理" in lost.text


def test_the_gravest_case_comes_first_when_that_is_asked_for(repositories):
    now = dt.datetime.now(dt.UTC)
    for number, codes in enumerate((["Q05"], ["X20", "R03"], ["R03"])):
        round_id = repositories.cases.register(
            f"R{number}", "d", batch_id="b", received_at=now
        ).round.round_id
        repositories.reviews.open(round_id, codes, opened_at=now, due_at=now + dt.timedelta(days=9))
    first = repositories.queue.page(QueueFilters(), QueueOrder.RISK, limit=1).cases
    assert first[0].review.codes == ("X20", "R03")
    assert [
        c.review.application_id for c in repositories.queue.page(QueueFilters(code="X20")).cases
    ] == ["R1"]


def test_a_senior_assigns_frees_desks_and_reopens_and_a_reviewer_does_not(
    held, browser_of, repositories
):
    browser, case = held("lin", "A-MISREAD")
    review_id = case.rpartition("/")[2]
    application = "/applications/A-MISREAD"
    assert browser.post(f"{case}/assign", {"to": "lin"}).status_code == 403
    assert browser.post(f"{application}/reopen", {"words": "理由充分"}).status_code == 403
    senior = browser_of("su")
    assert senior.post(f"{case}/assign", {"to": "wang"}).status_code == 303
    assert browser.post(f"{case}/claim").status_code == 409
    assert "wang" in senior.get("/queue").text
    browser_of("wang").post(f"{case}/claim")
    assert senior.post("/queue/release", {"review_ids": [review_id]}).status_code == 303
    assert repositories.claims.get(review_id).review.holder is None
    refused = senior.post(f"{application}/reopen", {"words": "理由充分"})
    assert (refused.status_code, "不能重新审核" in refused.text) == (409, True)
    came = {"referer": f"{senior.client.base_url}{case}"}
    refused = senior.post(f"{application}/unbind", {"reason": "error"}, headers=came)
    assert f'href="{case}"' in refused.text  # back to where the form is, not only to the first page
    assert (refused.status_code, "不能解除绑定" in refused.text) == (409, True)
