"""Relation words as books print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kinship.kin_class import KinClass
from models.kinship.relation_word import known_words, read_relation_word


@pytest.mark.parametrize(
    ("text", "kin", "sex"),
    [
        ("户主", KinClass.HOUSEHOLDER, None),
        ("本人", KinClass.HOUSEHOLDER, None),
        ("妻", KinClass.SPOUSE, "女"),
        ("丈夫", KinClass.SPOUSE, "男"),
        ("配偶", KinClass.SPOUSE, None),
        ("独生子", KinClass.CHILD, "男"),
        ("大儿子", KinClass.CHILD, "男"),
        ("二子", KinClass.CHILD, "男"),
        ("十一子", KinClass.CHILD, "男"),
        ("五女", KinClass.CHILD, "女"),
        ("六子", KinClass.CHILD, "男"),
        ("次男", KinClass.CHILD, "男"),
        ("幼女", KinClass.CHILD, "女"),
        ("独生子女", KinClass.CHILD, None),
        ("养次子", KinClass.ADOPTED_CHILD, "男"),
        ("曾孙", KinClass.GREAT_GRANDCHILD, None),
        ("二弟媳", KinClass.BROTHER_S_WIFE, "女"),
        ("大嫂", KinClass.BROTHER_S_WIFE, "女"),
        ("小女儿", KinClass.CHILD, "女"),
        ("子女", KinClass.CHILD, None),
        ("养子", KinClass.ADOPTED_CHILD, "男"),
        ("继女", KinClass.STEP_CHILD, "女"),
        ("养子或继子", KinClass.STEP_CHILD, "男"),
        ("媳妇", KinClass.SON_S_WIFE, "女"),
        ("长媳", KinClass.SON_S_WIFE, "女"),
        ("长婿", KinClass.DAUGHTER_S_HUSBAND, "男"),
        ("孙", KinClass.SON_S_CHILD, None),
        ("长孙女", KinClass.SON_S_CHILD, "女"),
        ("次外孙", KinClass.DAUGHTER_S_CHILD, None),
        ("孙女婿", KinClass.GRANDCHILD_S_SPOUSE, "男"),
        ("重孙女", KinClass.GREAT_GRANDCHILD, "女"),
        ("爸爸", KinClass.PARENT, "男"),
        ("养母", KinClass.ADOPTIVE_PARENT, "女"),
        ("继父", KinClass.STEP_PARENT, "男"),
        ("阿爸", KinClass.PARENT, "男"),
        ("家公", KinClass.HUSBAND_S_PARENT, "男"),
        ("丈母娘", KinClass.WIFE_S_PARENT, "女"),
        ("爷爷", KinClass.FATHER_S_PARENT, "男"),
        ("姥姥", KinClass.MOTHER_S_PARENT, "女"),
        ("曾祖母", KinClass.GREAT_GRANDPARENT, "女"),
        ("二哥", KinClass.SIBLING, "男"),
        ("弟妹", KinClass.BROTHER_S_WIFE, "女"),
        ("妹夫", KinClass.SISTER_S_HUSBAND, "男"),
        ("小舅子", KinClass.SPOUSE_S_SIBLING, "男"),
        ("侄儿", KinClass.BROTHER_S_CHILD, "男"),
        ("外甥女", KinClass.SISTER_S_CHILD, "女"),
        ("二叔", KinClass.FATHER_S_SIBLING, "男"),
        ("婶母", KinClass.FATHER_S_SIBLING_S_SPOUSE, "女"),
        ("姨父", KinClass.MOTHER_S_SIBLING_S_SPOUSE, "男"),
        ("堂妹", KinClass.FATHER_S_BROTHER_S_CHILD, "女"),
        ("表哥", KinClass.OTHER_COUSIN, "男"),
        ("其他亲属", KinClass.OTHER_RELATIVE, None),
        ("非亲属", KinClass.NON_RELATIVE, None),
    ],
)
def test_a_printed_word_has_its_meaning(text, kin, sex):
    word = read_relation_word(text)
    assert (word.kin, word.sex) == (kin, sex)


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        (" 长 子 ", "长子"),
        ("長子", "长子"),
        ("孫女", "孙女"),
        ("戶主", "户主"),
        ("嶽父", "岳父"),
        ("户主之子", "子"),
        ("户主的妻子", "妻子"),
        ("系户主之孙", "孙"),
        ("与户主关系：次子", "次子"),
        ("长子。", "长子"),
    ],
)
def test_noise_of_print_and_reading_is_tolerated(noisy, clean):
    assert read_relation_word(noisy)[1:] == read_relation_word(clean)[1:]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "同上",
        "长",
        "长长子",
        "字",
        "大父",
        "三户主",
        "次配偶",
        "小叔",
        "户",
        "之",
        pytest.param("之子", id="whose child was not read"),
        pytest.param("的母亲", id="whose mother was not read"),
        pytest.param("二爷爷", id="the grandfather's brother"),
        pytest.param("三外婆", id="the grandmother's sister"),
        pytest.param("小婆婆", id="a second mother-in-law"),
        "大姨",
        "长于",
        "千",
        "12",
    ],
)
def test_what_is_no_word_stays_unknown(text):
    assert read_relation_word(text).kin is KinClass.UNKNOWN


def test_a_word_without_sex_says_so():
    assert read_relation_word("子女").generic
    assert read_relation_word("孙").generic
    assert not read_relation_word("孙子").generic
    assert not read_relation_word("配偶").generic


def test_step_relations_are_marked():
    assert read_relation_word("继父").step
    assert not read_relation_word("长子").step


def test_every_class_has_a_word():
    kinds = {read_relation_word(word).kin for word in known_words()}
    assert kinds == set(KinClass) - {KinClass.UNKNOWN}


def test_no_word_of_the_list_is_changed_by_cleaning():
    assert all(read_relation_word(word).kin is not KinClass.UNKNOWN for word in known_words())


@given(st.text(max_size=30))
def test_any_text_is_answered(text):
    read_relation_word(text)
