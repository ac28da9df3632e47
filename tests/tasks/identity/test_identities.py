"""Who is who over a whole application: nobody is merged by a name, no misread is blamed."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.checks.finding import CheckVerdict
from models.decision.decision import Decision, Dossier, Outcome
from models.kinship.claim import KinshipAnswer
from models.reading.document import DocumentReading, FieldReading
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    HONEST,
    MOTHER,
    adult,
    application,
    birth,
    codes,
    cover,
    dossier,
    field,
    judged,
    page,
    person,
)

ELDER = person("买买提·吐尔逊", "1958-02-02", "男", region="650102")
YOUNGER = person("买买提·吐尔逊", "2006-02-02", "男", region="650102")
TWIN = person("沈玮", "2019-05-06", "女", serial=20)
OTHER_TWIN = person("沈伟", "2019-05-06", "女", serial=22)


def failed(decision: Decision) -> set[str]:
    return {f.code.value for f in decision.findings if f.verdict is CheckVerdict.FAILED} & codes(
        decision
    )


def book_of_namesakes(**changes: Any) -> Dossier:
    pages = page(ELDER, "户主", "elder.jpg"), page(YOUNGER, "孙子", "younger.jpg", **changes)
    return adult(YOUNGER, ELDER, "grandparent", cover(ELDER), *pages)


def test_two_people_of_one_name_in_one_book_are_told_by_their_numbers():
    decision = judged(book_of_namesakes())
    assert decision.outcome is Outcome.APPROVED, codes(decision)


@pytest.mark.parametrize("born", ["2006-02-02", None])
def test_two_people_of_one_name_are_never_merged_where_a_number_was_not_read(born):
    number = field(None, 0.2)
    decision = judged(book_of_namesakes(id_number=number, birth_date=field(born)))
    assert decision.outcome is Outcome.IN_REVIEW
    assert failed(decision) == set()


@pytest.mark.parametrize("claimed", ["sibling", "parent", "spouse"])
def test_one_page_is_not_both_of_two_namesakes(claimed):
    """Grandfather and grandson bear one name; only the grandfather's page is there, twice."""
    pages = page(ELDER, "户主", "1.jpg"), page(ELDER, "户主", "2.jpg", id_number=field(None, 0.1))
    decision = judged(adult(YOUNGER, ELDER, claimed, cover(ELDER), *pages))
    assert decision.outcome is not Outcome.APPROVED
    assert decision.relationship is not None
    assert decision.relationship.answer is not KinshipAnswer.PROVEN


def test_a_twin_s_certificate_with_a_look_alike_name_is_for_a_person():
    paper = birth(OTHER_TWIN, MOTHER, FATHER)
    decision = judged(dossier(application(FATHER, TWIN, "child"), paper))
    assert decision.outcome is Outcome.IN_REVIEW
    assert failed(decision) == set()


def test_a_twin_s_page_that_both_readers_read_is_the_other_twin_s():
    papers = cover(FATHER), page(FATHER, "户主"), page(OTHER_TWIN, "次女")
    decision = judged(dossier(application(FATHER, TWIN, "child"), *papers))
    assert decision.outcome is Outcome.RETURNED
    assert "X03" in failed(decision) or "D11" in failed(decision)


def test_a_twin_s_page_that_one_reader_read_may_be_a_misread():
    """Neighbouring numbers differ in two places, as a double misread does."""
    theirs = page(OTHER_TWIN, "次女", id_number=field(OTHER_TWIN.number))
    decision = judged(
        dossier(application(FATHER, TWIN, "child"), cover(FATHER), page(FATHER, "户主"), theirs)
    )
    assert decision.outcome is Outcome.IN_REVIEW
    assert failed(decision) == set()


def test_numbers_exchanged_on_the_form_are_returned_and_not_approved():
    form = application(FATHER, CHILD, "child")
    form["applicant"]["id_number"], form["member"]["id_number"] = CHILD.number, FATHER.number
    decision = judged(dossier(form, cover(FATHER), page(FATHER, "户主"), page(CHILD, "长女")))
    assert decision.outcome is Outcome.RETURNED
    assert failed(decision) == {"X03"}


def test_applicant_and_member_exchanged_are_told_so():
    papers = cover(FATHER), page(FATHER, "户主"), page(CHILD, "长女")
    decision = judged(dossier(application(CHILD, FATHER, "child"), *papers))
    assert decision.outcome is Outcome.RETURNED
    assert "R02" in failed(decision)


@pytest.mark.parametrize(
    ("printed", "stated"),
    [
        ("阿依古丽买买提", "阿依古丽·买买提"),
        ("沈伟", "沈玮"),
        ("林晓海", "林晓梅"),
        ("沈 玮", "沈玮"),
    ],
)
def test_a_name_that_a_reader_may_have_misread_is_held_against_nobody(printed, stated):
    child = person(stated, "2018-03-08", "女")
    papers = cover(FATHER), page(FATHER, "户主"), page(child, "长女", name=printed)
    decision = judged(dossier(application(FATHER, child, "child"), *papers))
    assert "X01" not in failed(decision)
    assert decision.outcome in {Outcome.IN_REVIEW, Outcome.APPROVED}


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(["户主", "长女", "妻", "2019-05-06", FATHER.number, CHILD.number, "集体户"]),
)
READ = st.builds(
    FieldReading,
    value=ANYTHING,
    confidence=st.floats(0, 1),
    second=ANYTHING,
    long_term=st.booleans(),
)


@st.composite
def disturbed(draw: st.DrawFn) -> Dossier:
    """An honest application in which some fields of some papers read as anything."""
    honest: Dossier = draw(st.sampled_from(HONEST))()
    return honest.model_copy(
        update={"readings": tuple(_disturbed(draw, r) for r in honest.readings)}
    )


def _disturbed(draw: st.DrawFn, reading: DocumentReading) -> DocumentReading:
    names = sorted(reading.fields)
    chosen = draw(st.lists(st.sampled_from(names), max_size=3)) if names else []
    return reading.model_copy(
        update={"fields": reading.fields | {name: draw(READ) for name in chosen}}
    )


@given(disturbed())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_was_read_there_is_an_answer(case):
    decision = judged(case)
    assert decision.outcome in Outcome
    if decision.outcome is Outcome.APPROVED:
        assert decision.relationship is not None
        assert decision.relationship.answer is KinshipAnswer.PROVEN
        assert codes(decision) == set()
    else:
        assert codes(decision) or any(f.code == "P06" for f in decision.findings)
