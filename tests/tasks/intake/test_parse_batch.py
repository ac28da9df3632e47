import json

import pytest

from models.intake.arrival import EmployerBatch
from tasks.intake.parse_batch import parse_batch

NAMES = {"A1", "folder-1"}
WHOLE = EmployerBatch(employer_id="E1", batch_id="B1", listed=True)


@pytest.mark.parametrize(
    "listed",
    [
        {"application_ids": ["A0", "A1"]},
        {"applications": ["folder-1"]},
        {"applications": [{"application_id": "A1"}]},
    ],
)
def test_a_list_names_the_application_by_its_id_or_its_folder(listed):
    text = json.dumps({"employer_id": "E1", "batch_id": "B1"} | listed)
    assert parse_batch(text, NAMES) == WHOLE
    assert WHOLE.complete


def test_without_a_list_there_is_none():
    assert parse_batch(None, NAMES) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        "{}",
        '{"employer_id": 5, "batch_id": null, "application_ids": {"A1": 1}}',
    ],
)
def test_a_list_that_cannot_be_understood_names_nobody(text):
    found = parse_batch(text, NAMES)
    assert found == EmployerBatch()
    assert not found.complete


def test_a_list_of_others_is_not_complete():
    text = json.dumps({"employer_id": "E1", "batch_id": "B1", "application_ids": ["A2", 7, None]})
    found = parse_batch(text, NAMES)
    assert found is not None
    assert not found.listed
    assert not found.complete
