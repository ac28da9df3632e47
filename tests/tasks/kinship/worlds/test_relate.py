"""The composition tables, written down by hand, are the oracle of the derived composition."""

import pytest

from models.intake.application import Relationship
from models.kinship.claim import Ambiguity
from tasks.kinship.worlds.kin import KinRelation
from tasks.kinship.worlds.relate import UnreadableLine, relate, relate_lines

# What the row's bearer is to the column's bearer: SP spouse, CH child, PA parent, SI sibling,
# GC grandchild, GP grandparent, cil/pil/sil in-laws, sc/sp step, - another relative, · one person.
CLASSES = {
    "户主": ["户主"],
    "配偶": ["配偶", "妻", "丈夫"],
    "子": ["子", "长子", "二儿子"],
    "女": ["女", "次女"],
    "儿媳": ["儿媳", "长媳"],
    "女婿": ["女婿"],
    "孙": ["孙", "孙女", "长孙"],
    "外孙": ["外孙", "外孙女"],
    "父": ["父", "父亲"],
    "母": ["母", "妈妈"],
    "公婆/岳父母": ["公公", "婆婆", "岳父", "丈母娘"],
    "祖父母": ["祖父", "奶奶"],
    "外祖父母": ["姥爷", "外祖母"],
    "兄弟": ["兄", "二弟"],
    "姐妹": ["姐姐", "妹"],
    "嫂弟媳": ["嫂子", "弟媳"],
    "姐夫妹夫": ["姐夫", "妹夫"],
    "侄": ["侄子", "侄女"],
    "外甥": ["甥", "姐之子", "妹之女"],
}
WITHOUT_STEP_FAMILIES = """
· SP PA PA pil pil GP GP CH CH cil GC GC SI SI sil sil - -
SP · PA PA pil pil GP GP cil cil CH - - sil sil - - - -
CH CH SI SI SP/sil sil PA/- - GC GC GC - - - - - - - -
CH CH SI SI sil SP/sil - PA/- GC GC GC - - - - - - - -
cil cil SP/sil sil - - PA/- - - - - - - - - - - - -
cil cil sil SP/sil - - - PA/- - - - - - - - - - - -
GC GC CH/- - CH/- - SI/- - - - - - - - - - - - -
GC GC - CH/- - CH/- - SI/- - - - - - - - - - - -
PA pil GP GP - - - - · SP - CH cil PA PA pil pil GP GP
PA pil GP GP - - - - SP · - cil CH PA PA pil pil GP GP
pil PA GP GP - - - - - - SP - - - - - - - -
GP - - - - - - - PA pil - SP - GP GP - - - -
GP - - - - - - - pil PA - - SP GP GP - - - -
SI sil - - - - - - CH CH - GC GC SI SI SP/sil sil PA/- -
SI sil - - - - - - CH CH - GC GC SI SI sil SP/sil - PA/-
sil - - - - - - - cil cil - - - SP/sil sil - - PA/- -
sil - - - - - - - cil cil - - - sil SP/sil - - - PA/-
- - - - - - - - GC GC - - - CH/- - CH/- - SI/- -
- - - - - - - - GC GC - - - - CH/- - CH/- - SI/-
"""
WITH_STEP_FAMILIES = """
· SP PA/sp PA/sp pil pil GP GP CH/sc CH/sc cil GC GC SI SI sil sil - -
SP · PA/sp PA/sp pil/- pil/- GP/- GP/- cil/- cil/- CH - - sil sil - - - -
CH/sc CH/sc SI/- SI/- SP/sil/- sil/- PA/- - GC/- GC/- GC/- - - - - - - - -
CH/sc CH/sc SI/- SI/- sil/- SP/sil/- - PA/- GC/- GC/- GC/- - - - - - - - -
cil cil/- SP/sil/- sil/- - - PA/-/sp - - - - - - - - - - - -
cil cil/- sil/- SP/sil/- - - - PA/-/sp - - - - - - - - - - -
GC GC/- CH/- - CH/-/sc - SI/- - - - - - - - - - - - -
GC GC/- - CH/- - CH/-/sc - SI/- - - - - - - - - - - -
PA/sp pil/- GP/- GP/- - - - - · SP - CH cil PA/sp PA/sp pil/- pil/- GP/- GP/-
PA/sp pil/- GP/- GP/- - - - - SP · - cil CH PA/sp PA/sp pil/- pil/- GP/- GP/-
pil PA GP/- GP/- - - - - - - SP - - - - - - - -
GP - - - - - - - PA pil - SP - GP/- GP/- - - - -
GP - - - - - - - pil PA - - SP GP/- GP/- - - - -
SI sil - - - - - - CH/sc CH/sc - GC/- GC/- SI/- SI/- SP/sil/- sil/- PA/- -
SI sil - - - - - - CH/sc CH/sc - GC/- GC/- SI/- SI/- sil/- SP/sil/- - PA/-
sil - - - - - - - cil/- cil/- - - - SP/sil/- sil/- - - PA/-/sp -
sil - - - - - - - cil/- cil/- - - - sil/- SP/sil/- - - - PA/-/sp
- - - - - - - - GC/- GC/- - - - CH/- - CH/-/sc - SI/- -
- - - - - - - - GC/- GC/- - - - - CH/- - CH/-/sc - SI/-
"""
MARKS = {
    KinRelation.SPOUSE: "SP",
    KinRelation.CHILD: "CH",
    KinRelation.PARENT: "PA",
    KinRelation.SIBLING: "SI",
    KinRelation.GRANDCHILD: "GC",
    KinRelation.GRANDPARENT: "GP",
    KinRelation.CHILD_IN_LAW: "cil",
    KinRelation.PARENT_IN_LAW: "pil",
    KinRelation.SIBLING_IN_LAW: "sil",
    KinRelation.STEP_CHILD: "sc",
    KinRelation.STEP_PARENT: "sp",
}


