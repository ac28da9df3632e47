"""A picture is checked over HTTP before it is handed in: what to do, no value, nothing kept."""

import json

import pytest

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import draw_paper
from tasks.intake import check_picture as module
from tasks.reading.process.contained_reader import ContainedReader
from tasks.reading.process.reading_budget import ReadingBudget
from tests.obedient_reading import obedient_program  # noqa: F401  (fixture)

CHECK = "/api/v1/pictures/check"


def check(client, content, **asked):
    return client.post(CHECK, params=asked, files=[("file", ("x.jpg", content, "image/jpeg"))])


@pytest.mark.engine
def test_a_picture_is_read_and_the_papers_still_missing_are_named(client_of, tmp_path):
    client = client_of()
    content = draw_paper(DocumentKind.ID_CARD_PORTRAIT, 3, "scan").data
    kept = sorted(tmp_path.rglob("*"))
    answer = check(
        client,
        content,
        product="family_account",
        relationship="spouse",
        identity_route="face",
        held=["hukou_member", "id_card_emblem"],
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()
    (paper,) = told["papers"]
    assert (paper["kind"], paper["retake"]) == ("id_card_portrait", False)
    assert {one["field"]: one["read"] for one in paper["fields"]} == {
        "name": True,
        "id_number": True,
    }
    assert {one["signal"] for one in paper["quality"] if one["good"]} >= {"sharpness", "direction"}
    # Of two hukou pages one is there; a face still has to be shown.
    assert [one["code"] for one in told["missing"]] == ["D11", "P02"]
    assert "您的配偶" in told["missing"][0]["message"]["zh"]
    reader = module.waiting_reader()
    (read,) = reader.read("x", content)
    text = json.dumps(told, ensure_ascii=False)
    for value in (read.reading.value("name"), read.reading.value("id_number")):
        assert value
        assert value not in text
    assert sorted(tmp_path.rglob("*")) == kept


def test_a_file_that_ends_its_reader_is_refused_and_the_next_one_is_read(
    client_of,
    monkeypatch,
    obedient_program,  # noqa: F811
):
    small = ReadingBudget(memory=300 * 2**20, file_seconds=1, page_seconds=1)
    reader = ContainedReader(small, program=obedient_program)
    monkeypatch.setattr(module, "waiting_reader", lambda: reader)
    client = client_of()
    answer = check(client, b"ABORT")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("picture-not-read")
    assert "重新拍照" in answer.json()["errors"][0]["message"]["zh"]
    (paper,) = check(client, b"whatever").json()["papers"]
    assert [(one["code"], one["sure"]) for one in paper["advice"]] == [("D04", False)]
    reader.close()


def test_without_a_key_or_with_two_files_nothing_is_read(client_of, monkeypatch):
    monkeypatch.setattr(module, "waiting_reader", None)
    client = client_of()
    two = [("file", ("a.jpg", b"a")), ("file", ("b.jpg", b"b"))]
    assert client.post(CHECK, files=two).status_code == 413
    client.headers.pop("authorization")
    assert check(client, b"a").status_code == 401
