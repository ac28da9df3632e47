"""Whatever programs and browsers send, made up by the thousand: refused or taken, never a fault.

`NONSENSE=300 pytest tests/console/api/test_random_input.py` asks for more of it than every day.
"""

import contextlib
import os
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from fastapi.openapi.utils import get_openapi
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from console.api.app import create_api
from console.api.calls import BY_ADDRESS as BY_CALL
from console.api.description import description
from console.web.app import create_app
from console.web.auth.guard import CSRF_HEADER
from console.web.auth.rights import BY_ADDRESS
from models.staff.staff_member import SignInMethod, StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reviewing.claims import claim
from tests.console.api.conftest import hand_in, served
from tests.console.conftest import PASSWORD, STAFF, Browser, stock

ON_BOTH_DATABASES = True
EXAMPLES = int(os.environ.get("NONSENSE", "4"))
OF_ROLE = {role: name for name, role in reversed(STAFF.items())}
REVIEWER = StaffRole.REVIEWER
WORDS = {"type": "string"}
DECISION = {
    "type": "object",
    "properties": {
        "outcome": WORDS,
        "note": WORDS,
        "more": WORDS,
        "codes": {"type": "array", "items": {"enum": ["R03", "F02", "", "Z99"]}},
        "advice_R03": WORDS,
        "csrf": WORDS,
    },
}


def made_up(schema):
    """Requests to each operation: such as its description allows, and such as it does not.

    Made up once for both databases, which takes longer than to put them to one.
    """
    requests = []
    for operation in (result.ok() for result in schema.get_all_operations()):
        cases = []
        make_up(GenerationMode.POSITIVE, operation, cases.append)
        with contextlib.suppress(Unsatisfiable):  # a page without any field allows everything
            make_up(GenerationMode.NEGATIVE, operation, cases.append)
        requests.append(((operation.method.upper(), operation.path), cases))
    return requests


def make_up(mode, operation, take):
    @given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis_settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES < 100,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def draw(case):
        take(case)

    draw()


@pytest.fixture(scope="module")
def requests_of_programs():
    return made_up(schemathesis.openapi.from_dict(description(create_api(None))))


@pytest.fixture(scope="module")
def requests_of_browsers(tmp_path_factory):
    with using_repositories(Settings(home=tmp_path_factory.mktemp("pages"))) as office:
        return made_up(forms(create_app(office)))


def of_staff(repositories):
    """The header of a reviewer's program; a new session, since one of the calls ends it."""
    way = SignInMethod.PROGRAM
    token = repositories.sessions.sign_in(OF_ROLE[REVIEWER], PASSWORD, "", way=way).token
    return {"authorization": f"Bearer {token}"}


def test_the_door_for_programs_never_fails_and_answers_as_it_is_described(
    address, client_of, repositories, requests_of_programs
):
    client = client_of()
    hand_in(client)
    key = {"authorization": client.headers["authorization"]}
    stock(repositories)
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]

    def ask(case, *callers):
        if case.path_parameters and "review_id" in case.path_parameters:
            waiting = [r for r in repositories.reviews.list() if r.outcome is None]
            case.path_parameters["review_id"] = waiting[0].review_id
            claim(repositories, waiting[0].review_id, OF_ROLE[REVIEWER], REVIEWER)
        for headers in callers:
            case.call_and_validate(
                base_url=f"{address}/api/v1", headers=headers, checks=checks, timeout=60
            )

    for operation, cases in requests_of_programs:
        callers = (of_staff(repositories),) if BY_CALL[operation].roles else (key, {})
        for case in cases:
            ask(case, *callers)


def forms(app):
    """A description of the console's pages, for this test alone."""
    whole = get_openapi(title="pages", version="1", routes=app.routes)
    decide = whole["paths"]["/cases/{review_id}/decision"]["post"]
    kinds = ("application/x-www-form-urlencoded", "multipart/form-data")
    decide["requestBody"] = {"content": {kind: {"schema": DECISION} for kind in kinds}}
    return schemathesis.openapi.from_dict(whole)


@pytest.fixture
def pages(repositories):
    stock(repositories)
    with served(create_app(repositories)) as address:
        yield address


