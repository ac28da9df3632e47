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
from models.faces.face_verdict import FaceBand
from models.reviews.claim_rules import LEASE
from models.reviews.review import ReviewState
from models.staff.staff_member import StaffRole
from tasks.reviewing import claims
from tests.console.conftest import CHROMIUM, MISREAD, PASSWORD, with_pictures
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    application,
    cover,
    dossier,
    field,
    same_face,
    spouse,
)
from tests.tasks.checks.dossiers import page as hukou_page
from tests.tasks.policy.conftest import decide_dossier

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="chromium is not installed; make test installs it",
)

ONLY_FAULTS = {"resultTypes": ["violations"]}
"""What axe makes of everything that is right is not asked for: it takes half of its time."""


@pytest.fixture
def desk_of(chromium, address, browser_of):
    """A window of somebody's own, signed in; requests and script errors are watched."""
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
        cookies = browser_of(name).client.cookies.jar
        context.add_cookies(
            [{"name": one.name, "value": one.value, "url": address} for one in cookies]
        )
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
    page.wait_for_selector("[data-ready] .verdict")


def test_sign_in_claim_correct_see_the_check_turn_decide(desk_of, repositories, review_of):
    page = desk_of("lin")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("[name=name]", "lin")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/queue")
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
    # One click by the mouse, though something was typed before the decision was sent.
    page.click("[data-undo]")
    page.wait_for_selector("[data-ready] .verdict")


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
    page.wait_for_url("**/cases/*")  # the list has a button of that key too
    page.wait_for_selector("[data-ready] button[data-key=n]")
    keys.press("n")
    page.wait_for_selector("[data-ready] .verdict")
    keys.press("j")
    expect(page.locator("#f-2-name input[name=value]")).to_be_focused()
    keys.press("Control+a")
    keys.type(CHILD.name)
    keys.press("Enter")
    expect(page.locator("#machine")).to_contain_text("通过")
    expect(page.locator("#work")).to_be_focused()
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
    x, y, width, height = map(float, page.get_attribute("#sheet-0 svg", "viewBox").split())
    assert (x + width / 2, y + height / 2) == (200, 300)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_commands_work_inside_a_field_with_alt_and_escape_leaves_it(desk_of, repositories):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    keys, value = page.keyboard, page.locator("#f-2-name input[name=value]")
    keys.press("j")
    keys.type("甲乙丙")
    keys.press("Escape")
    expect(value).to_have_value(MISREAD)
    expect(value).not_to_be_focused()
    keys.press("j")
    keys.press("Alt+a")
    expect(page.locator("input[value=approved]")).to_be_checked()
    expect(value).to_have_value(MISREAD)
    assert repositories.corrections.all_of(repositories.cases.find("A-MISREAD")[0].round_id) == ()


def test_the_overlay_is_the_table_that_keys_obey_and_a_person_may_change_it(desk_of):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    page.keyboard.press("?")
    page.click("[data-rebind=next-doubt]")
    page.keyboard.press("k")
    expect(page.locator("#key-taken")).to_be_visible()
    page.click("[data-rebind=next-doubt]")
    page.keyboard.press("w")
    expect(page.locator("[data-command=next-doubt] kbd")).to_have_text("W")
    page.click("#help form button")
    page.keyboard.press("j")
    expect(page.locator("#f-2-name input[name=value]")).not_to_be_focused()
    page.keyboard.press("w")
    expect(page.locator("#f-2-name input[name=value]")).to_be_focused()


def test_a_picture_is_right_at_every_opening_and_in_every_window(desk_of, review_of):
    page = desk_of("he")
    path = f"/cases/{review_of('A-MISREAD')}"
    for opening in range(6):
        page.goto(path, wait_until="commit")
        expect(page.locator("#sheet-2 svg")).to_have_attribute("data-width", "600")
        assert page.get_attribute("#sheet-2 svg", "data-height") == "400", opening
        assert seen_whole(page, ".box.now[data-field=name]"), opening
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("0")
        assert seen_whole(page, "#sheet-2 image")


