import datetime as dt

import pytest

from models.bindings.binding_limits import (
    AlreadyBoundError,
    BindingRefusedError,
    applicant_limit_reached,
    member_limit_reached,
    refuse_over_limit,
    spouse_or_parent_conflict,
)
from models.bindings.counted_bindings import BindingCounts
from models.checks.reason import Reason
from models.intake.application import Relationship
from models.policy.policy import Limits

LIMITS = Limits(
    source="test",
    effective_from=dt.date(2026, 1, 1),
    count_window="in_force",
    max_bound_per_applicant=5,
    max_applicants_per_person=2,
    max_new_per_month=3,
)
NONE = BindingCounts(0, 0, 0, spouse_bound=False, parent_bound=False, already_bound=False)


@pytest.mark.parametrize(
    ("in_force", "this_month", "reached"),
    [(4, 2, False), (5, 0, True), (6, 0, True), (0, 3, True), (0, 4, True)],
)
def test_an_applicant_s_limit_is_reached_at_its_number(in_force, this_month, reached):
    counts = NONE._replace(applicant_bindings=in_force, bound_this_month=this_month)
    assert applicant_limit_reached(counts, LIMITS) is reached


def test_without_a_limit_for_the_month_any_number_of_new_ones_may_be_made():
    limits = LIMITS.model_copy(update={"max_new_per_month": None})
    assert not applicant_limit_reached(NONE._replace(bound_this_month=99), limits)


def test_a_member_s_limit_is_reached_at_its_number():
    assert not member_limit_reached(NONE._replace(member_bindings=1), LIMITS)
    assert member_limit_reached(NONE._replace(member_bindings=2), LIMITS)


@pytest.mark.parametrize(
    ("relationship", "spouse", "parent", "conflict"),
    [
        (Relationship.SPOUSE, True, False, True),
        (Relationship.SPOUSE, False, True, False),
        (Relationship.CHILD, False, True, True),
        (Relationship.PARENT, False, True, True),
        (Relationship.CHILD, True, False, False),
        (Relationship.SIBLING, True, True, False),
        (None, True, True, False),
    ],
)
def test_a_conflict_is_about_the_relationship_that_is_asked_for(
    relationship, spouse, parent, conflict
):
    counts = NONE._replace(spouse_bound=spouse, parent_bound=parent)
    assert spouse_or_parent_conflict(counts, relationship) is conflict


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"applicant_bindings": 5}, Reason.APPLICANT_LIMIT_REACHED),
        ({"bound_this_month": 3}, Reason.APPLICANT_LIMIT_REACHED),
        ({"member_bindings": 2}, Reason.MEMBER_LIMIT_REACHED),
        ({"spouse_bound": True}, Reason.SPOUSE_OR_PARENT_CONFLICT),
        ({"related_otherwise": True}, Reason.SPOUSE_OR_PARENT_CONFLICT),
        ({"already_bound": True, "applicant_bindings": 5}, Reason.ALREADY_BOUND),
    ],
)
def test_a_refusal_says_its_reason_and_the_next_step(changed, code):
    with pytest.raises(BindingRefusedError) as refused:
        refuse_over_limit(NONE._replace(**changed), LIMITS, Relationship.SPOUSE, by_machine=True)
    assert refused.value.code is code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in str(refused.value))


def test_a_person_may_bind_a_second_spouse_and_nobody_a_pair_twice():
    conflict = NONE._replace(spouse_bound=True)
    refuse_over_limit(conflict, LIMITS, Relationship.SPOUSE, by_machine=False)
    refuse_over_limit(NONE, LIMITS, Relationship.SPOUSE, by_machine=True)
    with pytest.raises(AlreadyBoundError):
        refuse_over_limit(
            NONE._replace(already_bound=True), LIMITS, Relationship.SPOUSE, by_machine=False
        )
