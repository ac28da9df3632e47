"""Who may ask what by a program: a session of the register, of a program, with the right role."""

import httpx

from models.staff.staff_member import SignInMethod
from tests.console.conftest import PASSWORD, Browser


def test_who_may_ask_what(program_of, repositories, address, client_of):
    program_of("lin")
    review_id = repositories.reviews.list()[0].review_id
    with httpx.Client(base_url=address, trust_env=False) as client:
        Browser(client).sign_in("lin", PASSWORD)
        browsers_token = client.cookies["kinbind_session"]
    program = client_of().headers["authorization"]
    rows = [
        (None, "GET", "/reviews", 401),
        (program, "GET", "/reviews", 401),
        (f"Bearer {browsers_token}", "GET", "/reviews", 401),
        ("he", "GET", "/reviews", 200),
        ("he", "GET", f"/reviews/{review_id}", 200),
        ("he", "POST", f"/reviews/{review_id}/claim", 403),
        ("ops", "GET", "/reviews", 403),
        ("chen", "POST", "/reviews/next", 403),
        ("lin", "GET", "/applications/A1", 401),
    ]
    for who, method, path, status in rows:
        if who is None or who.startswith("Bearer"):
            caller = program_of()
            caller.headers["authorization"] = who or ""
        else:
            caller = program_of(who)
        answer = caller.request(method, path, json={} if method == "POST" else None)
        assert answer.status_code == status, (who, path)


def test_a_session_of_a_program_is_one_of_the_register_and_ends(program_of, repositories):
    wrong = program_of().post("/sessions", json={"name": "lin", "password": "not this one"})
    assert wrong.json()["type"] == "urn:kinbind:problem:wrong-password"
    once = repositories.staff.add("zhou", "reviewer")
    due = program_of().post("/sessions", json={"name": "zhou", "password": once})
    assert due.json()["type"] == "urn:kinbind:problem:password-due"
    lin = program_of("lin")
    ways = [one.way for one in repositories.sessions.open_ones()]
    assert ways == [SignInMethod.PROGRAM]
    assert lin.delete("/sessions/current").json() == {"name": "lin"}
    assert lin.get("/reviews").status_code == 401
    long = program_of().post("/sessions", content=b"x" * 1_100_000)
    assert long.status_code == 413
