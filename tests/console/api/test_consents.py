"""Consents over HTTP: texts, objections, taking back, deletion; each only for its own client."""

import pytest

from tests.console.api.conftest import APPLICATIONS, hand_in
from tests.tasks.notices.conftest import verify

ONE = f"{APPLICATIONS}/A1"


@pytest.fixture
def handed_in(client_of, repositories):
    """A decided application of a client: `handed_in(relationship="other")` is rejected."""

    def made(**changes):
        client = client_of()
        assert hand_in(client, **changes).status_code == 202
        (round_id,) = repositories.submissions.rounds_of("cityapp", "A1")
        return client, verify(repositories, round_id)

    return made


def test_the_text_in_force_comes_in_both_languages(client_of):
    text = client_of().get("/api/v1/texts/notice").json()
    assert (text["kind"], text["version"]) == ("notice", "2026-01")
    assert len(text["zh"]) == len(text["en"]) > 3
    assert len(text["digest"]) == 64


@pytest.mark.parametrize(
    "path", ["/api/v1/texts/notice?version=1999-01", "/api/v1/texts/guardian?version=2019-01"]
)
def test_a_text_that_there_is_not_is_not_found(client_of, path):
    assert client_of().get(path).status_code == 404


def test_an_objection_makes_a_new_round_that_a_person_decides(handed_in, repositories):
    client, case = handed_in(relationship="other")
    assert case.outcome == "rejected"
    answer = client.post(f"{ONE}/objections", json={"text": "名单写错了"})
    assert answer.status_code == 202
    assert answer.json()["round"] == 2
    _, second = repositories.submissions.rounds_of("cityapp", "A1")
    assert verify(repositories, second).outcome == "in_review"
    told = client.get(ONE).json()["outcome"]
    assert (told["outcome"], told["objection_to_round"]) == ("in_review", 1)


def test_there_is_nothing_to_object_to_in_an_approval(handed_in):
    client, case = handed_in()
    assert case.outcome == "approved"
    answer = client.post(f"{ONE}/objections", json={"text": "x"})
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("nothing-to-object-to")


def test_a_consent_is_taken_back_and_the_binding_rests(handed_in):
    client, _ = handed_in()
    answer = client.post(f"{ONE}/withdrawals", json={"kind": "notice"})
    assert answer.json() == {"application_id": "A1", "faces_deleted": 0, "binding": "suspended"}


def test_what_is_bound_is_not_deleted_and_what_is_rejected_is(handed_in, client_of):
    client, case = handed_in(relationship="other")
    assert case.outcome == "rejected"
    answer = client.delete(f"{ONE}?asked_by=member")
    assert answer.status_code == 200
    assert len(answer.json()["proof"]) == 64


def test_a_deletion_that_is_refused_says_why(handed_in):
    client, _ = handed_in()
    answer = client.delete(f"{ONE}?asked_by=applicant")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("bound")
    assert "解除绑定" in answer.json()["errors"][0]["message"]["zh"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", f"{ONE}/withdrawals", {"kind": "face"}),
        ("POST", f"{ONE}/objections", {"text": "x"}),
        ("DELETE", f"{ONE}?asked_by=member", None),
    ],
)
def test_another_client_s_application_is_not_found(handed_in, client_of, method, path, body):
    handed_in(relationship="other")
    answer = client_of("otherapp").request(method, path, json=body)
    assert answer.status_code == 404
