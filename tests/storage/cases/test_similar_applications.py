"""What other applications are like one. All persons are invented."""

import datetime as dt

import pytest

from models.cases.case_round import MatchKey, MatchKeyKind
from models.cases.similar_application import SharedTrait
from models.intake.application import PersonRole
from tests.storage.cases.test_match_keys import (
    ANNA,
    APPLICANT,
    BEN,
    CARL,
    DORA,
    MEMBER,
    NOW,
    file,
    persons,
)


@pytest.fixture
def remember(repositories):
    """Registers an application with traces; gives its round's identifier."""

    def remembered(application_id, traces, digest="d", days=0):
        at = NOW + dt.timedelta(days=days)
        registered = repositories.cases.register(
            application_id, digest, batch_id="b", received_at=at
        )
        repositories.match_keys.save(registered.round.round_id, traces)
        return registered.round.round_id

    return remembered


def others(repositories, round_id):
    return {case.application_id: case.alike for case in repositories.similar.of(round_id)}


def bands(*values):
    return [MatchKey(kind=MatchKeyKind.IMAGE, role=MEMBER, value=value) for value in values]


def certificate(value):
    return MatchKey(kind=MatchKeyKind.CERTIFICATE, value=value)


def household(value):
    return MatchKey(kind=MatchKeyKind.HOUSEHOLD, value=value)


def test_an_application_alone_is_like_no_other_and_not_like_itself(repositories, remember):
    first = remember("A1", [*persons(ANNA, BEN), file("f")])
    again = remember("A1", [*persons(ANNA, BEN), file("f")], digest="e")
    remember("A2", [*persons(CARL, DORA), file("g")])
    assert others(repositories, first) == others(repositories, again) == {}


@pytest.mark.parametrize(
    ("mine", "theirs", "alike"),
    [
        (persons(ANNA, BEN), persons(ANNA, DORA), {SharedTrait.APPLICANT}),
        (persons(ANNA, BEN), persons(CARL, BEN), {SharedTrait.MEMBER}),
        (persons(ANNA, BEN), persons(BEN, CARL), {SharedTrait.CROSSED}),
        (persons(ANNA, BEN), persons(ANNA, BEN), {SharedTrait.APPLICANT, SharedTrait.MEMBER}),
        ([file("f", MEMBER)], [file("f", APPLICANT)], {SharedTrait.FILE}),
        ([certificate("U330012345")], [certificate("u330012345 ")], {SharedTrait.CERTIFICATE}),
        ([household("330012345")], [household("330012345")], {SharedTrait.HOUSEHOLD}),
        (bands("a1", "b2", "c3"), bands("a1", "b2", "c9"), {SharedTrait.PICTURE}),
    ],
)
def test_each_thing_in_common_is_named(repositories, remember, mine, theirs, alike):
    round_id = remember("A1", mine)
    remember("A2", theirs)
    assert set(others(repositories, round_id)["A2"]) == alike


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (bands("a1", "b2"), bands("a1", "b9")),
        (
            [MatchKey(kind=MatchKeyKind.NAME, role=PersonRole.MEMBER, value="李四")],
            [MatchKey(kind=MatchKeyKind.NAME, role=PersonRole.MEMBER, value="李四")],
        ),
        ([certificate("330012345")], [household("330012345")]),
    ],
    ids=["one band of a print", "a name alone", "numbers of two kinds"],
)
def test_what_is_no_likeness(repositories, remember, mine, theirs):
    round_id = remember("A1", mine)
    remember("A2", theirs)
    assert others(repositories, round_id) == {}


def test_the_weightiest_comes_first_then_the_newest_and_one_line_for_each_application(
    repositories, remember
):
    round_id = remember("A1", [*persons(ANNA, BEN), certificate("C1"), household("H1")])
    remember("OLD", persons(ANNA, CARL), days=1)
    remember("NEW", persons(ANNA, DORA), days=3)
    remember("BOOK", [household("H1")], days=9)
    remember("CERT", [certificate("C1"), household("H1")], days=0)
    remember("NEW", persons(ANNA, DORA), digest="second round", days=4)
    found = repositories.similar.of(round_id)
    assert [case.application_id for case in found] == ["CERT", "NEW", "OLD", "BOOK"]
    assert found[0].alike == (SharedTrait.CERTIFICATE, SharedTrait.HOUSEHOLD)
    assert found[1].round == 2
    assert len(repositories.similar.of(round_id, limit=2)) == 2


def test_the_case_before_people_is_named_where_there_is_one(repositories, remember):
    round_id = remember("A1", persons(ANNA, BEN))
    other = remember("A2", persons(ANNA, BEN))
    review = repositories.reviews.open(other, ["X01"], opened_at=NOW, due_at=NOW)
    assert repositories.similar.of(round_id)[0].review_id == review.review_id


def test_a_number_that_everybody_shares_costs_no_more_than_a_few(
    repositories, remember, monkeypatch
):
    monkeypatch.setattr("storage.cases.similar_applications._READ", 3)
    round_id = remember("A0", persons(ANNA, BEN))
    for number in range(1, 9):
        remember(f"A{number}", persons(ANNA, DORA), days=number)
    assert [c.application_id for c in repositories.similar.of(round_id)] == ["A8", "A7", "A6"]