def test_no_form_of_the_console_makes_it_fail(pages, repositories, requests_of_browsers):
    review_id = repositories.reviews.list()[0].review_id
    with httpx.Client(base_url=pages, trust_env=False) as client:
        signed_in = {}
        for role in (StaffRole.REVIEWER, StaffRole.AUDITOR, StaffRole.ADMIN):
            browser = Browser(client)
            client.cookies.clear()
            browser.sign_in(OF_ROLE[role], PASSWORD)
            signed_in[role] = (dict(client.cookies), browser.csrf)

    def ask(case, cookies, csrf):
        if case.path_parameters and "review_id" in case.path_parameters:
            case.path_parameters["review_id"] = review_id
            claim(repositories, review_id, OF_ROLE[StaffRole.REVIEWER], StaffRole.REVIEWER)
        if case.path == "/sign-in" and isinstance(case.body, dict):
            case.body["entry"] = cookies["kinbind_entry"] = "entry"
        headers = {CSRF_HEADER: csrf, "host": urlsplit(pages).netloc}
        answer = case.call(
            base_url=pages, cookies=cookies, headers=headers, allow_redirects=False, timeout=60
        )
        assert answer.status_code < 500, case.as_curl_command()

    # Deciding comes last: whatever is asked about a case, it lies on the reviewer's desk.
    for operation, cases in sorted(requests_of_browsers, key=lambda one: "decision" in one[0][1]):
        if operation == ("POST", "/sign-out"):
            continue
        roles = BY_ADDRESS[operation].roles
        role = next((r for r in signed_in if roles is None or r in roles), StaffRole.ADMIN)
        for case in cases:
            ask(case, *signed_in[role])


NUL = "a\x00b"
ODD = ("甲" * 300, "9" * 999, "-1", "'; --")
FIELDS = (
    *("application", "reviewer", "code", "day", "number", "field", "value", "note", "name"),
    *("outcome", "codes", "more", "days", "paper", "old", "new", "again", "active", "role"),
)


def odd_forms():
    """NUL in every field, and the other odd words dealt out over the fields in two ways."""
    yield dict.fromkeys(FIELDS, NUL)
    for shift in (0, 2):
        yield {name: ODD[(n + shift) % len(ODD)] for n, name in enumerate(FIELDS)}


def test_odd_words_in_any_field_of_any_page_are_refused_or_taken(pages, repositories):
    """NUL above all: no database of the larger form keeps it."""
    review_id = repositories.reviews.list()[0].review_id
    for role in (StaffRole.REVIEWER, StaffRole.AUDITOR, StaffRole.ADMIN):
        with httpx.Client(base_url=pages, trust_env=False, timeout=60) as client:
            browser = Browser(client)
            browser.sign_in(OF_ROLE[role], PASSWORD)
            for (method, path), right in BY_ADDRESS.items():
                if path == "/sign-out" or not (right.roles is None or role in right.roles):
                    continue
                for sent in odd_forms():
                    filled = path.replace("{review_id}", review_id)
                    for part in ("{application_id}", "{name}", "{number}"):
                        filled = filled.replace(part, "%00" if NUL in sent.values() else "x1")
                    if method == "GET":
                        answer = browser.get(filled, params=sent)
                    else:
                        answer = browser.post(filled, sent)
                    assert answer.status_code < 500, (right, sent["value"][:9])


def test_a_form_without_an_end_is_cut_off(address):
    def endless():
        while True:
            yield b"name=" + b"x" * 100_000

    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        try:
            status = client.post("/sign-in", content=endless(), headers=kind).status_code
        except httpx.TransportError:  # the server hung up while we were still sending
            status = 413
    assert status == 413


def test_a_form_in_a_strange_encoding_is_refused_cleanly(address):
    body = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--b--\r\n'
    with httpx.Client(base_url=address, trust_env=False) as client:
        for charset in ("undefined", "unicode_escape", "idna", "utf-16", "rot13"):
            kind = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
            for path in ("/sign-in", "/language", "/cases/x/decision"):
                answer = client.post(path, content=body, headers=kind)
                assert answer.status_code < 500, (charset, path)
