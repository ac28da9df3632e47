"""Every address of the console against every role, and the table against the documentation."""

from pathlib import Path

import pytest
from starlette.routing import Mount

from console.web.app import create_app
from console.web.rights import BY_ADDRESS, RIGHTS, rights_page
from models.staff import Role
from tests.console.conftest import STAFF

OF_ROLE = {role: name for name, role in reversed(STAFF.items())}


def filled(right, review_id):
    return (
        right.path.replace("{review_id}", review_id)
        .replace("{number}", "0")
        .replace("{application_id}", "A-MISREAD")
        .replace("{name}", "nobody")
        .replace("{ref}", "0" * 64)
    )


def addresses(app):
    for route in app.routes:
        if isinstance(route, Mount):
            continue
        inner = getattr(route, "original_router", None)
        for one in inner.routes if inner else (route,):
            yield from ((method, one.path) for method in one.methods - {"HEAD"})


def test_the_table_names_every_address_and_no_other(office):
    assert sorted(addresses(create_app(office))) == sorted(BY_ADDRESS)
    assert len(RIGHTS) == len(BY_ADDRESS)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(role, browser_of, review_of):
    browser, review_id = browser_of(OF_ROLE[role]), review_of("A-NONFACE")
    for right in RIGHTS:
        if right.path == "/sign-out":
            continue
        send = browser.get if right.method == "GET" else browser.post
        status = send(filled(right, review_id)).status_code
        allowed = right.roles is None or role in right.roles
        # Papers and deeds ask for more than the role: the case must lie on one's desk.
        on_desk = "{review_id}/" in right.path and status == 403
        assert status < 500, right
        assert (status != 403) if allowed and not on_desk else (status == 403), (right, status)


def test_whoever_is_not_signed_in_gets_the_sign_in_page_and_nothing_else(browser_of, review_of):
    browser, review_id = browser_of(), review_of("A-NONFACE")
    for right in RIGHTS:
        send = browser.get if right.method == "GET" else browser.post
        answer = send(filled(right, review_id))
        if right.roles is not None:
            assert answer.status_code == 303, right
            assert answer.headers["location"] == "/sign-in"


def test_the_documentation_shows_the_table_in_force():
    assert Path("docs/console-rights.md").read_text() == rights_page()


JUNK = ("%00", "..%2F..%2Fkeys", "'%22%3C", "甲" * 60, "9" * 300, "-1")
FORM = {
    "paper": "-1",
    "field": "../x",
    "value": "\x00",
    "days": "99",
    "outcome": "'",
    "codes": ["Z99", "'"],
    "note": "\ud7ff" * 9000,
    "name": "x\x00y",
    "role": "king",
    "number": "'; --",
    "old": "",
    "new": "x",
    "again": "y",
    "active": "perhaps",
    "order": "none",
}


@pytest.mark.parametrize("name", ["lin", "he", "chen"])
def test_nonsense_is_refused_and_never_a_fault_of_ours(name, browser_of, review_of):
    browser, review_id = browser_of(name), review_of("A-NONFACE")
    for junk in JUNK:
        query = f"?page={junk}&standing={junk}&code={junk}&day={junk}&application={junk}"
        for right in RIGHTS:
            if right.path == "/sign-out":
                continue
            path = right.path.replace("{review_id}", junk if junk == "%00" else review_id)
            for part in ("{number}", "{application_id}", "{name}"):
                path = path.replace(part, junk)
            if right.method == "GET":
                status = browser.get(path + query).status_code
            else:
                status = browser.post(path, FORM).status_code
            assert status < 500, (right, junk)