def seen_whole(page, selector):
    """Whether a part of the picture lies inside its frame."""
    return page.evaluate(
        """(selector) => {
          const part = document.querySelector(selector).getBoundingClientRect();
          const frame = document.querySelector(selector).closest(".sheet").getBoundingClientRect();
          return part.width > 9 && part.left >= frame.left - 1 && part.right <= frame.right + 1
            && part.top >= frame.top - 1 && part.bottom <= frame.bottom + 1;
        }""",
        selector,
    )


def test_doubt_and_decision_are_together_on_a_small_screen(desk_of):
    page = desk_of("lin")
    page.set_viewport_size({"width": 1280, "height": 720})
    claim(page, "A-MISREAD")
    page.keyboard.press("t")
    for selector in ("#f-2-name input[name=value]", ".verdict button", "[name=codes]", ".box.now"):
        expect(page.locator(selector).first).to_be_in_viewport(ratio=1)


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
    expect(late.locator("main")).to_contain_text("案件现由 wang 办理")
    expect(late.locator("#work button[data-key=n]")).to_be_focused()
    expect(late.locator(".case-head form").first).to_be_hidden()
    expect(late.locator(".viewer, #lease")).to_have_count(0)  # its papers are wang's to see
    assert repositories.reviews.get(review_id).holder == "wang"
    assert repositories.opinions.of(review_id) == ()


def test_of_two_who_race_for_one_case_one_has_it(browser_of, review_of, repositories):
    lin, wang = browser_of("lin"), browser_of("wang")
    path = f"/cases/{review_of('A-NONFACE')}/claim"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: browser.post(path).status_code, (lin, wang)))
    assert sorted(answers) == [303, 409]
    assert repositories.reviews.get(review_of("A-NONFACE")).state is ReviewState.CLAIMED


