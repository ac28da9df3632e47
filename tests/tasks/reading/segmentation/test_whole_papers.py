"""Two papers of one kind, or the halves of one: told by the labels that both bear."""

import pytest

from models.reading.document import DocumentKind as K
from tasks.reading.segmentation.whole_papers import LabelWords, WholePaper, are_two

CARD = frozenset({"name", "relation_to_householder", "former_name", "birth_place", "employer"})
BIRTH = frozenset({"newborn_name", "mother_name", "father_name", "gestation"})


def paper(kind, labels):
    return WholePaper(kind, frozenset(labels), 0, complete=True)


@pytest.mark.parametrize(
    ("first", "second", "two"),
    [
        pytest.param(paper(K.HUKOU_MEMBER, CARD), paper(K.HUKOU_MEMBER, CARD), True, id="two"),
        pytest.param(
            paper(K.HUKOU_MEMBER, CARD),
            paper(K.HUKOU_MEMBER, {"name", "employer"}),
            False,
            id="two labels in common are too few",
        ),
        pytest.param(
            paper(K.HUKOU_MEMBER, CARD),
            paper(K.HUKOU_MEMBER, CARD - {"name", "relation_to_householder"}),
            False,
            id="no label in common that a card bears once",
        ),
        pytest.param(
            paper(K.BIRTH_CERTIFICATE, BIRTH),
            paper(K.BIRTH_CERTIFICATE, BIRTH),
            False,
            id="a certificate with its counterfoil",
        ),
        pytest.param(
            paper(K.HUKOU_COVER, {"address"}), paper(K.HUKOU_MEMBER, CARD), True, id="two kinds"
        ),
    ],
)
def test_papers_of_one_kind_share_the_labels_that_one_bears_once(first, second, two):
    assert are_two(first, second) is two


PAGE = (
    "姓名",
    "户主或与户主关系",
    "户主关系",
    "曾用名",
    "籍贯",
    "公民身份号码",
    "文化程度",
    "服务处所",
)
SPOUSE = ("姓名李四", "性别女", "国籍中国", "出生日期1990年1月2日", "身份证件号110101199001020022")


@pytest.mark.parametrize(
    ("texts", "kind", "twice", "complete"),
    [
        pytest.param(PAGE, K.HUKOU_MEMBER, 0, True, id="a label in two rows stands there once"),
        pytest.param((*PAGE, *PAGE), K.HUKOU_MEMBER, 4, True, id="two pages"),
        pytest.param(PAGE[4:], K.HUKOU_MEMBER, 0, False, id="the lower half of a page"),
        pytest.param(
            ("姓名李四", "性别男 民族汉", "出生1990年1月2日", "11010119900102001X"),
            K.ID_CARD_PORTRAIT,
            0,
            True,
            id="a card whose number bears no label",
        ),
        pytest.param(
            ("母亲姓名李四", "有效身份证件类别：居民身份证", "父亲姓名张三"),
            K.BIRTH_CERTIFICATE,
            0,
            False,
            id="the parents of a certificate are no card",
        ),
        pytest.param(
            ("登记日期2021年5月3日", *SPOUSE),
            K.MARRIAGE_CERTIFICATE,
            0,
            False,
            id="one spouse below the foot of a hukou page is no certificate",
        ),
        pytest.param(
            ("持证人张三", "结婚证字号J110105-2019-000016", *SPOUSE, *SPOUSE, "姓名王五", "性别男"),
            K.MARRIAGE_CERTIFICATE,
            2,
            True,
            id="nobody is the third spouse",
        ),
    ],
)
def test_lines_are_the_paper_of_which_most_labels_stand_there(texts, kind, twice, complete):
    paper = LabelWords(dict(enumerate(texts))).paper(range(len(texts)))
    assert paper is not None
    assert (paper.kind, paper.twice, paper.complete) == (kind, twice, complete)


CARD_WITH_ITS_NUMBER_APART = (
    "姓名汪某某",
    "性别男",
    "民族汉",
    "出生2010年8月7日",
    "住址",
    "公民身份号码",
    "370202201008073414",
)


@pytest.mark.parametrize("lines", [CARD_WITH_ITS_NUMBER_APART, CARD_WITH_ITS_NUMBER_APART[::-1]])
def test_a_number_beside_its_label_takes_no_weight_from_it_and_makes_no_second_one(lines):
    card = LabelWords(dict(enumerate(lines))).paper(range(len(lines)))
    assert (card.kind, card.complete, card.twice) == (K.ID_CARD_PORTRAIT, True, 0)


def test_a_second_number_is_a_second_label_though_the_labels_were_missed():
    lines = (*CARD_WITH_ITS_NUMBER_APART, "110101199003071234")
    assert LabelWords(dict(enumerate(lines))).paper(range(len(lines))).twice == 1
