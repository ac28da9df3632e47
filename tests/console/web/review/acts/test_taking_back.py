"""Nothing is lost or final at once: drafts, and decisions taken back within minutes."""

from console.server.serve_console import settle_decided
from models.audit.event import EventTag
from tests.review_steps import later, tags


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
