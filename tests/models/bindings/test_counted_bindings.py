"""Which bindings count for a limit. Persons are letters."""

import datetime as dt

import pytest

from models.bindings.counted_bindings import (
    ACTIVE,
    ENDED,
    RESERVED,
    SUSPENDED,
    BindingPair,
    RecordedBinding,
    count_bindings,
    month_of,
    parent_slot,
)
from models.clock import CHINA
from models.intake.application import Relationship

PAIR = BindingPair("a", "m")
ON = dt.datetime(2026, 11, 20, 9, 30, tzinfo=CHINA)


def bound(
    applicant="a", member="x", *, product="family_account", relationship="child", status=ACTIVE,
    slot=None, at=ON, application_id="A1",
):  # fmt: skip
    return RecordedBinding(
        "b", application_id, applicant, member, product, relationship, status, slot, at
    )


def counted(*bindings, **changed):
    asked = {
        "product": "family_account",
        "slot": None,
        "relationship": Relationship.CHILD,
        "on": ON,
    } | changed
    return count_bindings(bindings, PAIR, **asked)


@pytest.mark.parametrize(
    ("moment", "within"),
    [
        pytest.param(dt.datetime(2026, 10, 31, 23, 59, 59, tzinfo=CHINA), 0, id="before"),
        pytest.param(dt.datetime(2026, 11, 1, 0, 0, tzinfo=CHINA), 1, id="first moment"),
        pytest.param(dt.datetime(2026, 11, 30, 23, 59, 59, tzinfo=CHINA), 1, id="last second"),
        pytest.param(dt.datetime(2026, 12, 1, 0, 0, tzinfo=CHINA), 0, id="next month"),
        pytest.param(dt.datetime(2026, 10, 31, 16, 0, tzinfo=dt.UTC), 1, id="by China's clock"),
        pytest.param(dt.datetime(2026, 11, 30, 16, 0, tzinfo=dt.UTC), 0, id="end by China's clock"),
    ],
)
def test_a_month_is_china_s_from_its_first_moment_to_its_last(moment, within):
    assert counted(bound(at=moment)).bound_this_month == within


@pytest.mark.parametrize(
    ("moment", "first", "after"),
    [
        ("2026-01-31T23:59:00+08:00", "2026-01-01", "2026-02-01"),
        ("2026-12-31T23:59:00+08:00", "2026-12-01", "2027-01-01"),
        ("2028-02-29T23:59:00+08:00", "2028-02-01", "2028-03-01"),
    ],
)
def test_a_month_ends_where_the_next_begins(moment, first, after):
    start, end = month_of(dt.datetime.fromisoformat(moment))
    assert (start.isoformat(), end.isoformat()) == (
        f"{first}T00:00:00+08:00",
        f"{after}T00:00:00+08:00",
    )


def test_the_month_counts_ended_bindings_and_the_limit_does_not():
    counts = counted(bound(status=ENDED), bound(status=SUSPENDED), bound(status=RESERVED))
    assert (counts.applicant_bindings, counts.bound_this_month) == (1, 3)
    reserved_too = counted(bound(status=RESERVED), statuses=(ACTIVE, RESERVED))
    assert reserved_too.applicant_bindings == 1


def test_another_product_and_another_applicant_s_own_count_for_neither():
    counts = counted(bound(product="mutual_aid"), bound(applicant="c"))
    assert counts == (0, 0, 0, False, False, False, False)


def test_a_member_s_other_applicants_count_and_the_applicant_s_own_does_not():
    counts = counted(
        bound("b", "m"), bound("c", "m"), bound("a", "m"), bound("d", "m", status=ENDED)
    )
    assert (counts.member_bindings, counts.already_bound) == (2, True)
    assert not counted(bound("a", "x"), bound("c", "m")).already_bound
    assert not counted(bound("a", "m", status=ENDED)).already_bound


def test_an_application_s_own_bindings_do_not_count_for_it():
    assert counted(bound("a", "m"), without_application="A1").applicant_bindings == 0
    assert counted(bound("a", "m"), without_application="A2").applicant_bindings == 1


@pytest.mark.parametrize(
    ("applicant", "member", "other"),
    [
        pytest.param("a", "x", True, id="the applicant's other spouse"),
        pytest.param("x", "a", True, id="in the other role"),
        pytest.param("x", "m", True, id="the member's other spouse"),
        pytest.param("a", "m", False, id="the pair itself"),
        pytest.param("m", "a", False, id="the pair the other way round"),
        pytest.param("x", "y", False, id="other people"),
    ],
)
def test_another_spouse_is_one_with_a_third_person(applicant, member, other):
    assert counted(bound(applicant, member, relationship="spouse")).spouse_bound is other
    assert not counted(bound(applicant, member, relationship="child")).spouse_bound
    assert not counted(bound(applicant, member, relationship="spouse", status=ENDED)).spouse_bound


@pytest.mark.parametrize(
    ("applicant", "member", "said", "asked", "otherwise"),
    [
        pytest.param("a", "m", "child", "child", False, id="as before"),
        pytest.param("a", "m", "child", "sibling", True, id="as other relatives"),
        pytest.param("m", "a", "parent", "child", False, id="the other way round"),
        pytest.param("m", "a", "child", "child", True, id="each the other's child"),
        pytest.param("x", "m", "sibling", "child", False, id="of a third person"),
        pytest.param("a", "m", "child", None, False, id="the form does not say"),
    ],
)
def test_a_pair_is_known_by_one_relation(applicant, member, said, asked, otherwise):
    of_any_product = bound(applicant, member, relationship=said, product="mutual_aid")
    relationship = Relationship(asked) if asked else None
    assert counted(of_any_product, relationship=relationship).related_otherwise is otherwise


def test_a_second_father_is_one_of_the_same_slot_between_others():
    assert counted(bound("x", "m", slot="m:1"), slot="m:1").parent_bound
    assert not counted(bound("a", "m", slot="m:1"), slot="m:1").parent_bound
    assert not counted(bound("x", "m", slot="m:0"), slot="m:1").parent_bound
    assert not counted(bound("x", "m", slot=None), slot=None).parent_bound
    assert not counted(bound("x", "m", slot="m:1", status=ENDED), slot="m:1").parent_bound


@pytest.mark.parametrize(
    ("relationship", "applicant", "member", "slot"),
    [
        (Relationship.CHILD, "11010519491231002X", "330106201001010026", "m:0"),
        (Relationship.CHILD, "110105194912310011", "T330012345", "m:1"),
        (Relationship.PARENT, "330106201001010026", "110105194912310011", "a:1"),
        (Relationship.PARENT, "330106201001010026", "110105491231001", "a:1"),
        (Relationship.PARENT, "330106201001010026", "T330012345", None),
        (Relationship.SPOUSE, "11010519491231002X", "330106201001010026", None),
        (None, "11010519491231002X", "330106201001010026", None),
    ],
)
def test_the_slot_is_the_child_and_the_parent_s_sex(relationship, applicant, member, slot):
    assert parent_slot(relationship, ("a", applicant), ("m", member)) == slot
