"""Members of staff at work with a program of their own: each act once for each key."""

from models.audit.event import EventTag
from tests.console.conftest import MISREAD
from tests.tasks.checks.dossiers import CHILD

ON_BOTH_DATABASES = True
KEY = {"Idempotency-Key": "sent-with-this-act"}


def events(repositories, application_id, tag):
    return [e for e in repositories.audit.events(application_id) if e.tag is tag]


def test_a_case_from_the_queue_to_the_decision_each_act_once_however_often_it_is_sent(
    program_of, repositories
):
    lin = program_of("lin")
    waiting = {one["application_id"]: one for one in lin.get("/reviews").json()["reviews"]}
    assert waiting["A-NONFACE"]["codes"] == ["P06"]
    taken = [lin.post("/reviews/next", json={"code": "Q05"}, headers=KEY).json() for _ in "ab"]
    assert taken[0] == taken[1]
    case = f"/reviews/{taken[0]['review']['review_id']}"
    shown = lin.get(case)
    assert "Q05" in {one["code"] for one in shown.json()["findings"]}
    assert MISREAD not in shown.text
    assert events(repositories, "A-MISREAD", EventTag.CASE_VIEWED)

    mended = {"paper": 2, "field": "name", "value": CHILD.name}
    made = [
        lin.post(f"{case}/corrections", json=mended, headers={"Idempotency-Key": "correction-1"})
        for _ in "ab"
    ]
    assert [one.status_code for one in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert len(events(repositories, "A-MISREAD", EventTag.FIELD_CORRECTED)) == 1
    assert lin.get(case).json()["would_be"] == "approved"

    refused = lin.post(f"{case}/opinion", json={"outcome": "rejected"})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["codes"]
    approve = {"outcome": "approved", "note": "与户口簿原件一致"}
    said = [lin.post(f"{case}/opinion", json=approve, headers={"Idempotency-Key": "opinion-1"})]
    said.append(lin.post(f"{case}/opinion", json=approve, headers={"Idempotency-Key": "opinion-1"}))
    assert said[0].json() == said[1].json()
    assert said[0].json()["state"] == "decided"
    assert len(events(repositories, "A-MISREAD", EventTag.OPINION_GIVEN)) == 1

    assert program_of("wang").post(f"{case}/settle").status_code == 409
    assert lin.post(f"{case}/settle").json()["state"] == "settled"
    assert lin.post(f"{case}/undo").status_code == 409
    assert len(repositories.bindings.find("A-MISREAD")) == 1


def test_what_is_refused_says_why_and_who_has_it(program_of, repositories):
    lin, wang = program_of("lin"), program_of("wang")
    review_id = next(r.review_id for r in repositories.reviews.list() if "R03" in r.codes)
    case = f"/reviews/{review_id}"
    assert lin.post(f"{case}/claim", headers=KEY).json()["holder"] == "lin"
    told = wang.post(f"{case}/claim").json()
    assert "lin" in told["title"]
    assert told["type"] == "urn:kinbind:problem:refused"
    assert wang.get(case).json()["type"] == "urn:kinbind:problem:papers-closed"
    # A key belongs to one request, and to one person.
    assert lin.post(f"{case}/release", headers=KEY).json()["type"].endswith("key-reused")
    assert wang.post(f"{case}/release", headers=KEY).status_code == 409
    rows = [
        ({"paper": 2, "field": "birth_date", "value": "2019年13月6日"}, 422),
        ({"paper": 2, "field": "no_such_field", "value": "x"}, 404),
        ({"paper": 2, "field": "name", "value": "a\x00b"}, 422),
        ({"paper": 2, "field": "name", "value": "甲" * 300}, 422),
    ]
    for body, status in rows:
        assert lin.post(f"{case}/corrections", json=body).status_code == status, body
    assert lin.post(f"{case}/escalate").json()["senior"] is True
    assert wang.post(f"{case}/claim").status_code == 409
    assert program_of("su").post(f"{case}/claim").json()["holder"] == "su"
    assert lin.get(f"/reviews/{'0' * 32}").json()["type"].endswith("no-review")