def cells(table):
    """`(row, column, marks)` for each of the 361 cells."""
    rows = [line.split() for line in table.strip().splitlines()]
    assert [len(row) for row in rows] == [19] * 19
    for row, line in zip(CLASSES, rows, strict=True):
        for column, cell in zip(CLASSES, line, strict=True):
            yield row, column, set(cell.split("/")) - {"·"}


@pytest.mark.parametrize(
    ("table", "step_families"),
    [
        pytest.param(WITHOUT_STEP_FAMILIES, False, id="no step families"),
        pytest.param(WITH_STEP_FAMILIES, True, id="step families"),
    ],
)
def test_every_cell_of_the_table_is_derived(table, step_families):
    for row, column, expected in cells(table):
        found = set()
        for row_word in CLASSES[row]:
            for column_word in CLASSES[column]:
                relation = relate(column_word, row_word, step_families=step_families)
                found |= {MARKS.get(kin, "-") for kin in relation.detail}
        assert found == expected, f"{row} to {column}"


def test_the_number_of_ambiguous_pairs_grows_with_step_families():
    ambiguous = [
        sum(len(marks) > 1 for _, _, marks in cells(table))
        for table in (WITHOUT_STEP_FAMILIES, WITH_STEP_FAMILIES)
    ]
    assert ambiguous[0] < ambiguous[1]


def test_both_directions_of_a_pair_mirror_each_other():
    words = [word for words in CLASSES.values() for word in words]
    for a in words:
        for b in words:
            there, back = relate(a, b), relate(b, a)
            assert {r.inverse for r in there.relations} == set(back.relations), (a, b)


def test_a_son_and_a_grandson_may_be_father_and_child_or_uncle_and_nephew():
    answer = relate("长子", "孙子").model_dump(mode="json")
    assert answer["a"] == "长子"
    assert answer["b"] == "孙子"
    assert answer["relations"] == ["child", "other"]
    assert answer["ambiguities"] == ["K2"]
    assert answer["certain"] is False


def test_the_path_leads_through_the_householder():
    path = relate("长子", "孙子").path
    assert "户主" in path.zh
    assert "householder" in path.en


def test_both_readings_of_a_step_family_are_shown():
    answer = relate("户主", "长子").model_dump(mode="json")
    assert answer["relations"] == ["child", "other"]
    assert answer["relations_without_step_families"] == ["child"]
    assert answer["proven_by_book"] is True


@pytest.mark.parametrize(
    ("a", "b", "ambiguity"),
    [
        ("子", "儿媳", Ambiguity.K1),
        ("女婿", "外孙", Ambiguity.K2),
        ("孙子", "孙女", Ambiguity.K3),
        ("弟", "弟媳", Ambiguity.K4),
        ("侄子", "侄女", Ambiguity.K4),
        ("妻", "子", Ambiguity.K5),
        ("户主", "继子", Ambiguity.K6),
        ("女儿", "孙子", Ambiguity.K7),
        ("岳父", "岳母", Ambiguity.K8),
        ("户主", "其他亲属", Ambiguity.K9),
        ("户主", "子女", Ambiguity.K9),
    ],
)
def test_each_kind_of_ambiguity_is_named(a, b, ambiguity):
    assert ambiguity in relate(a, b).ambiguities


@pytest.mark.parametrize(
    ("a", "b"),
    [("公公", "岳父"), ("妻", "婆婆"), ("丈夫", "岳母"), ("公公", "公公"), ("父", "父亲")],
)
def test_words_that_exclude_each_other_give_an_empty_set_with_a_reason(a, b):
    relation = relate(a, b)
    assert relation.relations == ()
    assert relation.reason is not None
    assert not relation.certain
    assert not relation.proven_by_book


