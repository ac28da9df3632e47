"""Signing in through a real OpenID provider over real HTTP, and what must not get in."""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from typer.testing import CliRunner

from console.cli import app
from console.diagnosis import PartState, diagnose
from console.web.auth.guard import COOKIE
from models.staff.staff_member import SignInMethod, StaffError, StaffRole
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings
from storage.shown_settings import describe_settings
from tests.console.conftest import value_of

CLIENT, SECRET = "kinbind", "shared with the service"


@pytest.fixture(scope="module")
def provider():
    """The address of a provider; its faults are taken back after each test that made any."""
    script = Path(__file__).with_name("provider.py")
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def wrong(provider):
    """Makes the provider answer wrongly for one test."""

    def tell(**faults):
        httpx.put(f"{provider}/faults", json=faults, trust_env=False).raise_for_status()

    yield tell
    tell()


@pytest.fixture
def settings(stocked_home, tmp_path, provider):
    home = Path(shutil.copytree(stocked_home, tmp_path / "home"))
    return Settings(
        home=home, oidc_issuer=provider, oidc_client_id=CLIENT, oidc_client_secret=SECRET
    )


@pytest.fixture
def repositories(settings):
    """Six people; lin is known to the provider, wang is known and shut out."""
    with open_for_a_block(settings) as opened:
        opened.staff.set_identity("lin", "u-1001")
        opened.staff.set_identity("wang", "u-1002")
        opened.staff.allow("wang", active=False)
        yield opened


def departed(browser):
    """Leave for the provider: where the browser is sent."""
    answer = browser.get("/sign-in/service")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def agreed(place, person="u-1001"):
    """Say yes at the provider: where it sends the browser back to."""
    answer = httpx.post(place, data={"sub": person}, trust_env=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def signed_in(browser, person="u-1001"):
    return browser.get(agreed(departed(browser), person))


def with_query(place, **changes):
    parts = urlsplit(place)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    return parts._replace(query=urlencode(query)).geturl()


def sessions_of(repositories, name):
    return [s for s in repositories.sessions.open_ones() if s.staff.name == name]


def test_who_is_known_is_signed_in_under_their_own_role(browser_of, repositories):
    browser = browser_of()
    assert "/sign-in/service" in browser.get("/sign-in").text
    assert signed_in(browser).status_code == 200
    assert browser.get("/").headers["location"] == "/queue"
    assert browser.get("/people").status_code == 403
    (session,) = sessions_of(repositories, "lin")
    assert session.way is SignInMethod.SERVICE
    assert repositories.staff.get("lin").signed_in_at == session.opened_at


def test_the_way_there_carries_state_nonce_and_a_challenge_and_no_secret(browser_of):
    place = departed(browser_of())
    query = parse_qs(urlsplit(place).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["scope"] == ["openid"]
    assert len({query[name][0] for name in ("state", "nonce", "code_challenge")}) == 3
    assert "secret" not in place
    again = parse_qs(urlsplit(departed(browser_of())).query)
    assert all(again[name] != query[name] for name in ("state", "nonce", "code_challenge"))


def test_the_cookie_of_the_way_is_sealed_short_lived_and_sent_nowhere_else(browser_of):
    browser = browser_of()
    answer = browser.get("/sign-in/service")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if "kinbind_away" in c).lower()
    assert "httponly" in cookie
    assert "path=/sign-in/service" in cookie
    assert "max-age=600" in cookie
    state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
    assert state not in browser.client.cookies["kinbind_away"]


def test_a_planted_session_is_worth_nothing_and_the_former_one_ends(browser_of, repositories):
    browser = browser_of("su")
    former = browser.client.cookies[COOKIE]
    browser.client.cookies.set("kinbind_planted", "x")
    assert signed_in(browser).status_code == 200
    assert browser.client.cookies[COOKIE] != former
    assert repositories.sessions.resume(former) is None


@pytest.mark.parametrize("person", ["u-9999", "u-1002"])
def test_who_is_unknown_or_shut_out_is_told_so_and_gets_no_session(
    browser_of, repositories, person
):
    before = repositories.sessions.open_ones()
    browser = browser_of()
    answer = signed_in(browser, person)
    assert answer.status_code == 403
    assert "没有登记" in answer.text
    assert COOKIE not in browser.client.cookies
    assert repositories.sessions.open_ones() == before


def test_who_is_shut_out_while_signed_in_is_out_at_once(browser_of, repositories):
    browser = browser_of()
    signed_in(browser)
    repositories.staff.allow("lin", active=False)
    assert browser.get("/queue").headers["location"] == "/sign-in"


def refused(browser, place, status):
    answer = browser.get(place)
    assert answer.status_code == status, answer.text
    assert COOKIE not in browser.client.cookies
    assert "未能登录" in answer.text


def test_an_answer_with_another_state_is_refused(browser_of):
    browser = browser_of()
    refused(browser, with_query(agreed(departed(browser)), state="x" * 48), 400)


def test_an_answer_that_began_in_another_browser_is_refused(browser_of):
    refused(browser_of(), agreed(departed(browser_of())), 400)
    other = browser_of()
    departed(other)
    refused(other, agreed(departed(browser_of())), 400)


def test_a_cookie_that_was_changed_or_made_up_is_refused(browser_of):
    browser = browser_of()
    place = agreed(departed(browser))
    kept = browser.client.cookies["kinbind_away"]
    for cookie in ("", "bm9uc2Vuc2U=", "%%%", kept[:-8] + "AAAAAAA="):
        fresh = browser_of()
        fresh.client.cookies.set("kinbind_away", cookie, domain="127.0.0.1")
        refused(fresh, place, 400)


def test_an_answer_that_took_too_long_is_refused(browser_of, monkeypatch):
    browser = browser_of()
    place = agreed(departed(browser))
    monkeypatch.setattr("console.web.auth.organisation_sign_in._REDIRECT_SECONDS", -1)
    refused(browser, place, 400)


def test_a_token_for_another_try_is_refused(browser_of):
    browser = browser_of()
    refused(browser, agreed(with_query(departed(browser), nonce="another")), 401)


def test_a_code_is_worth_nothing_without_its_verifier(browser_of):
    browser, thief = browser_of(), browser_of()
    code = parse_qs(urlsplit(agreed(departed(browser))).query)["code"][0]
    refused(thief, with_query(agreed(departed(thief)), code=code), 401)


def test_a_code_that_was_used_is_refused(browser_of):
    browser = browser_of()
    place = agreed(departed(browser))
    cookie = browser.client.cookies["kinbind_away"]
    assert browser.get(place).status_code == 200
    again = browser_of()
    again.client.cookies.set("kinbind_away", cookie, domain="127.0.0.1")
    refused(again, place, 401)


@pytest.mark.parametrize(
    "fault",
    [
        {"claims": {"aud": "another-console"}},
        {"claims": {"aud": ["kinbind", "another-console"]}},
        {"claims": {"aud": ["kinbind", "another-console"], "azp": "another-console"}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"nonce": "another"}},
        {"without": ["nonce"]},
        {"without": ["sub"]},
        {"without": ["exp"]},
        {"ages": 3600},
        {"claims": {"iat": 4102444800}},
        {"claims": {"sub": ["u-1001"]}},
        {"claims": {"at_hash": "another"}},
        {"key": "other"},
        {"alg": "none"},
    ],
    ids=str,
)
def test_a_token_that_is_not_good_in_every_part_is_refused(browser_of, wrong, fault):
    wrong(**fault)
    browser = browser_of()
    refused(browser, agreed(departed(browser)), 401)


