"""An office with a few invented cases and people, and ways to knock at its console."""

import contextlib
import datetime as dt
import hashlib
import re
import secrets
import shutil
import threading
import time
from functools import partial
from pathlib import Path

import cv2
import httpx
import numpy as np
import pytest
from argon2 import PasswordHasher

from console.server.serve_console import console_server
from console.server.sockets import address_of, listen
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories as open_for_a_block
from storage.private_files import create_private
from storage.settings import Settings
from tests.tasks.checks.dossiers import (
    BROTHER,
    CHILD,
    FATHER,
    GRANDPA,
    SISTER,
    application,
    birth,
    cover,
    dossier,
    field,
    page,
    person,
    spouse,
)
from tests.tasks.policy.conftest import decide_dossier

CHROMIUM = Path("/usr/bin/chromium")
PASSWORD = "long enough for a test"  # noqa: S105  (invented)
STAFF = {
    "lin": StaffRole.REVIEWER,
    "wang": StaffRole.REVIEWER,
    "su": StaffRole.SENIOR,
    "he": StaffRole.AUDITOR,
    "ops": StaffRole.OPERATOR,
    "chen": StaffRole.ADMIN,
}
MISREAD = CHILD.name[:2] + "侗"


def picture(seed):
    """A small JPEG of grey noise."""
    pixels = np.random.default_rng(seed).integers(160, 250, (400, 600, 3), dtype=np.uint8)
    return cv2.imencode(".jpg", pixels)[1].tobytes()


def quad(line):
    """The place of the field on that line of a small picture."""
    top = 20.0 + 36 * line
    return (80.0, top), (260.0, top), (260.0, top + 28), (80.0, top + 28)


def with_pictures(repositories, given, seed):
    """The dossier with uploads in the archive, and a face where one belongs."""
    papers = []
    for number, paper in enumerate(given.readings):
        content = picture(seed * 100 + number)
        repositories.archive.keep_upload(content)
        fields = {
            name: f.model_copy(update={"quad": quad(line)}) if f.value else f
            for line, (name, f) in enumerate(paper.fields.items())
        }
        portrait = None
        if paper.kind.value in {"id_card_portrait", "selfie"}:
            portrait = f"portraits/{seed}-{number}"
            face = cv2.imencode(".png", np.full((64, 64, 3), 90, np.uint8))[1].tobytes()
            repositories.archive.put_bytes(portrait, face)
        digest = hashlib.sha256(content).hexdigest()
        update = {"digest": digest, "fields": fields, "portrait": portrait}
        papers.append(paper.model_copy(update=update))
    return given.model_copy(update={"readings": tuple(papers)})


def misread_child():
    """A child whose page was misread in the name by one look-alike character."""
    unsure = field(MISREAD, 0.62)
    return dossier(
        application(FATHER, CHILD, "child"),
        cover(FATHER),
        page(FATHER, "户主"),
        page(CHILD, "长女", name=unsure),
    )


def grandchild_of_a_householder_not_seen():
    """Son and granddaughter of one householder: father and daughter, or uncle and niece."""
    return dossier(
        application(FATHER, CHILD, "child"),
        cover(GRANDPA),
        page(FATHER, "长子"),
        page(CHILD, "孙女"),
    )


def another_child():
    """A child whom a birth certificate proves; of a family that no other case is about."""
    child = person("沈小满", "2020-05-21", "女")
    return dossier(application(BROTHER, child, "child"), birth(child, SISTER, BROTHER))


def stock(repositories):
    """Four cases that wait for people, one approval, six people."""
    received = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)
    made = {
        "A-MISREAD": misread_child(),
        "A-NONFACE": spouse(identity_route="non_face"),
        "A-NONFACE2": spouse(identity_route="non_face"),
        "A-UNPROVEN": grandchild_of_a_householder_not_seen(),
        "A-APPROVED": another_child(),
    }
    for seed, (name, given) in enumerate(made.items(), 1):
        decide_dossier(repositories, with_pictures(repositories, given, seed), name, received)
    for name, role in STAFF.items():
        repositories.staff.add(name, role)
        repositories.staff.choose_password(name, PASSWORD)


@pytest.fixture(scope="session")
def stocked_home(tmp_path_factory):
    """The home that every test gets a copy of; its passwords cost little to check."""
    home = tmp_path_factory.mktemp("stocked") / "home"
    # Within the home, so that a copy has keys of its own and loses none by what another deletes.
    create_private(home / "keys/master.key", secrets.token_bytes(32))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "storage.staff.staff_register._HASHER", PasswordHasher(time_cost=1, memory_cost=64)
        )
        with open_for_a_block(Settings(home=home)) as repositories:
            stock(repositories)
    return home


@pytest.fixture
def proxies():
    """The proxies before the console; a test names its own by parametrising this."""
    return ""


@pytest.fixture
def repositories(stocked_home, tmp_path, proxies):
    home = Path(shutil.copytree(stocked_home, tmp_path / "home"))
    with open_for_a_block(Settings(home=home, proxies=proxies)) as opened:
        yield opened


@pytest.fixture
def review_of(repositories):
    """The review case of an application."""

    def found(application_id):
        cases = repositories.reviews.list()
        return next(c for c in cases if c.application_id == application_id).review_id

    return found


@pytest.fixture
def address(repositories):
    """The console on a real port."""
    with served(repositories) as found:
        yield found


@contextlib.contextmanager
def served(repositories):
    """The console of an office on a real port."""
    server = console_server(repositories, hosts=(), tls=None)
    listener = listen("console", "127.0.0.1", 0)
    run = partial(server.run, sockets=[listener])
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    yield address_of(listener)
    server.should_exit = True
    server.force_exit = True
    thread.join(10)


def value_of(name, page):
    """What a hidden field of a page carries."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


@pytest.fixture(scope="module")
def chromium():
    """A real browser for the tests of one module.

    Not for the whole run: while it is open the thread has a running event loop, and what other
    modules do with loops of their own would fail.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Browser:
    """A client without a screen: keeps cookies, brings the form's token back."""

    def __init__(self, client):
        self.client = client
        self.csrf = ""

    def sign_in(self, name, password=PASSWORD):
        entry = value_of("entry", self.client.get("/sign-in").text)
        form = {"name": name, "password": password, "entry": entry}
        answer = self.client.post("/sign-in", data=form)
        if answer.status_code == 303:
            shown = self.client.get("/password").text
            self.csrf = value_of("csrf", shown)
        return answer

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, data=None, **more):
        return self.client.post(path, data={"csrf": self.csrf} | (data or {}), **more)


@pytest.fixture
def browser_of(address):
    """Sign somebody in, or give a browser that nobody signed in with."""
    clients = []

    def opened(name=None):
        clients.append(httpx.Client(base_url=address, timeout=60, trust_env=False))
        browser = Browser(clients[-1])
        if name:
            assert browser.sign_in(name).status_code == 303
        return browser

    yield opened
    for client in clients:
        client.close()
