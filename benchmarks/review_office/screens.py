"""Every page of the console as a picture, in both languages and two sizes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from benchmarks.review_office.office import PASSWORD, PEOPLE, FilledOffice
from console.web.auth.rights import RIGHTS, may
from storage.bootstrap import Repositories

SIZES: Final = ((1280, 720), (1920, 1080))
_FORMS: Final = {"approve": "a", "return": "t", "reject": "x", "keys": "?"}
"""What opens on a case in one's hands, and its key."""
_NO_PICTURE: Final = (
    "pictures",
    "faces",
    "alikes",
    "reason",
    "history",
    "assignees",
    "csv",
    "reports",
    "health",
    "metrics",
    "service",
)


def signed_in(browser: Browser, address: str, name: str, size: tuple[int, int] = SIZES[0]) -> Page:
    """A window in which somebody is signed in."""
    context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def shoot(
    browser: Browser, address: str, repositories: Repositories, office: FilledOffice, folder: Path
) -> int:
    """Write one PNG for each page, role, language and size; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for name in PEOPLE:
        page = signed_in(browser, address, name)
        for language in ("zh", "en"):
            if language == "en":
                page.goto("/password")
                page.click("header form[action='/language'] button")
                page.wait_for_selector("html[lang=en]")
            for size in SIZES:
                page.set_viewport_size({"width": size[0], "height": size[1]})
                for told, path in _pages(name, repositories, office):
                    page.goto(path)
                    page.wait_for_timeout(250)
                    file = f"{name}-{told}-{{}}{language}-{size[0]}.png"
                    page.screenshot(path=folder / file.format(""))
                    number += 1 + _shoot_forms(page, folder / file)
        page.context.close()
    return number


def _shoot_forms(page: Page, file: Path) -> int:
    """The forms of a decision and the overlay of keys, where the page has them."""
    if not page.locator("[data-ready] .verdict").count():
        return 0
    for told, key in _FORMS.items():
        page.keyboard.press(key)
        page.wait_for_timeout(150)
        page.screenshot(path=file.with_name(file.name.format(f"{told}-")))
    page.keyboard.press("Escape")
    return len(_FORMS)


def _pages(
    name: str, repositories: Repositories, office: FilledOffice
) -> Iterator[tuple[str, str]]:
    """The pages that somebody may open, each with a short name; a case of each kind."""
    case = office.misread[0]
    round_id = repositories.cases.find(f"J{len(office.every):05d}")
    values = {
        "review_id": case,
        "application_id": repositories.reviews.get(case).application_id,
        "name": "lin",
        "ref": "0" * 64,
        "round_id": round_id[0].round_id if round_id else "0" * 32,
        "number": "0",
    }
    for right in RIGHTS:
        left_out = any(part in right.path for part in _NO_PICTURE) or right.path == "/"
        if right.method == "GET" and not left_out and may(PEOPLE[name], "GET", right.path):
            path = right.path.format(**values)
            yield quote(path.strip("/").replace("/", "-")[:40], safe=""), path
    if may(PEOPLE[name], "GET", "/cases/{review_id}"):
        for told in ("tree", "face", "disputed", "sample"):
            if cases := getattr(office, told):
                yield f"case-{told}", f"/cases/{cases[0]}"
        yield "queue-mine", "/queue?standing=mine"
        yield "queue-done", "/queue?standing=done"