def test_a_person_who_says_no_at_the_provider_is_not_signed_in(browser_of):
    browser = browser_of()
    answer = httpx.post(departed(browser), data={"action": "deny"}, trust_env=False)
    place = with_query(answer.headers["location"])
    assert "error" in parse_qs(urlsplit(place).query)
    assert browser.get(place).status_code in {400, 401}
    assert COOKIE not in browser.client.cookies


@pytest.mark.parametrize(
    "fault",
    [
        {"down": True},
        {"metadata": {"issuer": "https://evil.example"}},
        {"metadata": {"token_endpoint": "http://evil.example/token"}},
        {"metadata": {"authorization_endpoint": "javascript:alert(1)"}},
    ],
    ids=str,
)
def test_a_provider_that_is_down_or_odd_is_a_clear_page_and_passwords_still_work(
    browser_of, wrong, fault
):
    wrong(**fault)
    browser = browser_of()
    place = "/sign-in/service"
    answer = browser.get(place)
    if answer.status_code == 303:  # what is odd is only needed on the way back
        answer = browser.get(agreed(answer.headers["location"]))
    assert answer.status_code == 503
    assert "用密码登录" in answer.text
    assert browser.sign_in("lin").status_code == 303
    assert browser.get("/queue").status_code == 200


def test_a_provider_that_goes_away_while_somebody_is_there_is_a_clear_page(browser_of, wrong):
    browser = browser_of()
    place = agreed(departed(browser))
    wrong(down=True)
    refused(browser, place, 503)


