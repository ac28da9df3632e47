"""The step that holds the form's values against unsure fields."""

import pytest

from models.errors import IntegrityError
from models.reading.document import Readings
from models.reading.stated_value import StatedAnswer, StatedComparisons
from tasks.rounds.round_results import load_arrival, readings_key, stated_key
from tasks.verification.compare_stated_values import compare_stated_values
from tasks.verification.cross_check import cross_check
from tasks.verification.read_documents import read_documents
from tests.tasks.checks.dossiers import field
from tests.tasks.conftest import BOOK

EVERYWHERE = ((0.0, 0.0), (60.0, 0.0), (60.0, 30.0), (0.0, 30.0))


@pytest.fixture
def compared(repositories, send):
    """The answers of a round of whose child's page some fields are read otherwise."""

    def compare(**fields):
        round_ = send({name: seed for name, (seed, _) in BOOK.items()})
        digests = {f.file: f.digest for f in load_arrival(repositories, round_.round_id).files}
        papers = tuple(
            paper.model_copy(
                update={
                    "digest": digests[name],
                    "fields": paper.fields | (fields if name == "child.jpg" else {}),
                }
            )
            for name, (_, paper) in BOOK.items()
        )
        repositories.archive.put_record(readings_key(round_.round_id), Readings(papers=papers))
        readings = read_documents(repositories, round_.round_id)
        return (
            round_.round_id,
            readings,
            compare_stated_values(repositories, round_.round_id, readings),
        )

    return compare


def answers(repositories, round_id):
    kept = repositories.archive.get_record(stated_key(round_id), StatedComparisons)
    return {(c.field, c.person): c.answer for c in kept.comparisons}


def test_only_unsure_fields_are_looked_at_and_noise_bears_nothing_out(repositories, compared):
    round_id, readings, digest = compared(name=field("某某", 0.2, quad=EVERYWHERE))
    found = answers(repositories, round_id)
    assert set(found) == {("name", "applicant"), ("name", "member")}
    assert StatedAnswer.BORNE_OUT not in found.values()
    assert compare_stated_values(repositories, round_id, readings) == digest


def test_where_everything_is_sure_nothing_is_asked(repositories, compared):
    round_id, _, _ = compared()
    assert answers(repositories, round_id) == {}


def test_answers_that_were_exchanged_are_not_checked_with(repositories, compared):
    round_id, readings, digest = compared()
    repositories.archive.delete(stated_key(round_id))
    repositories.archive.put_record(stated_key(round_id), StatedComparisons(engine="other"))
    with pytest.raises(IntegrityError):
        cross_check(repositories, round_id, readings, None, digest)
