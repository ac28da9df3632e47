"""Sessions: opened safely, ended truly; forms of one's own only; nothing of ours from elsewhere."""

import datetime as dt
import re

import pytest

from console.web.auth.guard import COOKIE
from console.web.auth.session_cookie import ENTRY
from models.staff.staff_member import SignInRefusedError, StaffError, StaffRole
from storage.staff.sessions import IDLE, LONGEST
from tests.console.conftest import PASSWORD, value_of

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


def test_a_session_that_was_planted_before_signing_in_is_worth_nothing(browser_of):
    browser = browser_of()
    browser.client.cookies.set(COOKIE, "planted", domain="127.0.0.1")
    assert browser.sign_in("lin").status_code == 303
    assert browser.client.cookies[COOKIE] != "planted"
    planted = browser_of()
    planted.client.cookies.set(COOKIE, "planted")
    assert planted.get("/queue").headers["location"] == "/sign-in"


def test_signing_in_again_gives_another_session_and_ends_the_first(browser_of, repositories):
    browser = browser_of()
    entry = value_of("entry", browser.get("/sign-in").text)
    form = {"name": "lin", "password": PASSWORD, "entry": entry}
    browser.client.post("/sign-in", data=form)
    first = browser.client.cookies[COOKIE]
    browser.client.cookies.set(ENTRY, entry)  # a form that another tab still shows
    browser.client.post("/sign-in", data=form)
    assert browser.client.cookies[COOKIE] != first
    assert repositories.sessions.resume(first) is None


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser_of):
    header = browser_of().sign_in("lin").headers["set-cookie"].lower()
    assert "httponly" in header
    assert "samesite=strict" in header


def test_signing_out_ends_the_session_on_the_server(browser_of, repositories):
    browser = browser_of("lin")
    token = browser.client.cookies[COOKIE]
    browser.post("/sign-out")
    assert repositories.sessions.resume(token) is None


def test_a_session_ends_when_it_is_idle_and_when_it_is_old(repositories):
    token = repositories.sessions.sign_in("lin", PASSWORD, "here", now=NOW).token
    assert repositories.sessions.resume(token, now=NOW + IDLE / 2)
    assert repositories.sessions.resume(token, now=NOW + IDLE * 2) is None
    moment = NOW
    token = repositories.sessions.sign_in("lin", PASSWORD, "here", now=NOW).token
    while moment < NOW + LONGEST:
        assert repositories.sessions.resume(token, now=moment)
        moment += IDLE * 0.9
    assert repositories.sessions.resume(token, now=NOW + LONGEST) is None


@pytest.mark.parametrize("deed", ["access", "sign-out", "password"])
def test_an_administrator_ends_somebody_s_sessions_at_once(browser_of, deed):
    worker, admin = browser_of("lin"), browser_of("chen")
    assert worker.get("/queue").status_code == 200
    admin.post(f"/people/lin/{deed}", {"active": "no"})
    assert worker.get("/queue").headers["location"] == "/sign-in"


def test_guessing_gets_slow_where_it_is_done_and_nowhere_else(repositories):
    for _ in range(6):
        with pytest.raises(SignInRefusedError):
            repositories.sessions.sign_in("lin", "wrong", "here", now=NOW)
    with pytest.raises(SignInRefusedError) as refused:
        repositories.sessions.sign_in("lin", PASSWORD, "here", now=NOW)
    assert refused.value.wait_seconds > 0
    assert repositories.sessions.sign_in("lin", PASSWORD, "elsewhere", now=NOW)
    later = NOW + dt.timedelta(minutes=20)
    assert repositories.sessions.sign_in("lin", PASSWORD, "here", now=later)


def test_a_wrong_name_and_a_wrong_password_look_the_same(browser_of):
    browser = browser_of()
    answers = [browser.sign_in(name, "wrong") for name in ("lin", "nobody")]
    texts = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert texts[0] == texts[1]


