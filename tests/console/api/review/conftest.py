"""Programs that members of staff sign in with."""

import httpx
import pytest

from tests.console.conftest import PASSWORD, stock

API = "/api/v1"


@pytest.fixture
def program_of(repositories, address):
    """The program of a member of staff, signed in; or without a name of nobody."""
    if repositories.staff.is_empty():
        stock(repositories)
    opened = []

    def made(name=None):
        opened.append(httpx.Client(base_url=f"{address}{API}", timeout=60, trust_env=False))
        if name:
            answer = opened[-1].post("/sessions", json={"name": name, "password": PASSWORD})
            assert answer.status_code == 201
            opened[-1].headers["authorization"] = f"Bearer {answer.json()['token']}"
        return opened[-1]

    yield made
    for client in opened:
        client.close()
