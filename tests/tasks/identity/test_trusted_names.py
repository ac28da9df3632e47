"""A weakly read name counts only where it is the stated one, beside the stated number."""

import pytest

from models.decision.decision import Outcome
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    STRANGER,
    application,
    birth,
    codes,
    cover,
    dossier,
    field,
    judged,
    page,
)

WEAK = 0.83


def with_child_page(**changes):
    book = cover(FATHER), page(FATHER, "户主"), page(CHILD, "长女", **changes)
    return judged(dossier(application(FATHER, CHILD, "child"), *book))


def test_the_stated_name_beside_the_stated_number_counts_from_the_lower_confidence():
    assert with_child_page(name=field(CHILD.name, WEAK)).outcome is Outcome.APPROVED
    assert with_child_page(name=field(" 沈 雨桐", WEAK)).outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param(field(CHILD.name, 0.29), field(CHILD.number), id="weaker still"),
        pytest.param(field("沈雨彤", WEAK), field(CHILD.number), id="one character differs"),
        pytest.param(field(CHILD.name, WEAK, second="沈雨彤"), field(CHILD.number), id="contested"),
        pytest.param(field(CHILD.name, WEAK), field(CHILD.number, 0.2), id="number unsure"),
        pytest.param(field(CHILD.name, WEAK), field(None, 0.2), id="no number"),
    ],
)
def test_nothing_less_makes_a_weak_name_count(name, number):
    decision = with_child_page(name=name, id_number=number)
    assert decision.outcome is Outcome.IN_REVIEW
    assert codes(decision)


def test_the_stated_name_beside_another_number_does_not_count():
    number = field(STRANGER.number, second=STRANGER.number)
    decision = with_child_page(name=field(CHILD.name, WEAK), id_number=number)
    assert decision.outcome is Outcome.RETURNED
    assert "X03" in codes(decision)


def test_a_sure_name_that_differs_still_contradicts():
    assert "X01" in codes(with_child_page(name=field("郑伟", 0.96)))


@pytest.mark.parametrize(("confidence", "outcome"), [(WEAK, Outcome.APPROVED), (0.29, "in_review")])
def test_a_parent_on_a_birth_certificate_is_read_by_the_same_rule(confidence, outcome):
    certificate = birth(CHILD, MOTHER, FATHER, father_name=field(FATHER.name, confidence))
    assert judged(dossier(application(FATHER, CHILD, "child"), certificate)).outcome == outcome


def test_a_page_that_names_a_collective_household_proves_nothing():
    book = page(FATHER, "户主"), page(CHILD, "集体户成员")
    decision = judged(dossier(application(FATHER, CHILD, "child"), *book))
    assert "D16" in codes(decision)
    assert decision.outcome is Outcome.RETURNED
