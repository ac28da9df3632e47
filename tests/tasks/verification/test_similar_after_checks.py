"""After the checks a round can be found by what its papers said."""

from models.cases.similar_application import SharedTrait
from tests.tasks.conftest import BOOK

PAPERS = [paper for _, paper in BOOK.values()]


def test_two_applications_with_pages_of_one_book_are_alike_in_its_number(
    repositories, send, verify
):
    first = send({name: seed for name, (seed, _) in BOOK.items()})
    verify(first, PAPERS)
    other = send({name: seed + 50 for name, (seed, _) in BOOK.items()}, application_id="A2")
    verify(other, PAPERS)
    (found,) = repositories.similar.of(other.round_id)
    assert found.application_id == "A1"
    assert set(found.alike) == {SharedTrait.HOUSEHOLD, SharedTrait.APPLICANT, SharedTrait.MEMBER}


def test_an_inbox_that_is_run_again_forgets_nothing_that_the_papers_said(
    repositories, send, verify
):
    pictures = {name: seed for name, (seed, _) in BOOK.items()}
    verify(send(pictures), PAPERS)
    again = send(pictures)
    assert again.outcome is not None
    other = send({name: seed + 50 for name, seed in pictures.items()}, application_id="A2")
    verify(other, PAPERS)
    (found,) = repositories.similar.of(other.round_id)
    assert SharedTrait.HOUSEHOLD in found.alike
