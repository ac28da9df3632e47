"""An application is returned, and the applicant sends what was asked."""

import pytest

from models.decision.decision import Outcome
from models.reading.document import Readings
from tasks.rounds.round_results import load_arrival, readings_key
from tasks.verification.read_documents import read_documents
from tasks.verification.read_upload import UploadReading
from tests.tasks.checks.dossiers import CHILD, MOTHER, STRANGER, application, codes
from tests.tasks.conftest import BOOK, blurred_book, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
SHARP = {"child.jpg": 9}


def sharp_page(repositories, case):
    """The new picture is read well; everything else was read before."""
    arrival = load_arrival(repositories, case.round_id)
    digests = {f.file: f.digest for f in arrival.files}
    papers = [
        paper.model_copy(update={"digest": digests[name]}) for name, (_, paper) in BOOK.items()
    ]
    repositories.archive.put_record(readings_key(case.round_id), Readings(papers=tuple(papers)))


def test_an_answer_brings_only_what_was_asked_and_is_approved(repositories, returned, send, verify):
    case = send(SHARP, round=2)
    arrival = load_arrival(repositories, case.round_id)
    assert case.round == 2
    assert {f.file for f in arrival.files} == set(PICTURES)
    assert set(arrival.carried) == {"cover.jpg", "father.jpg"}
    sharp_page(repositories, case)
    assert verify(case).outcome is Outcome.APPROVED
    assert repositories.cases.get(returned.round_id).outcome is Outcome.RETURNED
    said = tags(repositories)
    order = ["review:clock:paused", "intake:return:answered", "review:clock:resumed"]
    assert [tag for tag in said if tag in order] == order
    assert said[-1] == "binding:object:written"
    assert repositories.audit.verify(repositories.archive).intact


def test_the_same_answer_again_is_no_new_round(repositories, returned, send):
    first, again = send(SHARP, round=2), send(SHARP, round=2)
    assert again == first
    assert len(repositories.cases.find("A1")) == 2


def test_pictures_that_did_not_change_are_not_read_again(repositories, returned, send, monkeypatch):
    read: list[str] = []

    def reads_nothing(_uploads, file, _hint):
        read.append(file.file)
        return ()

    monkeypatch.setattr(UploadReading, "read", reads_nothing)
    case = send({"new-name.jpg": PICTURES["father.jpg"], **SHARP}, round=2)
    read_documents(repositories, case.round_id)
    assert read == ["child.jpg"]
    papers = repositories.archive.get_record(readings_key(case.round_id), Readings).papers
    assert {p.file for p in papers} == {"new-name.jpg", "cover.jpg"}
    assert all(p.fields for p in papers)


def test_a_file_that_is_named_again_need_not_lie_in_the_folder(repositories, returned, send):
    case = send(SHARP, round=2, names=["cover.jpg", "child.jpg"])
    arrival = load_arrival(repositories, case.round_id)
    assert arrival.findings == ()
    assert set(arrival.carried) == {"cover.jpg", "father.jpg"}


def test_a_picture_that_was_complained_of_gives_way_to_a_new_one_of_another_name(
    repositories, returned, send
):
    case = send({"page-again.jpg": 9}, round=2)
    assert {f.file for f in load_arrival(repositories, case.round_id).files} == {
        *("page-again.jpg", "cover.jpg", "father.jpg")
    }


def test_a_picture_that_was_complained_of_stays_when_nothing_new_of_its_sort_comes(
    repositories, returned, send
):
    case = send({"renamed.jpg": PICTURES["cover.jpg"]}, round=2)
    assert {f.file for f in load_arrival(repositories, case.round_id).files} == {
        *("renamed.jpg", "father.jpg", "child.jpg")
    }


def test_an_answer_about_two_other_people_brings_none_of_the_earlier_papers_along(
    repositories, returned, send, verify
):
    others = application(STRANGER, MOTHER, "spouse")
    case = send(SHARP, round=2, applicant=others["applicant"], member=others["member"])
    arrival = load_arrival(repositories, case.round_id)
    assert {f.file for f in arrival.files} == {"child.jpg"}
    assert arrival.carried == ()
    found = [f for f in verify(case, [BOOK["child.jpg"][1]]).findings if f.code.value == "B03"]
    assert [f.detail.en for f in found if f.detail] == [
        "the handing-in before under this number was about two other people"
    ]


def test_another_parent_of_the_child_answers_with_the_papers_that_lie_there(
    repositories, returned, send
):
    mother = application(MOTHER, CHILD, "child")["applicant"]
    case = send(SHARP, round=2, applicant=mother)
    assert set(load_arrival(repositories, case.round_id).carried) == {"cover.jpg", "father.jpg"}


def test_a_changed_handing_in_that_does_not_say_its_round_is_told_so(
    repositories, returned, send, verify
):
    case = send(PICTURES | SHARP)
    sharp_page(repositories, case)
    decision = verify(case)
    assert decision.outcome is Outcome.RETURNED
    assert codes(decision) == {"D04"}
    (found,) = [f for f in decision.findings if f.code.value == "D04"]
    assert found.detail is not None
    assert "round in application.json must be 2" in found.detail.en


def test_a_first_handing_in_that_claims_to_be_a_later_one_goes_to_a_person(send, verify):
    case = send(PICTURES, round=2)
    decision = verify(case, [paper for _, paper in BOOK.values()])
    assert (decision.outcome, codes(decision)) == (Outcome.IN_REVIEW, {"D04"})


def test_a_changed_copy_of_an_approved_application_is_a_duplicate(repositories, send, verify):
    papers = [paper for _, paper in BOOK.values()]
    assert verify(send(PICTURES), papers).outcome is Outcome.APPROVED
    copy = verify(send(PICTURES | {"more.jpg": 7}, round=2), papers)
    assert copy.outcome is Outcome.REJECTED
    assert "B03" in codes(copy)
    assert len(repositories.bindings.in_force()) == 1


def test_an_answer_while_a_person_has_the_case_goes_to_the_person_too(send, verify):
    papers = [paper for _, paper in BOOK.values()]
    first = verify(send(PICTURES, round=2), papers)  # claims a round that it is not
    assert first.outcome is Outcome.IN_REVIEW
    second = verify(send(PICTURES | {"more.jpg": 7}, round=2), papers)
    assert (second.outcome, "B03" in codes(second)) == (Outcome.IN_REVIEW, True)


@pytest.mark.parametrize(
    ("after", "outcome"), [("person", Outcome.IN_REVIEW), ("rejected", Outcome.REJECTED)]
)
def test_after_the_last_round_the_policy_says_who_decides(
    returned, send, verify, with_policy, after, outcome
):
    with_policy(("max_rounds: 3", "max_rounds: 2"), ("after_last: person", f"after_last: {after}"))
    decision = verify(send({"child.jpg": 11}, round=2), blurred_book())
    assert decision.outcome is outcome
    assert "Q01" in codes(decision)


def test_before_the_last_round_it_is_returned_again(repositories, returned, send, verify):
    case = send({"child.jpg": 11}, round=2)
    assert verify(case, blurred_book()).outcome is Outcome.RETURNED
    assert repositories.cases.get(case.round_id).answer_by is not None