def test_no_page_has_an_accessibility_fault(desk_of, review_of, repositories):
    review_id = review_of("A-NONFACE")
    approved = repositories.cases.find("A-APPROVED")[0].round_id
    pages = {
        "lin": ("/queue", "/password", f"/cases/{review_id}"),
        "su": ("/today", "/second-looks", "/employers", "/team", f"/papers/{approved}"),
        "he": (
            "/audit?application=A-",
            "/audit/applications/A-NONFACE",
            "/audit/runs",
            "/audit/oversight",
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
            found = Axe().run(page, options=ONLY_FAULTS)
            if found.violations_count:
                faults[path] = found.generate_report()
    page.context.clear_cookies()
    page.goto("/sign-in")
    assert Axe().run(page, options=ONLY_FAULTS).violations_count == 0
    assert faults == {}


def test_what_is_written_outlives_a_change_of_language_and_a_lost_session(desk_of, repositories):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    page.keyboard.press("t")
    page.fill("#note", "已电话联系，等回复")
    page.click("header form[action='/language'] button")
    page.wait_for_selector("html[lang=en]")
    expect(page.locator("#note")).to_have_value("已电话联系，等回复")
    expect(page.locator("input[value=returned]")).to_be_checked()
    case = page.url
    page.context.clear_cookies(name="kinbind_session")
    page.reload()
    page.fill("[name=name]", "lin")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(case)
    expect(page.locator("#note")).to_have_value("已电话联系，等回复")


def test_who_is_signed_out_while_writing_goes_on_in_the_same_page(desk_of, repositories):
    page = desk_of("lin")
    claim(page, "A-MISREAD")
    page.keyboard.press("t")
    page.check("[name=codes][value=Q05]")
    page.context.clear_cookies(name="kinbind_session")
    page.fill("#note", "已电话联系，等回复")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#note")).to_have_value("已电话联系，等回复")
    other = page.context.new_page()
    other.goto("/sign-in")
    other.fill("[name=name]", "lin")
    other.fill("[name=password]", PASSWORD)
    other.press("[name=password]", "Enter")
    other.wait_for_url("**/queue")
    page.bring_to_front()
    page.press("#note", "Control+Enter")
    expect(page.locator("[data-decided]")).to_be_visible()
    (opinion,) = repositories.opinions.of(page.url.rpartition("/")[2])
    assert opinion.words.note == "已电话联系，等回复"


def keys_of(page, *pressed):
    """Press keys and count them; what is typed into a field is text, and one entry."""
    for key in pressed:
        page.keyboard.press(key)
        page.wait_for_timeout(50)
    return len(pressed)


def test_a_misread_name_and_a_return_with_two_reasons_take_six_keys_at_most(
    desk_of, repositories, review_of
):
    page = desk_of("lin")
    page.goto("/queue?code=Q05")
    used = keys_of(page, "n")
    page.wait_for_selector("[data-ready] .verdict")
    used += keys_of(page, "j")
    page.keyboard.insert_text(CHILD.name)
    used += keys_of(page, "Enter")
    expect(page.locator("#machine")).to_contain_text("通过")
    expect(page.locator("#f-2-name")).to_have_class(re.compile("corrected"))
    used += keys_of(page, "a", "Control+Enter")
    expect(page.locator("[data-decided]")).to_be_visible()
    assert repositories.reviews.get(review_of("A-MISREAD")).outcome is Outcome.APPROVED
    assert used <= 6
    page.goto("/queue?code=R03")
    used = keys_of(page, "n")
    page.wait_for_selector("[data-ready] .verdict")
    used += keys_of(page, "t")
    expect(page.locator(".dock [name=codes]:checked")).to_have_count(1)
    used += keys_of(page, "2")  # there is one reason: the next number is another one
    page.keyboard.type("D11")
    used += keys_of(page, "Control+Enter")
    expect(page.locator("[data-decided]")).to_be_visible()
    (said,) = repositories.opinions.of(review_of("A-UNPROVEN"))
    assert said.codes == ("R03", "D11")
    assert used <= 6


def test_an_easy_case_takes_three_keys_and_a_stranger_s_face_none_of_the_mouse(
    desk_of, repositories, review_of
):
    unsure = dossier(
        application(FATHER, CHILD, "child"),
        cover(FATHER),
        hukou_page(FATHER, "户主"),
        hukou_page(CHILD, "长女", relation_to_householder=field("长女", 0.62)),
    )
    stranger = spouse().model_copy(update={"face": same_face(score=0.05, band=FaceBand.MISMATCH)})
    for seed, (name, given) in enumerate({"A-EASY": unsure, "A-FACE": stranger}.items(), 11):
        decide_dossier(
            repositories, with_pictures(repositories, given, seed), name, dt.datetime.now(dt.UTC)
        )
    page = desk_of("lin")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/cases/{review_of('A-EASY')}")
    page.wait_for_selector("[data-ready]")
    used = keys_of(page, "n")
    page.wait_for_selector("[data-ready] .verdict")
    used += keys_of(page, "Enter")
    expect(page.locator("#machine")).to_contain_text("通过")
    used += keys_of(page, "Shift+A")
    expect(page.locator("[data-decided]")).to_contain_text("通过")
    assert used <= 3
    page.goto(f"/cases/{review_of('A-FACE')}")
    page.wait_for_selector("[data-ready]")
    keys_of(page, "n")
    page.wait_for_selector("[data-ready] .verdict")
    keys_of(page, "x")
    for part in page.locator("#faces figure").all():
        expect(part).to_be_in_viewport(ratio=1)  # whoever rejects sees the pair
    expect(page.locator(".dock [name=codes][value=P01]")).to_be_checked()
    keys_of(page, "m")
    page.keyboard.insert_text("两张照片不是同一人")
    keys_of(page, "Control+Enter")
    expect(page.locator("[data-decided]")).to_contain_text("复核")
    (said,) = repositories.opinions.of(review_of("A-FACE"))
    assert (said.outcome, said.codes) == (Outcome.REJECTED, ("P01",))


def test_what_is_ticked_follows_the_outcome_until_somebody_ticks(desk_of):
    page = desk_of("lin")
    claim(page, "A-UNPROVEN")
    box = page.locator(".dock [name=codes][value=R03]")
    for key, ticked in (("t", True), ("x", False), ("t", True)):
        keys_of(page, key)
        expect(box).to_be_checked(checked=ticked)
    keys_of(page, "1", "x", "t")
    expect(box).not_to_be_checked()
