"""What a case costs the person at the keyboard: keys, clicks and seconds of the machine's part."""

import itertools
import re
import time
from collections.abc import Iterator
from typing import Final, NamedTuple

from playwright.sync_api import Browser, Page, expect

from benchmarks.review_office.office import FilledOffice
from benchmarks.review_office.screens import signed_in

_SEEN_WHOLE: Final = """() => {
  const sheet = [...document.querySelectorAll(".sheet")].find((one) => !one.hidden);
  const svg = sheet.querySelector("svg"), image = svg.querySelector("image");
  const box = document.querySelector(".box.now") ?? image;
  const part = box.getBoundingClientRect(), frame = sheet.getBoundingClientRect();
  return image.getBBox().width == Number(svg.dataset.width) && part.width > 9
    && part.right > frame.left && part.left < frame.right
    && part.bottom > frame.top && part.top < frame.bottom;
}"""


class JourneyCost(NamedTuple):
    """One journey.

    Attributes:
        seconds: From the first key to the answer, nobody thinking.
    """

    name: str
    keys: int
    clicks: int
    entries: int
    seconds: float


class _Hand:
    """Somebody at keyboard and mouse, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = self.clicks = self.entries = 0
        self.started = time.perf_counter()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def click(self, selector: str) -> None:
        self.page.click(selector)
        self.clicks += 1

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.entries += 1

    def next_case(self) -> None:
        self.press("n")
        self.page.wait_for_selector("[data-ready] .verdict")

    def send(self) -> None:
        self.press("Control+Enter")
        expect(self.page.locator("[data-decided]")).to_be_visible()

    def cost(self, name: str) -> JourneyCost:
        spent = time.perf_counter() - self.started
        return JourneyCost(name, self.keys, self.clicks, self.entries, spent)


def travel(browser: Browser, address: str, office: FilledOffice) -> None:
    """Do each journey once and print what it took."""
    print(f"{'journey':<34} {'keys':>5} {'clicks':>7} {'entries':>8} {'seconds':>8}")
    for one in _journeys(browser, address, office):
        print(
            f"{one.name:<34} {one.keys:5} {one.clicks:7} {one.entries:8} {one.seconds:8.1f}",
            flush=True,
        )


def _journeys(browser: Browser, address: str, office: FilledOffice) -> Iterator[JourneyCost]:
    reviewer = signed_in(browser, address, "lin")
    yield _easy(reviewer, office)
    yield _misread(reviewer, office)
    yield _tree(reviewer)
    yield _two_reasons(reviewer)
    yield _face(reviewer)
    yield _disagreement(signed_in(browser, address, "su"))
    yield _search(signed_in(browser, address, "he"), office)


def open_pictures(browser: Browser, address: str, office: FilledOffice, times: int) -> None:
    """Open cases one after the other, and count the openings that show the picture rightly."""
    page, right = signed_in(browser, address, "he"), 0
    for review_id in itertools.islice(itertools.cycle(office.every), times):
        page.goto(f"/cases/{review_id}", wait_until="commit")
        shown = page.locator(".sheet:not([hidden]) svg[data-width]")
        expect(shown).to_have_attribute("data-width", re.compile(r"^\d+$"))
        right += bool(page.evaluate(_SEEN_WHOLE))
    print(f"pictures right: {right} of {times} openings")


def _easy(page: Page, office: FilledOffice) -> JourneyCost:
    """An approval that one field in doubt stands against, which was read rightly."""
    page.goto(f"/cases/{office.sample[0]}")
    hand = _Hand(page)
    hand.next_case()
    hand.press("Enter")
    expect(page.locator("#machine")).to_be_visible()
    hand.press("Shift+A")
    expect(page.locator("[data-decided]")).to_be_visible()
    return hand.cost("easy: approve")


def _misread(page: Page, office: FilledOffice) -> JourneyCost:
    page.goto(f"/cases/{office.misread[0]}")
    hand = _Hand(page)
    hand.next_case()
    hand.press("j")
    hand.write(office.names[office.misread[0]])
    hand.press("Enter")
    expect(page.locator("#machine")).to_be_visible()
    expect(page.locator(".field.corrected")).to_have_count(1)
    hand.press("a")
    hand.send()
    return hand.cost("a misread name")


def _tree(page: Page) -> JourneyCost:
    """The family tree is enlarged and the return sent with the paper that would settle it."""
    page.goto("/queue?code=R03")
    hand = _Hand(page)
    hand.next_case()
    hand.press("g", "Escape", "t")
    if not page.locator(".dock [name=codes]").first.is_checked():
        hand.press("1")
    hand.send()
    return hand.cost("kinship not determined: return")


def _two_reasons(page: Page) -> JourneyCost:
    page.goto("/queue?code=R03")
    hand = _Hand(page)
    hand.next_case()
    hand.press("t")
    reasons = page.locator(".dock [name=codes]")
    for number in range(min(2, reasons.count())):
        if not reasons.nth(number).is_checked():
            hand.press(str(number + 1))
    if reasons.count() < 2:
        hand.press(str(reasons.count() + 1))
        page.keyboard.type("D11")
        hand.entries += 1
    hand.send()
    return hand.cost("return with two reasons")


def _face(page: Page) -> JourneyCost:
    """Two faces side by side, found to be two people, rejected; a second person looks."""
    page.goto("/queue?code=P01")
    hand = _Hand(page)
    hand.next_case()
    hand.press("x", "m")
    hand.write("两张照片不是同一人")
    hand.send()
    return hand.cost("faces of two people: reject")


def _disagreement(page: Page) -> JourneyCost:
    """A senior reads both opinions and settles."""
    page.goto("/queue?standing=senior")
    hand = _Hand(page)
    hand.next_case()
    expect(page.locator(".judged")).to_contain_text("年龄差可疑")
    hand.press("t")
    hand.send()
    return hand.cost("a senior settles a disagreement")


def _search(page: Page, office: FilledOffice) -> JourneyCost:
    """An auditor finds an application by a person's number and reads what happened."""
    page.goto("/audit")
    hand = _Hand(page)
    hand.click("[name=number]")
    hand.write(office.number)
    hand.press("Enter")
    hand.click("td a[href^='/audit/applications/']")
    page.wait_for_selector(".timeline")
    return hand.cost("an auditor finds a history")
