"""Two papers of one kind, or the halves of one: told by the labels that both bear."""

import pytest

from models.reading.document import DocumentKind as K
from tasks.reading.segmentation.whole_papers import WholePaper, are_two

CARD = frozenset({"name", "relation_to_householder", "former_name", "birth_place", "employer"})
BIRTH = frozenset({"newborn_name", "mother_name", "father_name", "gestation"})


def paper(kind, labels):
    return WholePaper(kind, 0.9, frozenset(labels), 0)


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