def test_a_one_time_password_opens_nothing_but_the_page_to_replace_it(browser_of, repositories):
    given = repositories.staff.add("zhao", StaffRole.REVIEWER)
    browser = browser_of()
    browser.sign_in("zhao", given)
    assert browser.get("/queue").headers["location"] == "/password"
    form = {"old": given, "new": PASSWORD, "again": PASSWORD}
    assert browser.post("/password", form).status_code == 303
    browser.sign_in("zhao", PASSWORD)
    assert browser.get("/queue").status_code == 200


@pytest.mark.parametrize("weak", ["short", "lin-lin-lin-lin"])
def test_a_weak_password_is_refused(repositories, weak):
    with pytest.raises(StaffError):
        repositories.staff.choose_password("lin", weak)


def test_the_first_password_is_given_once(tmp_path):
    from storage.bootstrap import using_repositories as open_for_a_block
    from storage.settings import Settings

    with open_for_a_block(Settings(home=tmp_path / "new")) as fresh:
        given = fresh.staff.first()
        assert given
        assert fresh.staff.first() is None
        signed = fresh.sessions.sign_in("admin", given, "here")
        assert signed.session.staff.must_change


def test_a_form_without_its_token_or_from_another_site_is_refused(
    browser_of, review_of, repositories
):
    browser, review_id = browser_of("lin"), review_of("A-NONFACE")
    claim = f"/cases/{review_id}/claim"
    assert browser.client.post(claim).status_code == 403
    assert browser.client.post(claim, data={"csrf": "x" * 43}).status_code == 403
    assert browser.post(claim, headers={"origin": "http://evil.example"}).status_code == 403
    assert browser.post(claim, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    other = browser_of("wang").csrf
    assert browser.client.post(claim, data={"csrf": other}).status_code == 403
    assert repositories.claims.get(review_id).review.holder is None
    assert browser.post(claim).status_code == 303


def test_every_answer_forbids_foreign_code_and_keeping(browser_of):
    browser = browser_of("lin")
    for path in ("/queue", "/sign-in", "/nothing", "/cases/x"):
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


def test_a_name_that_is_not_ours_is_no_way_in(browser_of):
    assert browser_of().get("/sign-in", headers={"host": "evil.example"}).status_code == 400


def test_a_change_of_language_leads_back_and_never_elsewhere(browser_of):
    browser = browser_of("lin")
    for referer in ("http://evil.example//evil.example/x", "javascript:alert(1)", ""):
        answer = browser.post("/language", {"language": "en"}, headers={"referer": referer})
        assert answer.headers["location"] == "/"
    assert 'lang="en"' in browser.get("/queue").text


def test_what_is_done_to_accounts_stands_in_the_chain(browser_of, repositories):
    admin = browser_of("chen")
    shown = admin.post("/people", {"name": "zhao", "role": "senior"}).text
    assert repositories.staff.get("zhao").role is StaffRole.SENIOR
    assert re.search(r"<code>[\w-]{16}</code>", shown)
    assert admin.post("/people", {"name": "zhao", "role": "senior"}).status_code == 422
    assert admin.post("/people/chen/access", {"active": "no"}).status_code == 422
    assert repositories.audit.verify(repositories.archive).intact


def test_without_a_sign_in_service_its_addresses_do_not_exist(browser_of):
    browser = browser_of()
    assert "/sign-in/service" not in browser.get("/sign-in").text
    for path in ("/sign-in/service", "/sign-in/service/back"):
        assert browser.get(path).status_code == 404


def test_whoever_signs_in_comes_back_to_the_page_and_nowhere_else(browser_of, review_of):
    path = f"/cases/{review_of('A-MISREAD')}"
    for given, reached in ((path, path), ("//evil.example", "/"), ("/\\evil.example", "/")):
        browser = browser_of()
        asked = browser.get(path).headers["location"]
        assert asked == f"/sign-in?next={path.replace('/', '%2F')}"
        entry = value_of("entry", browser.get(asked).text)
        form = {"name": "lin", "password": PASSWORD, "entry": entry, "next": given}
        assert browser.client.post("/sign-in", data=form).headers["location"] == reached
        again = browser.get("/sign-in", params={"next": given})
        assert (again.status_code, again.headers["location"]) == (303, reached)