@pytest.mark.parametrize("word", ["户主", "配偶", "父", "祖父", "长子"])
def test_one_word_twice_may_be_one_person(word):
    assert relate(word, word).same_person


def test_different_sexes_are_never_one_person():
    assert not relate("子", "女").same_person


@pytest.mark.parametrize("word", ["火星人", "", "子子子", "长", "同上", "小叔"])
def test_an_unknown_word_leaves_everything_open(word):
    relation = relate("户主", word)
    assert set(relation.relations) == set(Relationship)
    assert Ambiguity.K9 in relation.ambiguities
    assert relation.reason is not None


@pytest.mark.parametrize(
    ("a", "b", "proven"),
    [
        ("户主", "次子", True),
        ("户主", "养女", True),
        ("户主", "继女", False),
        ("户主", "外孙", True),
        ("户主", "儿媳", False),
        ("户主", "非亲属", False),
        ("父", "祖母", True),
        ("妻", "岳父", True),
        ("妻", "长子", False),
        ("长子", "次子", False),
    ],
)
def test_only_the_householders_pairs_and_certain_ones_are_proven_by_the_book(a, b, proven):
    assert relate(a, b).proven_by_book is proven


def test_lines_answer_in_order_and_a_bad_line_does_not_stop_the_others():
    lines = ["\ufeff长子\t孙子\n", "\n", "长子\n", "a\tb\tc\n", "x" * 99 + "\t子\n", "户主\t妻\r\n"]
    answers = list(relate_lines(lines))
    assert [type(a).__name__ for a in answers] == [
        "Relation",
        "UnreadableLine",
        "UnreadableLine",
        "UnreadableLine",
        "Relation",
    ]
    assert [a.line for a in answers if isinstance(a, UnreadableLine)] == [3, 4, 5]
    assert answers[-1].model_dump(mode="json")["relations"] == ["spouse"]
    assert "error" in answers[1].model_dump(mode="json")


@pytest.mark.parametrize(
    ("word", "relations"),
    [
        ("媳妇", ("spouse", "other")),
        ("外甥", ("grandchild", "other")),
        ("外甥女", ("grandchild", "other")),
        ("家公", ("grandparent", "other")),
        ("家婆", ("grandparent", "other")),
        ("爷", ("parent", "grandparent", "other")),
        ("阿公", ("grandparent", "other")),
        ("阿娘", ("parent", "grandparent", "other")),
    ],
)
def test_a_word_of_two_meanings_leaves_both_open(word, relations):
    relation = relate("户主", word)
    assert relation.relations == relations
    assert not relation.certain
    assert not relation.proven_by_book
    assert Ambiguity.K9 in relation.ambiguities


def test_a_counted_word_has_one_of_the_two_meanings_only():
    assert relate("户主", "二媳妇").relations == ("other",)


@pytest.mark.parametrize(
    ("one", "other"), [("长子", "次子"), ("大女儿", "三女"), ("大哥", "二哥"), ("哥哥", "弟弟")]
)
def test_two_ranks_are_not_one_person(one, other):
    relation = relate(one, other)
    assert not relation.same_person
    assert Relationship.SIBLING in relation.relations


@pytest.mark.parametrize(
    ("one", "other"),
    [("次子", "长媳"), ("长女", "二女婿"), ("大哥", "二嫂"), ("哥哥", "弟媳"), ("妹妹", "姐夫")],
)
def test_a_couple_bears_one_rank(one, other):
    assert relate(one, other).relations == ("other",)
    assert relate(other, one).relations == ("other",)


@pytest.mark.parametrize(("one", "other"), [("长子", "长媳"), ("次子", "儿媳"), ("弟弟", "弟媳")])
def test_where_the_ranks_agree_or_are_not_told_a_couple_stays_possible(one, other):
    assert relate(one, other).relations == ("spouse", "other")


@pytest.mark.parametrize(
    ("word", "relations"),
    [
        ("妻之女", ("child", "other")),
        ("夫之子", ("child", "other")),
        ("妻父", ("other",)),
        ("夫母", ("other",)),
        ("同父异母弟", ("sibling",)),
        ("同母异父姐姐", ("sibling",)),
        ("玄孙", ("other",)),
        ("侄孙", ("other",)),
        ("爹", ("parent", "other")),
        ("娘", ("parent", "other")),
        ("子之子", ("grandchild",)),
        ("父之母", ("grandparent",)),
    ],
)
def test_plain_words_have_their_plain_meaning(word, relations):
    assert relate("户主", word).relations == relations
