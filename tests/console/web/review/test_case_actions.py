"""What can be done with a case, by whom, and what it leaves behind."""

import datetime as dt
import re

import pytest

from console.server.serve_console import settle_decided
from models.audit.event import EventTag
from models.clock import CHINA
from models.decision.decision import History, Outcome
from models.kinship.claim import KinshipAnswer
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.claims import claim, claim_next
from tasks.reviewing.draw_samples import draw_sample
from tasks.reviewing.recheck import recheck
from tasks.rounds.round_results import load_decision, load_readings
from tests.console.conftest import MISREAD, PASSWORD, value_of
from tests.review_steps import opine
from tests.tasks.checks.dossiers import CHILD, FATHER

CHILD_PAGE = 2


def later():
    """When nothing that is decided now can be taken back any more."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)


@pytest.fixture
def held(browser_of, review_of):
    """Sign somebody in and claim a case."""

    def claimed(name, application_id):
        browser, review_id = browser_of(name), review_of(application_id)
        browser.post(f"/cases/{review_id}/claim")
        return browser, f"/cases/{review_id}"

    return claimed


def tags(repositories, application_id):
    return [event.tag for event in repositories.audit.events(application_id)]


def test_papers_are_shown_to_the_holder_a_senior_and_an_auditor_only(browser_of, held):
    holder, case = held("lin", "A-MISREAD")
    for name, status in (("lin", 200), ("wang", 403), ("su", 200), ("he", 200), ("chen", 403)):
        browser = holder if name == "lin" else browser_of(name)
        assert browser.get(f"{case}/pictures/0").status_code == status, name
    stranger = browser_of("wang").get(case).text
    assert FATHER.name not in stranger
    assert "pictures" not in stranger


def test_a_picture_that_is_none_of_the_case_s_does_not_exist(held):
    browser, case = held("lin", "A-MISREAD")
    for path in ("pictures/7", "faces/0", "pictures/../../../keys", "pictures/999999"):
        assert browser.get(f"{case}/{path}").status_code in {404, 422}
    assert browser.get(f"/cases/{'0' * 32}").status_code == 404


def test_every_look_at_papers_is_written_down(held, repositories):
    browser, case = held("lin", "A-NONFACE")
    browser.get(case)
    browser.get(case)
    browser.get(f"{case}/pictures/0")
    browser.get(f"{case}/faces/0")
    looks = [
        (v.staff, v.kind.value, v.detail) for v in repositories.access.of_application("A-NONFACE")
    ]
    assert looks == [("lin", "face", "0"), ("lin", "picture", "0"), *[("lin", "case", "")] * 2]
    assert tags(repositories, "A-NONFACE").count(EventTag.CASE_VIEWED) == 1


def test_a_number_is_masked_until_somebody_asks_for_it_and_that_is_in_the_chain(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    assert CHILD.number not in browser.get(case).text
    shown = browser.post(f"{case}/reveal", {"paper": CHILD_PAGE, "field": "id_number"}).text
    assert CHILD.number in shown
    assert FATHER.number not in shown
    assert EventTag.FIELD_REVEALED in tags(repositories, "A-MISREAD")


def test_a_correction_stands_beside_the_reading_and_turns_the_checks(held, repositories, review_of):
    browser, case = held("lin", "A-MISREAD")
    before = browser.get(case).text
    assert "X01" in before or "Q05" in before
    data = {"paper": CHILD_PAGE, "field": "name", "value": f" {CHILD.name} "}
    after = browser.post(f"{case}/corrections", data).text
    assert "没有未通过的检查" in re.sub(r"<li class=\"passed info\">.*?</li>", "", after) or (
        "更正后：通过" in re.sub(r"\s+", "", after)
    )
    assert MISREAD in after
    round_id = repositories.reviews.get(review_of("A-MISREAD")).round_id
    assert load_readings(repositories, round_id).papers[CHILD_PAGE].value("name") == MISREAD
    (kept,) = repositories.corrections.all_of(round_id)
    assert (kept.value, kept.staff) == (CHILD.name, "lin")
    corrections = repositories.corrections.in_force(round_id)
    again = recheck(repositories, repositories.cases.get(round_id), corrections)
    assert again.decision.outcome is Outcome.APPROVED
    assert again.report.kinship.answer is KinshipAnswer.PROVEN
    assert CHILD.name not in str([e.details for e in repositories.audit.events("A-MISREAD")])


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("birth_date", "2019-13-01", 422),
        ("sex", "X", 422),
        ("id_number", "12", 422),
        ("no_such_field", "x", 404),
        ("name", "甲" * 201, 422),
    ],
)
def test_a_correction_that_cannot_be_is_refused(held, repositories, field, value, status):
    browser, case = held("lin", "A-MISREAD")
    data = {"paper": CHILD_PAGE, "field": field, "value": value}
    assert browser.post(f"{case}/corrections", data).status_code == status
    assert EventTag.FIELD_CORRECTED not in tags(repositories, "A-MISREAD")


def test_a_refused_correction_keeps_what_was_typed_and_says_what_is_wrong(held):
    browser, case = held("lin", "A-MISREAD")
    data = {"paper": CHILD_PAGE, "field": "birth_date", "value": "2019年13月6日"}
    answer = browser.post(f"{case}/corrections", data)
    assert answer.status_code == 422
    assert 'value="2019年13月6日"' in answer.text
    assert "没有这个日期" in answer.text


def test_the_next_case_is_one_of_those_that_the_list_shows(browser_of, review_of):
    browser = browser_of("lin")
    taken = browser.post("/queue/next", {"standing": "waiting", "code": "R03"})
    assert taken.headers["location"] == f"/cases/{review_of('A-UNPROVEN')}"
    nothing = browser.post("/queue/next", {"standing": "waiting", "code": "R03"}).headers[
        "location"
    ]
    assert nothing.startswith("/queue?nothing=true")
    assert "code=R03" in nothing


def test_a_case_that_a_colleague_holds_is_not_offered(held, browser_of):
    _, case = held("lin", "A-MISREAD")
    assert f'action="{case}/claim"' not in browser_of("wang").get(case).text


def test_a_case_is_found_by_its_application_and_by_a_person_s_number(browser_of):
    browser = browser_of("lin")
    assert "A-MISREAD" in browser.post("/queue/search", {"words": "A-MISREAD"}).text
    found = browser.post("/queue/search", {"words": FATHER.number}).text
    assert "A-MISREAD" in found
    assert FATHER.number not in found
    assert "A-MISREAD" not in browser.post("/queue/search", {"words": "110101199001010015"}).text


def test_a_case_is_found_by_a_name_however_it_is_typed(browser_of, repositories):
    browser = browser_of("lin")
    spaced = " ".join(FATHER.name)
    for words in (FATHER.name, spaced):
        assert "A-MISREAD" in browser.post("/queue/search", {"words": words}).text
    assert "A-MISREAD" not in browser.post("/queue/search", {"words": FATHER.name[:2]}).text


def test_whoever_signs_in_comes_back_to_the_page_and_nowhere_else(browser_of, review_of):
    browser, path = browser_of(), f"/cases/{review_of('A-MISREAD')}"
    asked = browser.get(path).headers["location"]
    assert asked == f"/sign-in?next={path.replace('/', '%2F')}"
    for given, reached in ((path, path), ("//evil.example", "/"), ("/\\evil.example", "/")):
        entry = value_of("entry", browser.get(asked).text)
        form = {"name": "lin", "password": PASSWORD, "entry": entry, "next": given}
        assert browser.client.post("/sign-in", data=form).headers["location"] == reached


def test_nobody_corrects_or_decides_what_lies_on_another_desk(held, browser_of, repositories):
    _, case = held("lin", "A-MISREAD")
    for name in ("wang", "su"):
        other = browser_of(name)
        data = {"paper": CHILD_PAGE, "field": "name", "value": CHILD.name}
        assert other.post(f"{case}/corrections", data).status_code == 409
        assert other.post(f"{case}/decision", {"outcome": "rejected", "codes": "X20"}).status_code
        assert other.post(f"{case}/release").status_code == 409
    assert repositories.reviews.get(case.rpartition("/")[2]).holder == "lin"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"outcome": "in_review"},
        {"outcome": "approved"},
        {"outcome": "returned"},
        {"outcome": "rejected", "codes": "Z99"},
        {"outcome": "returned", "codes": "X20", "advice_X20": "请说明"},
        {"outcome": "returned", "codes": "X20"},
        {"outcome": "returned", "codes": "D01", "advice_D01": "您的号码是330102198803120011"},
    ],
    ids=[
        "nothing", "no decision", "approval without a note", "no reason", "unknown reason",
        "cannot be mended", "no next step", "a number in it",
    ],
)  # fmt: skip
def test_a_decision_that_lacks_something_is_refused(held, repositories, form):
    browser, case = held("lin", "A-MISREAD")
    assert browser.post(f"{case}/decision", form).status_code == 422
    assert repositories.opinions.of(case.rpartition("/")[2]) == ()


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
    monkeypatch.setattr(repositories.cases, "history", lambda *_, **__: reused)
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
    now = dt.datetime.now(CHINA).strftime("%Y-%m-%dT%H:%M")
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
    zh, en = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", words)
    assert "请" in zh
    assert en.isascii()
    assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", browser.get(f"{case}/reason").text) == [
        "",
        "",
    ]


def test_an_applicant_is_not_rejected_for_what_can_be_mended(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    form = {"outcome": "rejected", "codes": "Q05", "note": "这一页看不清楚"}
    refused = browser.post(f"{case}/decision", form)
    assert (refused.status_code, 'data-fault="mendable"' in refused.text) == (422, True)
    other = {"outcome": "returned", "more": "X08", "advice_more": "请补充更名的户口证明。"}
    assert browser.post(f"{case}/decision", other).status_code == 200
    (said,) = repositories.opinions.of(case.rpartition("/")[2])
    assert said.words.advice == {"X08": "请补充更名的户口证明。"}


def test_a_decision_is_taken_back_within_minutes_and_not_after(held, browser_of, repositories):
    browser, case = held("lin", "A-MISREAD")
    review_id = case.rpartition("/")[2]
    form = {"outcome": "returned", "codes": "Q05", "advice_Q05": "请重拍第三页。"}
    assert "/undo" in browser.post(f"{case}/decision", form).text
    assert browser_of("wang").post(f"{case}/undo").status_code == 409
    assert browser.post(f"{case}/undo").status_code == 303
    held_again = repositories.claims.get(review_id)
    assert (held_again.review.outcome, held_again.is_held_by("lin")) == (None, True)
    assert repositories.opinions.of(review_id) == ()
    assert settle_decided(repositories, later()) == 0
    assert EventTag.OPINION_WITHDRAWN in tags(repositories, "A-MISREAD")
    browser.post(f"{case}/decision", form)
    assert settle_decided(repositories, later()) == 1
    assert browser.post(f"{case}/undo").status_code == 409
    assert repositories.audit.verify(repositories.archive).intact


def test_what_was_written_outlives_claim_session_and_language(held, browser_of, repositories):
    browser, case = held("lin", "A-MISREAD")
    review_id = case.rpartition("/")[2]
    written = {"outcome": "returned", "codes": "Q05", "advice_Q05": "请在日光下重拍第三页。"}
    assert browser.post(f"{case}/draft", written | {"note": "先记一笔"}).status_code == 204
    raw = b"".join(path.read_bytes() for path in repositories.settings.home.glob("case.db*"))
    assert "先记一笔".encode() not in raw
    repositories.claims.free(review_id)
    second = browser_of("wang")
    second.post(f"{case}/claim")
    assert "先记一笔" not in second.get(case).text
    lost = browser.post(f"{case}/decision", written | {"note": "再记一笔"})
    assert lost.status_code == 409
    assert "wang" in lost.text
    repositories.claims.free(review_id)
    again = browser_of("lin")
    again.post("/language", {"language": "en"})
    again.post(f"{case}/claim")
    page = again.get(case).text
    assert "再记一笔" in page
    assert "请在日光下重拍第三页。" in page
    again.post(f"{case}/decision", written)
    assert repositories.drafts.get(review_id, "lin") is None
    assert again.post(f"{case}/draft", {"note": "x" * 20_001}).status_code in {204, 413}


def test_passing_on_postponing_and_putting_back(held, repositories, browser_of):
    browser, case = held("lin", "A-NONFACE")
    review_id = case.rpartition("/")[2]
    browser.post(f"{case}/postpone", {"days": 2})
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


def test_a_sample_is_a_case_like_any_other_and_nothing_follows_from_it(
    repositories, browser_of, monkeypatch
):
    approved = repositories.cases.find("A-APPROVED")[0]
    monkeypatch.setattr("tasks.reviewing.draw_samples._SCALE", 1 << 60)
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
    assert settle_decided(repositories, later()) == 0
    assert repositories.cases.find("A-APPROVED")[0].outcome is Outcome.APPROVED
    figures = repositories.dashboard.since(approved.decided_at)
    assert (figures.sampled, figures.refused) == (1, 1)


def test_auditors_find_a_case_by_everything_that_they_may_ask(browser_of, held, repositories):
    held("lin", "A-NONFACE")[0].post("/sign-out")
    browser = browser_of("he")
    day = repositories.cases.find("A-NONFACE2")[0].received_at.astimezone(CHINA).date()
    for query in ("application=A-NON", "code=P06", f"day={day}"):
        assert "A-NONFACE2" in browser.get(f"/audit?{query}").text
    for asked in (FATHER.number, FATHER.name):
        found = browser.post("/audit/person", {"number": asked})
        assert "A-MISREAD" in found.text
        assert asked not in found.text
    assert "A-MISREAD" not in browser.post("/audit/person", {"number": "110101199001010015"}).text
    history = browser.get("/audit/applications/A-NONFACE").text
    assert "lin" in history
    assert "转人工" in history
    assert "A-NONFACE" in browser.get("/audit/people/he").text
    assert "审计链完整" in browser.post("/audit/verify").text


def test_the_figures_are_counts_and_name_nobody(browser_of):
    browser = browser_of("ops")
    text = browser.get("/metrics").text
    assert "kinbind_reviews_waiting 4" in text
    assert 'kinbind_decided_today{outcome="in_review"} 4' in text
    for page in (text, browser.get("/today").text):
        assert FATHER.name not in page
        assert "A-MISREAD" not in page


def test_a_case_shows_what_other_applications_are_like_it(held, browser_of, review_of):
    browser, case = held("lin", "A-NONFACE")
    page = browser.get(f"{case}/alikes").text
    assert f'href="/cases/{review_of("A-NONFACE2")}">A-NONFACE2' in page
    for likeness in ("同一被绑定人", "同一申请人"):
        assert likeness in page
    assert "A-APPROVED" not in page
    assert browser_of("wang").get(f"{case}/alikes").status_code == 403
    assert 'href="/audit/applications/A-NONFACE2"' in browser_of("he").get(f"{case}/alikes").text


def test_the_queue_can_be_narrowed_to_what_is_due_by_a_day(browser_of, repositories):
    browser = browser_of("lin")
    due = max(c.due_at for c in repositories.reviews.list()).astimezone(CHINA).date()
    assert "A-MISREAD" in browser.get(f"/queue?due={due}").text
    earlier = browser.get(f"/queue?due={due - dt.timedelta(days=1)}").text
    assert "A-MISREAD" not in earlier
    for odd in ("2026-02-31", "9999-12-31", "x"):
        assert browser.get(f"/queue?due={odd}").status_code in {200, 422}


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
    refused = senior.post(f"{application}/unbind", {"reason": "error"})
    assert (refused.status_code, "不能解除绑定" in refused.text) == (409, True)


def test_a_senior_who_settles_a_disagreement_sees_both_opinions(held, browser_of, repositories):
    browser, case = held("lin", "A-UNPROVEN")
    review_id = case.rpartition("/")[2]
    browser.post(f"{case}/decision", {"outcome": "approved", "note": "看原图无误"})
    second = browser_of("wang")
    second.post(f"{case}/claim")
    form = {"outcome": "returned", "codes": "R03", "advice_R03": "请补出生医学证明。"}
    assert second.post(f"{case}/decision", form | {"note": "关系不明"}).status_code == 200
    assert repositories.claims.get(review_id).senior
    shown = browser_of("su").get(case).text
    assert "看原图无误" in shown
    assert "关系不明" in shown