def test_signing_out_ends_the_session_and_offers_to_leave_the_provider_too(
    browser_of, repositories
):
    browser = browser_of()
    signed_in(browser)
    browser.csrf = value_of("csrf", browser.get("/queue").text)
    answer = browser.post("/sign-out")
    assert sessions_of(repositories, "lin") == []
    page = browser.get(answer.headers["location"]).text
    assert "/oauth2/end_session?" in page
    assert browser.get("/queue").headers["location"] == "/sign-in"


def test_an_address_counts_only_where_the_provider_has_verified_it(settings, tmp_path, provider):
    from console.web.auth.oidc_client import OidcClient, ServiceRefusedError

    service = OidcClient(settings.model_copy(update={"oidc_claim": "email"}))
    back = "http://127.0.0.1/sign-in/service/back"

    def identified(person):
        place, departure = service.begin(back)
        code = parse_qs(urlsplit(agreed(place, person)).query)["code"][0]
        return service.identify(code, back, departure)

    assert identified("u-1001") == "lin@example.org"
    with pytest.raises(ServiceRefusedError, match="verified"):
        identified("u-1002")


def test_a_wrong_secret_is_refused_and_stands_nowhere(settings, tmp_path):
    from console.web.auth.oidc_client import OidcClient, ServiceRefusedError

    file = tmp_path / "secret"
    file.write_text("wrong\n")
    wrong_one = settings.model_copy(update={"oidc_client_secret_file": file})
    service = OidcClient(wrong_one)
    place, departure = service.begin("http://127.0.0.1/back")
    code = parse_qs(urlsplit(agreed(place)).query)["code"][0]
    with pytest.raises(ServiceRefusedError) as refusal:
        service.identify(code, "http://127.0.0.1/back", departure)
    assert "wrong" not in str(refusal.value)


def test_a_one_time_password_does_not_hold_up_who_comes_by_the_service(browser_of, repositories):
    repositories.staff.reset_password("lin")
    browser = browser_of()
    signed_in(browser)
    assert browser.get("/queue").status_code == 200


def test_the_doctor_shows_the_settings_masked_and_whether_the_provider_answers(settings, wrong):
    shown = {line.variable: line.value for line in describe_settings(settings)}
    assert shown["KINBIND_OIDC_ISSUER"] == settings.oidc_issuer
    assert SECRET not in str(shown)

    def service():
        return next(part for part in diagnose(settings) if part.part.endswith("sign-in service"))

    assert service().state is PartState.SOUND
    wrong(down=True)
    assert service().state is PartState.DEGRADED
    assert "passwords still work" in service().says


def test_people_are_registered_for_the_provider_by_command(tmp_path, repositories):
    env = {"KINBIND_HOME": str(tmp_path / "home")}

    def user(*words):
        return CliRunner().invoke(app, ["user", *words], env=env)

    added = user("add", "zhou", "--role", "senior", "--oidc", " u-2001 ")
    assert "one-time" not in added.output
    assert repositories.sessions.sign_in_known("u-2001").session.staff.role is StaffRole.SENIOR
    taken = user("add", "feng", "--oidc", "u-2001")
    assert isinstance(taken.exception, StaffError)
    assert isinstance(user("oidc", "lin", "u-2001").exception, StaffError)
    user("oidc", "zhou")
    assert repositories.staff.get("zhou").identity is None
    assert sessions_of(repositories, "zhou") == []
    assert repositories.audit.verify(repositories.archive).intact


@pytest.mark.parametrize("issuer", ["http://id.example", "id.example", "ftp://id.example"])
def test_a_provider_that_anybody_on_the_way_could_read_is_refused(issuer):
    with pytest.raises(ValueError, match="https"):
        Settings(oidc_issuer=issuer)


def test_a_real_browser_comes_back_signed_in(address, provider):
    """The provider is another site: a strict cookie would not go along on a redirect from it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = chromium.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/sign-in/service/back")
        assert Axe().run(page).violations_count == 0
        page.get_by_role("link", name="回到登录页").press("Enter")
        assert Axe().run(page).violations_count == 0
        page.get_by_role("link", name="用单位账号登录").press("Enter")
        assert page.url.startswith(provider)
        page.get_by_role("button", name="u-1001").click()
        page.wait_for_url(f"{address}/queue")
        page.get_by_role("button", name="退出").click()
        page.get_by_role("link", name="同时退出").click()
        assert page.url.startswith(f"{provider}/oauth2/end_session")
        chromium.close()
    assert not [line for line in said if "Content Security Policy" in line]
