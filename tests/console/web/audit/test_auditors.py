"""What auditors find, and what the console tells them when something is wrong."""

import datetime as dt
import io
import re
import sqlite3

import pypdfium2
import pytest

from models.audit.event import EventTag
from models.clock import CHINA
from storage.audit.current_run import in_run
from storage.keys.signing import OfficeSigner
from storage.settings import Settings
from tasks.evidence_file.check_evidence import check_evidence
from tasks.verification.batches import close_batch, open_batch
from tasks.verification.hand_to_person import hand_to_person
from tests.tasks.checks.dossiers import FATHER

RUN = "6b1f0c9e-3a53-4f5e-9f7e-1a2b3c4d5e6f"


@pytest.fixture
def linked(repositories):
    """The office with an address for its orchestrator's pages."""
    settings = repositories.settings.model_copy(
        update={"orchestrator_url": "http://127.0.0.1:4200"}
    )
    object.__setattr__(repositories, "settings", settings)
    return repositories


def test_the_search_narrows_by_everything_that_was_filled_in(browser_of):
    browser = browser_of("he")
    both = browser.get("/audit?code=P06&outcome=in_review").text
    assert "A-NONFACE2" in both
    assert "A-MISREAD" not in both
    assert "A-NONFACE" not in browser.get("/audit?code=P06&outcome=approved").text
    assert "A-APPROVED" in browser.get("/audit?outcome=approved").text
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
    before = today - dt.timedelta(days=30)
    assert "A-MISREAD" in browser.get(f"/audit?day={before}&until={today}").text
    assert "A-MISREAD" not in browser.get(f"/audit?day={before}").text
    assert "A-MISREAD" in browser.get("/audit?batch=b").text


@pytest.mark.parametrize(
    "query", ["day=2026-02-31", "code=X1", "outcome=maybe", "application=" + "A" * 65]
)
def test_a_search_that_makes_no_sense_breaks_nothing(browser_of, query):
    assert browser_of("he").get(f"/audit?{query}").status_code in {200, 422}


def test_the_evidence_file_comes_by_a_button_and_is_written_down(browser_of, repositories):
    browser = browser_of("he")
    answer = browser.post("/audit/applications/A-MISREAD/evidence")
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="evidence-A-MISREAD.pdf"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    certificate = OfficeSigner(repositories.keyring).certificate
    assert check_evidence(answer.content, certificate).problem is None
    last = repositories.audit.events("A-MISREAD")[-1]
    assert (last.tag, last.actor) == (EventTag.EVIDENCE_EXPORTED, "he")
    assert repositories.access.of_application("A-MISREAD")[0].kind == "evidence"
    text = pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].get_textpage().get_text_range()
    assert FATHER.name not in text
    assert browser.post("/audit/applications/A-NOBODY/evidence").status_code == 404


def test_what_contradicts_the_log_is_not_signed_and_the_auditor_is_told_what(
    browser_of, repositories
):
    connection = sqlite3.connect(repositories.settings.home / "case.db")
    connection.execute("UPDATE rounds SET outcome = 'approved' WHERE application_id = 'A-UNPROVEN'")
    connection.commit()
    connection.close()
    answer = browser_of("he").post("/audit/applications/A-UNPROVEN/evidence")
    assert answer.status_code == 409
    assert "未签发：所存内容与审计记录矛盾" in answer.text
    assert "请立即保全" in answer.text


def test_an_event_leads_to_its_run(browser_of, linked):
    (case,) = linked.cases.find("A-APPROVED")
    with in_run(RUN):
        linked.audit.append(
            EventTag.CASE_VIEWED, application_id="A-APPROVED", round_id=case.round_id,
            actor="machine", idempotency_key="by a run",
        )  # fmt: skip
    page = browser_of("he").get("/audit/applications/A-APPROVED").text
    assert f'href="http://127.0.0.1:4200/runs/flow-run/{RUN}"' in page


def test_the_history_tells_versions_durations_and_outcome(browser_of):
    page = browser_of("he").get("/audit/applications/A-APPROVED").text
    for said in ("national.yaml@", "机器用时", "通过", "写入绑定", "第 1 次提交"):
        assert said in page


