"""The API against its table and its description."""

import json
from pathlib import Path

from console.api.app import create_api
from console.api.calls import CALLS


def test_the_description_is_the_committed_one_and_names_every_call(client_of, repositories):
    told = client_of().get("/api/v1/openapi.json").json()
    assert told == json.loads(Path("docs/openapi.json").read_text("utf-8"))
    described = {(m.upper(), path) for path, calls in told["paths"].items() for m in calls}
    assert described == {(call.method, call.path) for call in CALLS}


def test_every_address_of_the_api_stands_in_its_table():
    found = set()
    for route in create_api(None).routes:
        inner = getattr(route, "original_router", None)
        for one in inner.routes if inner else (route,):
            found |= {(method, one.path) for method in one.methods - {"HEAD"}}
    assert found == {(call.method, call.path) for call in CALLS}
