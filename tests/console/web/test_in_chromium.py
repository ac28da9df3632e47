"""The whole story in a real browser: by mouse, by keyboard, by two at once, and by axe."""

import datetime as dt
import os
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from models.decision.decision import Outcome
from models.reviews.claim_rules import LEASE
from models.reviews.review import ReviewState
from models.staff.staff_member import StaffRole
from tasks.reviewing import claims
from tests.console.conftest import CHROMIUM, PASSWORD
from tests.tasks.checks.dossiers import CHILD

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="chromium is not installed; make test installs it",
)


@pytest.fixture
def desk_of(chromium, address):
    """Sign somebody in, in a window of their own; requests and script errors are watched."""
    seen: list[str] = []
    errors: list[str] = []
    contexts = []

    def opened(name):
        context = chromium.new_context(base_url=address, viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: seen.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/sign-in")
        page.fill("[name=name]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {urlsplit(url).netloc for url in seen} <= {urlsplit(address).netloc}
    assert errors == []


def claim(page, application_id):
    page.goto("/queue")
    page.click(f"a:text-is('{application_id}')")
    page.click("button[data-key=n]")
    page.wait_for_selector("#decision")


def test_sign_in_claim_correct_see_the_check_turn_decide(desk_of, repositories, review_of):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    expect(page.locator("#findings")).to_contain_text("Q05")
    page.click("[role=tab][data-paper='2']")
    page.fill("#f-2-name input[name=value]", CHILD.name)
    page.click("#f-2-name .correct button")
    expect(page.locator("#machine")).to_contain_text("通过")
    expect(page.locator("#findings")).not_to_contain_text("Q05")
    expect(page.locator(".box.corrected[data-paper='2'][data-field=name]")).to_have_count(1)
    page.check("input[value=approved]")
    page.click(".verdict button")
    expect(page.locator("[data-decided]")).to_contain_text("通过")
    assert repositories.reviews.get(review_of("A-MISREAD")).outcome is Outcome.APPROVED


def test_what_was_written_survives_a_refused_decision_and_a_correction(desk_of):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    page.check("input[value=rejected]")
    page.fill("#note", "先记一笔")
    page.click(".verdict button")
    expect(page.locator("#decision [role=alert]")).to_be_visible()
    expect(page.locator("#note")).to_have_value("先记一笔")
    expect(page.locator("input[value=rejected]")).to_be_checked()
    page.fill("#f-2-household_number input[name=value]", "330102001234")
    page.click("#f-2-household_number .correct button")
    expect(page.locator("#f-2-household_number")).to_contain_text("已更正")
    expect(page.locator("#note")).to_have_value("先记一笔")


def test_the_same_by_keyboard_alone(desk_of, repositories, review_of):
    page = desk_of("lin")
    page.goto("/queue?code=Q05")
    keys = page.keyboard
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent") == "A-MISREAD":
            break
        keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector("button[data-key=n]")
    keys.press("n")
    page.wait_for_selector("#decision")
    keys.press("j")
    expect(page.locator("#f-2-name input[name=value]")).to_be_focused()
    keys.press("Control+a")
    keys.type(CHILD.name)
    keys.press("Enter")
    expect(page.locator("#machine")).to_contain_text("通过")
    keys.press("Tab")
    keys.press("d")
    keys.press("a")
    keys.press("Control+Enter")
    expect(page.locator("[data-decided]")).to_contain_text("通过")
    assert repositories.reviews.get(review_of("A-MISREAD")).outcome is Outcome.APPROVED


def test_boxes_and_fields_find_each_other_and_the_picture_moves(desk_of):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    expect(page.locator("#f-2-name")).to_have_class("field doubtful now")
    expect(page.locator(".box[data-paper='2'][data-field=name].now")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#sheet-0 svg")).to_have_attribute("data-width", re.compile(r"^\d+$"))
    page.click(".box[data-paper='0'][data-field=householder_name]", force=True)
    expect(page.locator("#f-0-householder_name")).to_have_class("field sure now")
    before = page.get_attribute("#sheet-0 svg", "viewBox")
    page.click("#f-0-household_number [data-find]")
    expect(page.locator(".box[data-field=household_number].now")).to_have_count(1)
    assert page.get_attribute("#sheet-0 svg", "viewBox") != before
    page.click("[data-view=fit]")
    page.click("[data-view=turn]")
    assert page.get_attribute("#sheet-0 svg", "viewBox") == "0 0 400 600"
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_a_second_person_decides_without_knowing_what_the_first_one_said(
    desk_of, repositories, review_of
):
    first, second = desk_of("lin"), desk_of("wang")
    for page in (first, second):
        claim(page, "A-UNPROVEN")
        page.check("input[value=approved]")
        page.fill("#note", "看过原件，应予通过")
        page.click(".verdict button")
        page.wait_for_selector("[data-decided]")
        if page is first:
            page.goto(f"/cases/{review_of('A-UNPROVEN')}")
            expect(page.locator(".notice").first).to_contain_text("另一人复核")
            expect(page.locator("button[data-key=n]")).to_have_count(0)
    assert repositories.reviews.get(review_of("A-UNPROVEN")).outcome is Outcome.APPROVED


def test_an_auditor_reads_everything_and_finds_nothing_to_press(desk_of, review_of):
    page = desk_of("he")
    page.goto(f"/cases/{review_of('A-MISREAD')}")
    expect(page.locator(".box.doubtful[data-paper='2']")).to_be_visible()
    assert page.locator("#decision, .correct, button[data-key=n]").count() == 0
    page.click(".history summary")
    expect(page.locator(".history li").first).to_be_visible()
    page.goto("/audit?application=A-MISREAD")
    page.click("a:text-is('A-MISREAD')")
    expect(page.locator("main")).to_contain_text("A-MISREAD")


def test_whose_time_ran_out_while_somebody_else_took_the_case_is_told(
    desk_of, repositories, review_of
):
    late, review_id = desk_of("lin"), review_of("A-NONFACE")
    claim(late, "A-NONFACE")
    moment = dt.datetime.now(dt.UTC) + LEASE * 2
    assert claims.claim(repositories, review_id, "wang", StaffRole.REVIEWER, now=moment)
    late.check("input[value=rejected]")
    late.select_option("[name=more]", "X20")
    late.click(".verdict button")
    expect(late.locator("main")).to_contain_text("案件已不在您桌上")
    assert repositories.reviews.get(review_id).holder == "wang"
    assert repositories.opinions.of(review_id) == ()


def test_of_two_who_race_for_one_case_one_has_it(browser_of, review_of, repositories):
    lin, wang = browser_of("lin"), browser_of("wang")
    path = f"/cases/{review_of('A-NONFACE')}/claim"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: browser.post(path).status_code, (lin, wang)))
    assert sorted(answers) == [303, 409]
    assert repositories.reviews.get(review_of("A-NONFACE")).state is ReviewState.CLAIMED


def test_no_page_has_an_accessibility_fault(desk_of, review_of):
    review_id = review_of("A-NONFACE")
    pages = {
        "lin": ("/queue", "/password", f"/cases/{review_id}"),
        "su": ("/today", "/second-looks", "/employers"),
        "he": (
            "/audit?application=A-",
            "/audit/applications/A-NONFACE",
            "/audit/runs",
            "/audit/people/lin",
            f"/cases/{review_id}",
        ),
        "chen": ("/people", "/nothing"),
    }
    faults = {}
    for name, paths in pages.items():
        page = desk_of(name)
        if name == "lin":
            claim(page, "A-NONFACE")
        for path in paths:
            page.goto(path)
            found = Axe().run(page)
            if found.violations_count:
                faults[path] = found.generate_report()
        page.context.clear_cookies()
        page.goto("/sign-in")
        assert Axe().run(page).violations_count == 0
    assert faults == {}
