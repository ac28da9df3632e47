"""Ties in words: what holds, what differs, what was not seen, what would settle it."""

import pytest

from models.intake.application import Relationship
from tasks.identity.ties.tie import Tie, TieKind, TieState, WeighedTies
from tasks.identity.ties.wording import describe_ties

CHILD, SPOUSE = Relationship.CHILD, Relationship.SPOUSE


def ties(**states):
    return WeighedTies(
        tuple(Tie(kind, TieState(states.get(kind.value, "unseen"))) for kind in TieKind)
    )


def test_all_three_states_and_the_paper_that_settles_it():
    some = ties(surname="holds", number_place="differs", native_place="neutral")
    told = describe_ties(some, relationship=CHILD, with_cover=True)
    assert told.zh == (
        "相符：姓氏；不同：号码所示的登记地；未能看清：登记日期；"
        "可以说明的材料：孩子的出生医学证明，或登记日期清楚的页面照片"
    )
    assert told.en == (
        "alike: surname; different: place in the ID number; not seen: day of registration; "
        "what would settle it: the child's birth certificate "
        "or pictures in which the day of registration can be read"
    )


@pytest.mark.parametrize(
    ("with_cover", "expected"), [(True, "结婚证"), (False, "结婚证，或户口簿首页")]
)
def test_a_cover_that_is_there_is_not_asked_for(with_cover, expected):
    some = ties(surname="neutral", number_place="holds", registration_day="differs")
    told = describe_ties(some, relationship=SPOUSE, with_cover=with_cover)
    assert told.zh.endswith(f"可以说明的材料：{expected}")


def test_what_no_page_has_to_show_is_never_called_missing():
    told = describe_ties(ties(), relationship=CHILD, with_cover=True)
    assert "未能看清：姓氏、号码所示的登记地、登记日期；" in told.zh
    assert "照片中" not in told.zh
    assert "派出所" not in told.zh


@pytest.mark.parametrize("kind", list(TieKind))
def test_every_tie_has_words_in_both_languages(kind):
    told = describe_ties(ties(**{kind.value: "holds"}), relationship=CHILD, with_cover=True)
    assert told.zh.startswith("相符：")
    assert told.en.startswith("alike: ")


@pytest.mark.parametrize(
    ("relationship", "adopted", "expected"),
    [
        (Relationship.PARENT, False, "申请人的出生医学证明"),
        (Relationship.SIBLING, False, "双方的出生医学证明"),
        (Relationship.GRANDCHILD, False, "亲属关系公证书，或孙辈与其父亲或母亲两人的出生医学证明"),
        (CHILD, True, "亲属关系公证书"),
        (None, False, "亲属关系公证书"),
    ],
)
def test_what_would_settle_it_proves_that_very_relation(relationship, adopted, expected):
    seen = ties(registration_day="differs")
    told = describe_ties(seen, relationship=relationship, adopted=adopted, with_cover=True)
    assert told.zh.endswith(f"可以说明的材料：{expected}")