def test_runs_are_told_with_counts_durations_and_links(browser_of, linked):
    with in_run(RUN):
        open_batch(linked, "b", RUN)
        close_batch(linked, "b")
    with in_run("another"):
        open_batch(linked, "never-ended", "another")
    for name, searches in (("he", True), ("ops", False)):
        page = browser_of(name).get("/audit/runs").text
        assert f"/runs/flow-run/{RUN}" in page
        assert "未结束" in page
        assert ('href="/audit?batch=' in page) is searches
    first, second = linked.run_history.runs()
    assert (first.batch_id, first.finished_at, first.duration) == ("never-ended", None, None)
    assert (second.run_id, second.faults) == (RUN, 0)
    assert second.at_end == {"approved": 1, "in_review": 4}
    assert (second.stands.taken_in, second.stands.approved) == (5, 1)
    assert second.duration >= dt.timedelta(0)
    (day,) = linked.run_history.days(dt.datetime.now(dt.UTC) - dt.timedelta(days=2))
    assert (day.tally.taken_in, day.tally.in_review, day.tally.unfinished) == (5, 4, 0)
    assert day.median_seconds > 3600


def test_a_round_that_the_machine_failed_on_is_counted_with_its_run(repositories):
    (case,) = repositories.cases.find("A-MISREAD")
    hand_to_person(repositories, case.round_id, "cause")
    close_batch(repositories, "b")
    assert repositories.run_history.runs()[0].faults == 1


def damaged(repositories, *statements):
    """By somebody who owns the database file."""
    connection = sqlite3.connect(repositories.settings.home / "case.db")
    for trigger in ("audit_events_no_update", "audit_events_no_delete"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "place", "zh", "en"),
    [
        (
            "UPDATE audit_events SET actor = 'nobody' WHERE sequence = 3",
            3, "第 3 条被改动过", "Event 3 is not as it was written",
        ),
        (
            "UPDATE audit_events SET recorded_at = 'never' WHERE sequence = 2",
            2, "第 2 条被改动过", "Event 2 is not as it was written",
        ),
        ("DELETE FROM audit_events WHERE sequence = 4", 4, "第 4 条缺失", "Event 4 is missing"),
        ("UPDATE audit_head SET hash = seal", None, "链头被改动过", "head of the log is not as"),
    ],
)  # fmt: skip
def test_a_damaged_chain_is_told_with_its_place(browser_of, repositories, statement, place, zh, en):
    browser = browser_of("he")
    expected = place or repositories.audit.verify().events + 1
    damaged(repositories, statement)
    page = browser.post("/audit/verify").text
    assert "审计链不完整" in page
    assert zh in page
    assert f"第 {expected} 条起" in page
    browser.post("/language", {"language": "en"})
    assert en in browser.post("/audit/verify").text


def test_a_damaged_event_names_its_application(browser_of, repositories):
    name = repositories.audit.at(3).application_id
    damaged(repositories, "UPDATE audit_events SET actor = 'nobody' WHERE sequence = 3")
    page = browser_of("he").post("/audit/verify").text
    assert f'href="/audit/applications/{name}"' in page


def test_a_log_that_was_written_anew_differs_from_the_root_outside(repositories):
    report = repositories.audit.verify(repositories.archive)
    repositories.audit.publish_root(repositories.archive, report)
    assert repositories.audit.verify(repositories.archive).anchors == report.anchors + 1
    key = f"audit/roots/{report.events:012d}"
    repositories.archive.delete(key)
    repositories.archive.put_plain(key, b"0" * 64)
    found = repositories.audit.verify(repositories.archive)
    assert (found.intact, found.first_broken) == (False, report.events)
    assert "公布的树根" in found.problem_zh


def test_links_go_to_web_addresses_only():
    with pytest.raises(ValueError, match="http"):
        Settings(orchestrator_url="javascript:alert(1)")


def test_auditors_see_what_people_decided_and_who_signed_in(browser_of, review_of):
    reviewer, case = browser_of("lin"), f"/cases/{review_of('A-MISREAD')}"
    reviewer.post(f"{case}/claim")
    form = {"outcome": "returned", "codes": "Q05", "advice_Q05": "请重拍第三页。"}
    assert reviewer.post(f"{case}/decision", form).status_code == 200
    browser_of().sign_in("wang", "wrong")
    shown = browser_of("he").get("/audit/oversight").text
    assert "/audit/people/lin" in shown
    assert {"登录", "登录未成功"} <= set(re.findall(r"<td>(登录|登录未成功)</td>", shown))
    assert browser_of("su").get("/audit/oversight").status_code == 403


def test_auditors_find_a_case_by_everything_that_they_may_ask(browser_of, review_of, repositories):
    browser_of("lin").post(f"/cases/{review_of('A-NONFACE')}/claim")
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
