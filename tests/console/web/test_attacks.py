"""What a browser may be made to send, and what must come of it."""

import pytest

from tests.console.conftest import PASSWORD
from tests.tasks.checks.dossiers import FATHER


@pytest.mark.parametrize(
    "referer",
    [
        "http://evil.example//evil.example/x",
        "http://127.0.0.1/\\\\evil.example/x",
        "http://127.0.0.1/\\evil.example/x",
        "http://127.0.0.1/%0d%0aset-cookie:%20a=b",
        "javascript:alert(1)",
    ],
)
def test_a_redirect_leads_to_a_path_of_ours_and_carries_no_line_break(browser_of, referer):
    answer = browser_of("lin").post("/language", {"language": "en"}, headers={"referer": referer})
    place = answer.headers["location"]
    assert place.startswith("/")
    assert place[1:2] not in {"/", "\\"}
    assert "%5C" not in place[:5]
    assert "a" not in answer.cookies


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1"])
def test_a_host_name_that_is_not_ours_is_refused(browser_of, host):
    assert browser_of().get("/sign-in", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/applications"])
def test_a_body_with_a_length_and_in_chunks_is_refused_and_the_connection_ends(browser_of, path):
    """What a proxy takes for the rest of it, this console would take for a request."""
    both = {"content-length": "5", "transfer-encoding": "chunked"}
    answer = browser_of().post(path, content=b"0\r\n\r\n", headers=both)
    assert (answer.status_code, answer.headers["connection"]) == (400, "close")


def test_what_a_proxy_says_of_the_host_changes_no_link(browser_of):
    browser = browser_of("lin")
    answer = browser.get("/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=e"})
    assert answer.headers["location"] == "/queue"
    assert "evil" not in browser.get("/queue", headers={"x-forwarded-host": "evil.example"}).text


@pytest.mark.parametrize("proxies", ["127.0.0.1"])
def test_over_https_the_cookies_never_travel_in_clear(browser_of):
    browser = browser_of()
    browser.client.headers["x-forwarded-proto"] = "https"
    shown = browser.get("/sign-in").headers["set-cookie"].lower()
    assert "secure" in shown
    assert "httponly" in shown
    assert "samesite=strict" in shown
    policy = browser.get("/sign-in").headers["strict-transport-security"]
    assert policy == "max-age=31536000"


def test_nobody_but_a_named_proxy_says_where_a_caller_is_or_that_it_came_by_https(browser_of):
    browser = browser_of()
    for number in range(7):
        browser.client.headers.update(
            {"x-forwarded-for": f"192.0.2.{number}", "x-forwarded-proto": "https"}
        )
        answer = browser.sign_in("wang", f"guess {number}")
    assert answer.status_code == 429
    assert "secure" not in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("proxies", ["10.1.0.0/16, 127.0.0.1"])
def test_behind_a_named_proxy_a_guesser_stops_nobody_at_another_address(browser_of):
    browser = browser_of()
    browser.client.headers["x-forwarded-for"] = "192.0.2.1"
    assert [browser.sign_in("wang", "guess").status_code for _ in range(7)][-1] == 429
    browser.client.headers["x-forwarded-for"] = "192.0.2.2"
    assert browser.sign_in("wang", PASSWORD).status_code == 303


def test_guessing_through_the_form_is_told_to_wait(browser_of):
    browser = browser_of()
    answers = [browser.sign_in("wang", f"guess {number}").status_code for number in range(7)]
    assert answers[:5] == [401] * 5
    assert answers[-1] == 429
    assert browser.sign_in("wang", PASSWORD).status_code == 429


def test_pictures_are_kept_nowhere_and_are_nothing_but_pictures(browser_of, review_of):
    browser, case = browser_of("lin"), f"/cases/{review_of('A-NONFACE')}"
    browser.post(f"{case}/claim")
    for part in ("pictures/0", "faces/0"):
        answer = browser.get(f"{case}/{part}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"].startswith("image/")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "etag" not in answer.headers
        assert "last-modified" not in answer.headers


@pytest.mark.parametrize(
    "number", ["-1", "201", "99999999999999999999", "0.5", "0%00", "%2e%2e%2f0", "٣"]
)
def test_a_number_that_is_none_opens_nothing(browser_of, review_of, number):
    browser, case = browser_of("he"), f"/cases/{review_of('A-NONFACE')}"
    for part in ("pictures", "faces"):
        assert browser.get(f"{case}/{part}/{number}").status_code in {400, 404, 405, 422}


def test_a_case_on_another_desk_shows_nothing_of_anybody(browser_of, review_of, repositories):
    holder, other = browser_of("lin"), browser_of("wang")
    case = f"/cases/{review_of('A-NONFACE')}"
    holder.post(f"{case}/claim")
    reveal = {"paper": 1, "field": "id_number"}
    assert other.post(f"{case}/reveal", reveal).status_code == 403
    for path in (case, f"{case}/history"):
        assert FATHER.name not in other.get(path).text
    assert [view.staff for view in repositories.access.of_application("A-NONFACE")] == []


def test_a_case_that_was_put_back_is_closed_to_who_had_it(browser_of, review_of):
    browser, case = browser_of("lin"), f"/cases/{review_of('A-NONFACE')}"
    browser.post(f"{case}/claim")
    assert browser.get(f"{case}/pictures/0").status_code == 200
    browser.post(f"{case}/release")
    assert browser.get(f"{case}/pictures/0").status_code == 403
    assert browser.post(f"{case}/reveal", {"paper": 1, "field": "id_number"}).status_code == 403
    assert (
        browser.post(f"{case}/decision", {"outcome": "rejected", "codes": "X20"}).status_code == 409
    )
