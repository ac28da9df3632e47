"""Decisions: what they lack, whom they need, what comes of them."""

import datetime as dt
import re

from console.server.serve_console import settle_decided
from models.audit.event import EventTag
from models.clock import CHINA
from models.decision.decision import History, Outcome
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from tasks.reviewing.claims import claim, claim_next
from tasks.reviewing.samples.draw_samples import draw_sample
from tasks.rounds.round_results import load_decision
from tests.review_steps import later, opine, tags
from tests.tasks.checks.dossiers import CHILD

CHILD_PAGE = 2


def test_a_decision_that_lacks_something_is_refused(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    rows = {
        "nothing": {},
        "no decision": {"outcome": "in_review"},
        "approval without a note": {"outcome": "approved"},
        "no reason": {"outcome": "returned"},
        "unknown reason": {"outcome": "rejected", "codes": "Z99"},
        "cannot be mended": {"outcome": "returned", "codes": "X20", "advice_X20": "请说明"},
        "no next step": {"outcome": "returned", "codes": "X20"},
        "a number in it": {
            "outcome": "returned",
            "codes": "D01",
            "advice_D01": "您的号码是330102198803120011",
        },
    }
    for lack, form in rows.items():
        assert browser.post(f"{case}/decision", form).status_code == 422, lack
    assert repositories.opinions.of(case.rpartition("/")[2]) == ()


def test_the_only_reason_is_meant_and_of_several_doubts_one_is_chosen(held):
    for name, likely in (("A-UNPROVEN", [("R03", "returned ")]), ("A-MISREAD", [])):
        browser, case = held("lin", name)
        page = browser.get(case).text
        assert re.findall(r'name="codes" value="(\w+)" data-likely="(\w+ )"', page) == likely


def test_a_draft_keeps_the_ticks_that_somebody_changed_and_no_others(held):
    browser, case = held("lin", "A-UNPROVEN")
    drafts = (
        ({"outcome": "approved"}, False),
        ({"outcome": "returned", "codes": "R03"}, False),
        ({"outcome": "returned"}, True),
        ({"outcome": "rejected", "codes": "R03"}, True),
    )
    for draft, own in drafts:
        assert browser.post(f"{case}/draft", draft).status_code == 204
        assert (" data-own" in browser.get(case).text) is own


def test_a_return_reaches_the_applicant_in_the_reviewer_s_words(held, repositories, review_of):
    browser, case = held("lin", "A-MISREAD")
    form = {"outcome": "returned", "codes": "Q05", "advice_Q05": "请重拍第三页，不要反光。"}
    assert browser.post(f"{case}/decision", form).status_code == 200
    assert settle_decided(repositories) == 0  # it can still be taken back
    assert settle_decided(repositories, later()) == 1
    decision = load_decision(
        repositories, repositories.reviews.get(review_of("A-MISREAD")).round_id
    )
    assert decision.outcome is Outcome.RETURNED
    assert decision.findings[0].message.zh == (
        "有文字没有看清（第3张图片：户口簿个人页）。请重拍第三页，不要反光。"
    )
    assert repositories.audit.verify(repositories.archive).intact


def test_an_approval_after_the_correction_that_proves_it_needs_one_person(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    data = {"paper": CHILD_PAGE, "field": "name", "value": CHILD.name}
    browser.post(f"{case}/corrections", data)
    browser.post(f"{case}/decision", {"outcome": "approved"})
    assert repositories.claims.get(case.rpartition("/")[2]).review.outcome is Outcome.APPROVED
    assert settle_decided(repositories, later()) == 1
    assert tags(repositories, "A-MISREAD")[-2:] == [EventTag.BINDING_WRITTEN, EventTag.CASE_SETTLED]


def test_an_approval_without_a_proof_waits_for_a_second_person_who_is_another(
    held, browser_of, repositories
):
    browser, case = held("lin", "A-UNPROVEN")
    review_id = case.rpartition("/")[2]
    browser.post(f"{case}/decision", {"outcome": "approved", "note": "看原图无误"})
    assert repositories.claims.get(review_id).review.state is ReviewState.OPEN
    assert browser.post(f"{case}/claim").status_code == 409
    assert claim_next(repositories, "lin", StaffRole.REVIEWER).review.review_id != review_id
    second = browser_of("wang")
    assert second.post(f"{case}/claim").status_code == 303
    assert "看原图无误" not in second.get(case).text
    second.post(f"{case}/decision", {"outcome": "approved", "note": "同意放行"})
    assert repositories.claims.get(review_id).review.outcome is Outcome.APPROVED
    assert [o.staff for o in repositories.opinions.of(review_id)] == ["lin", "wang"]
    figures = repositories.dashboard.since(dt.datetime.now(dt.UTC) - dt.timedelta(hours=1))
    assert figures.pairs == (("approved", "approved", 1, 0),)


def test_what_comes_to_stand_later_asks_for_a_second_person_and_grounds(
    held, repositories, review_of, monkeypatch
):
    """The case was queued for one doubt; before the decision its papers turn up elsewhere."""
    browser, case = held("lin", "A-MISREAD")
    data = {"paper": CHILD_PAGE, "field": "name", "value": CHILD.name}
    browser.post(f"{case}/corrections", data)
    reused = History(reused_files=("03.jpg",))
    monkeypatch.setattr(repositories.match_keys, "history", lambda *_, **__: reused)
    form = {"outcome": "approved", "note": "看原图无误"}
    refused = browser.post(f"{case}/decision", form)
    assert refused.status_code == 422
    assert 'data-fault="grounds"' in refused.text
    form |= {"ground_X20": "original", "seen_X20": "窗口核对原件，与照片一致"}
    assert browser.post(f"{case}/decision", form).status_code == 200
    review_id = review_of("A-MISREAD")
    assert repositories.claims.get(review_id).review.outcome is None
    (event,) = [
        e for e in repositories.audit.events("A-MISREAD") if e.tag is EventTag.OPINION_GIVEN
    ]
    assert event.details["grounds"] == ["X20:original"]
    assert event.details["state"] == "needs_second"
    assert not repositories.bindings.find("A-MISREAD")


def test_whoever_approves_without_a_face_says_how_the_member_was_asked(held, repositories):
    browser, case = held("lin", "A-NONFACE")
    form = {"outcome": "approved", "note": "看过"}
    refused = browser.post(f"{case}/decision", form)
    assert (refused.status_code, 'data-fault="verification"' in refused.text) == (422, True)
    now = dt.datetime.now(CHINA).strftime("%Y年%m月%d日 %H:%M")
    form |= {"asked": "member", "channel": "video", "asked_at": now, "shown": "出示身份证并同意"}
    assert browser.post(f"{case}/decision", form).status_code == 200
    (said,) = repositories.opinions.of(case.rpartition("/")[2])
    assert said.words.verification.channel.value == "video"
    (event,) = [
        e for e in repositories.audit.events("A-NONFACE") if e.tag is EventTag.OPINION_GIVEN
    ]
    assert event.details["verified"][:2] == ["member", "video"]
    assert "出示" not in str(event.details)


def test_words_for_another_reason_are_there_to_be_changed_in_both_languages(held):
    browser, case = held("lin", "A-MISREAD")
    words = browser.get(f"{case}/reason?more=E01").text
    assert "身份证已过有效期" in words
    zh, en, rejected, english = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", words)
    assert zh.startswith("请")
    assert rejected.startswith("您可以重新申请，申请时请")
    assert (en + english).isascii()
    assert (
        re.findall(r"<textarea[^>]*>([^<]*)</textarea>", browser.get(f"{case}/reason").text)
        == [""] * 4
    )


def test_an_applicant_is_not_rejected_for_what_can_be_mended(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    form = {"outcome": "rejected", "codes": "Q05", "note": "这一页看不清楚"}
    refused = browser.post(f"{case}/decision", form)
    assert (refused.status_code, 'data-fault="mendable"' in refused.text) == (422, True)
    other = {"outcome": "returned", "more": "X08", "advice_more": "请补充更名的户口证明。"}
    assert browser.post(f"{case}/decision", other).status_code == 200
    (said,) = repositories.opinions.of(case.rpartition("/")[2])
    assert said.words.advice == {"X08": "请补充更名的户口证明。"}


def test_a_sample_is_a_case_like_any_other_and_nothing_follows_from_it(
    repositories, browser_of, monkeypatch
):
    approved = repositories.cases.find("A-APPROVED")[0]
    monkeypatch.setattr("tasks.reviewing.samples.draw_samples._SCALE", 1 << 60)
    assert draw_sample(repositories, since=approved.decided_at) == 1
    assert draw_sample(repositories, since=approved.decided_at) == 0
    review_id = repositories.reviews.find(approved.round_id, "application").review_id
    browser = browser_of("lin")
    browser.post(f"/cases/{review_id}/claim")
    page = browser.get(f"/cases/{review_id}").text
    for telling in ("写入绑定", "机器判定", "抽检"):
        assert telling not in page
    form = {"outcome": "rejected", "codes": "X20", "note": "材料与他人相同"}
    assert browser.post(f"/cases/{review_id}/decision", form).status_code == 200
    claim(repositories, review_id, "wang", StaffRole.REVIEWER)
    opine(
        repositories,
        review_id,
        "wang",
        Outcome.REJECTED,
        ["X20"],
        ReviewNote(),
        four_eyes=False,
        at=dt.datetime.now(dt.UTC),
    ) if repositories.claims.get(review_id).review.outcome is None else None
    settle_decided(repositories, later())
    assert repositories.cases.find("A-APPROVED")[0].outcome is Outcome.APPROVED
    figures = repositories.dashboard.since(approved.decided_at)
    assert (figures.sampled, figures.refused) == (1, 1)
