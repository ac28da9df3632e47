"""The papers of applications that never were anybody's case, and what is done about them."""

import re

from models.audit.event import EventTag
from models.bindings.unbinding import EndReason


def test_seniors_and_auditors_open_any_papers_and_that_is_in_the_chain(browser_of, repositories):
    round_id = repositories.cases.find("A-APPROVED")[0].round_id
    for name, status in (("su", 200), ("he", 200), ("lin", 403), ("chen", 403)):
        browser = browser_of(name)
        assert browser.get(f"/papers/{round_id}").status_code == status, name
        assert browser.get(f"/papers/{round_id}/pictures/0").status_code == status, name
    looks = [(v.staff, v.kind.value) for v in repositories.access.of_application("A-APPROVED")]
    assert sorted(looks) == [("he", "case"), ("he", "picture"), ("su", "case"), ("su", "picture")]
    viewed = [
        e.actor for e in repositories.audit.events("A-APPROVED") if e.tag is EventTag.CASE_VIEWED
    ]
    assert viewed == ["su", "he"]


def test_a_senior_finds_them_and_a_number_is_masked_until_asked_for(browser_of, repositories):
    browser, round_id = browser_of("su"), repositories.cases.find("A-APPROVED")[0].round_id
    assert f"/papers/{round_id}" in browser.post("/queue/search", {"words": "A-APPROVED"}).text
    assert "/papers/" not in browser_of("lin").post("/queue/search", {"words": "A-APPROVED"}).text
    page = browser.get(f"/papers/{round_id}").text
    field = re.findall(r'name="field" value="([a-z_]*number)"', page)[0]
    whole = browser.post(f"/papers/{round_id}/reveal", {"paper": 0, "field": field}).text
    assert re.search(r"\d{17}[\dX]|[A-Z]\d{9}", whole)
    assert EventTag.FIELD_REVEALED in [e.tag for e in repositories.audit.events("A-APPROVED")]


def test_a_binding_of_the_machine_is_reopened_and_ended_from_its_page(browser_of, repositories):
    browser, round_id = browser_of("su"), repositories.cases.find("A-APPROVED")[0].round_id
    page = browser.get(f"/papers/{round_id}").text
    assert "/applications/A-APPROVED/unbind" in page
    assert "/applications/A-APPROVED/objection" not in page
    asked = browser.post("/applications/A-APPROVED/reopen", {"words": "群众来电反映"})
    assert asked.headers["location"].startswith("/cases/")
    assert "群众来电反映" in browser.get(asked.headers["location"]).text
    ended = browser.post("/applications/A-APPROVED/unbind", {"reason": EndReason.ERROR.value})
    assert ended.status_code == 303
    assert repositories.bindings.of_round(round_id)[0].status == "ended"
    assert "/applications/A-APPROVED/unbind" not in browser.get(f"/papers/{round_id}").text
