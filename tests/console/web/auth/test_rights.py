"""Every address of the console against every role, and the table against the documentation."""

from pathlib import Path

import pytest
from starlette.routing import Mount

from console.web.app import create_app
from console.web.auth.rights import BY_ADDRESS, RIGHTS, rights_page
from models.staff.staff_member import StaffRole
from tests.console.conftest import STAFF

OF_ROLE = {role: name for name, role in reversed(STAFF.items())}


def filled(right, review_id):
    return (
        right.path.replace("{review_id}", review_id)
        .replace("{round_id}", "0" * 32)
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


def test_the_table_names_every_address_and_no_other(repositories):
    assert sorted(addresses(create_app(repositories))) == sorted(BY_ADDRESS)
    assert len(RIGHTS) == len(BY_ADDRESS)


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(role, browser_of, review_of):
    browser, review_id = browser_of(OF_ROLE[role]), review_of("A-NONFACE")
    for right in RIGHTS:
        if right.path == "/sign-out" or "{review_id}/" in right.path:
            continue
        send = browser.get if right.method == "GET" else browser.post
        status = send(filled(right, review_id)).status_code
        allowed = right.roles is None or role in right.roles
        assert status < 500, right
        assert (status != 403) is allowed, (right, status)


DEEDS = {
    "reveal": ("A-NONFACE", {"paper": 1, "field": "id_number"}),
    "postpone": ("A-NONFACE", {"days": 1}),
    "corrections": ("A-MISREAD", {"paper": 2, "field": "name", "value": "沈雨桐"}),
    "escalate": ("A-UNPROVEN", {}),
    "decision": ("A-NONFACE2", {"outcome": "rejected", "codes": "X20", "note": "与登记不符"}),
}
"""What is done to which case, with a form that is in order."""
NOT_DUE = ("undo", "assign")
"""What may be asked of a case that is in another state: it is refused for that, not the role."""


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_does_to_a_case_what_the_table_says_and_nothing_else(role, browser_of, review_of):
    """Who may work has the case on the desk; an auditor needs no desk to look."""
    browser = browser_of(OF_ROLE[role])
    for right in RIGHTS:
        if not right.path.startswith("/cases/{review_id}/"):
            continue
        deed = right.path.removeprefix("/cases/{review_id}/")
        application_id, form = DEEDS.get(deed, ("A-NONFACE", {}))
        review_id = review_of(application_id)
        if deed != "claim":
            browser.post(f"/cases/{review_id}/claim")
        path = filled(right, review_id)
        answer = browser.get(path) if right.method == "GET" else browser.post(path, form)
        done = {200, 204, 303} | ({409, 422} if deed in NOT_DUE else set())
        expected = done if role in (right.roles or ()) else {403}
        assert answer.status_code in expected, (right, answer.status_code)


def test_no_form_passes_without_the_token_of_its_own_session(browser_of, review_of, repositories):
    foreign = browser_of("su").csrf
    for role in StaffRole:
        browser, before = browser_of(OF_ROLE[role]), repositories.reviews.list()
        for right in RIGHTS:
            if right.method == "GET" or right.roles is None or role not in right.roles:
                continue
            path = filled(right, review_of("A-NONFACE"))
            for token in ({}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": foreign}):
                if token.get("csrf") != browser.csrf:
                    assert browser.client.post(path, data=token).status_code == 403, right
            header = {"x-csrf-token": foreign if foreign != browser.csrf else "x"}
            assert browser.client.post(path, headers=header).status_code == 403, right
        assert repositories.reviews.list() == before


def test_whoever_is_not_signed_in_gets_the_sign_in_page_and_nothing_else(browser_of, review_of):
    browser, review_id = browser_of(), review_of("A-NONFACE")
    for right in RIGHTS:
        send = browser.get if right.method == "GET" else browser.post
        answer = send(filled(right, review_id))
        if right.roles is not None:
            assert answer.status_code == 303, right
            assert answer.headers["location"].partition("?")[0] == "/sign-in"


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
            # Where the role may not go, nothing is looked at: another test asks that.
            if right.path == "/sign-out" or STAFF[name] not in (right.roles or STAFF.values()):
                continue
            path = right.path.replace("{review_id}", junk if junk == "%00" else review_id)
            for part in ("{number}", "{application_id}", "{name}", "{round_id}"):
                path = path.replace(part, junk)
            if right.method == "GET":
                status = browser.get(path + query).status_code
            else:
                status = browser.post(path, FORM).status_code
            assert status < 500, (right, junk)
