import pytest

from models.intake.application import Application
from models.policy.review_rules import SampleClass
from models.reading.document import Readings
from tasks.reviewing.samples.sample_classes import sample_classes
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import readings_key
from tests.tasks.checks.dossiers import SHELF_POLICY
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [reading for _, reading in BOOK.values()]


def unnumbered(paper):
    fields = {k: v for k, v in paper.fields.items() if k != "household_number"}
    return paper.model_copy(update={"fields": fields})


def test_an_approval_by_numbered_pages_is_of_its_class_of_proof_only(repositories, send, verify):
    case = send(PICTURES)
    assert verify(case, PAPERS).outcome == "approved"
    assert sample_classes(RoundContext(repositories, case)) == {SampleClass.PROVEN_BY_NUMBER}


def test_a_proof_by_pages_without_a_number_is_a_sort_of_its_own(repositories, send, verify):
    case = send(PICTURES)
    verify(case, PAPERS)
    bare = Readings(papers=tuple(unnumbered(p) for p in PAPERS))
    repositories.archive.delete(readings_key(case.round_id))
    repositories.archive.put_record(readings_key(case.round_id), bare)
    found = sample_classes(RoundContext(repositories, case))
    assert found == {SampleClass.UNNUMBERED_PAGES, SampleClass.PROVEN_BY_NUMBER}


@pytest.mark.parametrize(
    ("classes", "share"),
    [
        ((), 0.02),
        ((SampleClass.UNNUMBERED_PAGES,), 0.5),
        ((SampleClass.UNNUMBERED_PAGES, SampleClass.BIRTH_CERTIFICATE), 0.5),
        ((SampleClass.BIRTH_CERTIFICATE,), 0.02),
        ((SampleClass.REMOTE_AUTHORIZATION,), 0.02),
    ],
)
def test_the_largest_share_of_the_sorts_counts(classes, share):
    shares = {SampleClass.UNNUMBERED_PAGES: 0.5, SampleClass.REMOTE_AUTHORIZATION: 0.01}
    rules = SHELF_POLICY.review.model_copy(update={"sample_shares": shares, "sample_share": 0.02})
    assert rules.share_of(classes) == share
    assert Application.model_fields["identity_route"].is_required() is False
