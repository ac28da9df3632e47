"""Properties that hold for any papers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.intake.application import Relationship
from models.kinship.claim import (
    Claims,
    HukouClaim,
    KinshipAnswer,
    MarriageClaim,
    ParentageClaim,
    StatedClaim,
)
from tasks.kinship.proof.derive import derive_kinship
from tasks.kinship.worlds.relate import relate

WORDS = [
    *("户主", "妻", "丈夫", "配偶", "子", "长女", "子女", "养子", "继子", "儿媳", "女婿"),
    *("孙子", "外孙", "孙", "父", "母", "继父", "公公", "岳母", "祖父", "姥姥", "兄", "妹"),
    *("嫂", "姐夫", "侄子", "外甥", "其他亲属", "非亲属", "火星"),
]
PEOPLE = st.sampled_from(["applicant", "member", "x", "y"])
SURE = st.sampled_from([0.2, 0.95, 1.0])
FILES = st.sampled_from([f"{n}.jpg" for n in range(6)])
PAPERS = st.one_of(
    st.builds(
        HukouClaim,
        document=FILES,
        person=PEOPLE,
        book=st.sampled_from(["one", "two"]),
        word=st.one_of(st.none(), st.sampled_from(WORDS), st.text(max_size=4)),
        sex=st.sampled_from([None, "男", "女"]),
        householder_sex=st.sampled_from([None, "男", "女"]),
        collective=st.sampled_from([False, False, False, True]),
        confidence=SURE,
    ),
    st.builds(
        ParentageClaim,
        document=FILES,
        child=PEOPLE,
        mother=st.one_of(st.none(), PEOPLE),
        father=st.one_of(st.none(), PEOPLE),
        confidence=SURE,
    ),
    st.builds(MarriageClaim, document=FILES, spouses=st.tuples(PEOPLE, PEOPLE), confidence=SURE),
    st.builds(
        StatedClaim,
        document=FILES,
        subject=PEOPLE,
        relative=PEOPLE,
        relationship=st.sampled_from(Relationship),
        confidence=SURE,
    ),
)
SHUFFLED = st.lists(PAPERS, max_size=7).flatmap(
    lambda papers: st.tuples(st.just(papers), st.permutations(papers))
)
BINDABLE = st.sampled_from([r for r in Relationship if r is not Relationship.OTHER])


def ask(papers, claimed):
    claims = Claims(
        hukou=tuple(p for p in papers if isinstance(p, HukouClaim)),
        parentage=tuple(p for p in papers if isinstance(p, ParentageClaim)),
        marriages=tuple(p for p in papers if isinstance(p, MarriageClaim)),
        stated=tuple(p for p in papers if isinstance(p, StatedClaim)),
    )
    return derive_kinship(claims, claimed, min_confidence=0.9)


@given(
    st.lists(PAPERS, max_size=7).flatmap(lambda p: st.tuples(st.just(p), st.permutations(p))),
    BINDABLE,
)
@settings(max_examples=300, deadline=None)
def test_the_order_of_the_papers_does_not_matter(papers, claimed):
    given_order, other_order = papers
    assert ask(given_order, claimed) == ask(other_order, claimed)


@given(st.lists(PAPERS, max_size=6), PAPERS, BINDABLE)
@settings(max_examples=600, deadline=None)
def test_one_more_paper_never_turns_proven_into_contradicted(papers, further, claimed):
    before, after = ask(papers, claimed), ask([*papers, further], claimed)
    assert not (
        before.answer is KinshipAnswer.PROVEN and after.answer is KinshipAnswer.CONTRADICTED
    )


@given(st.lists(PAPERS, max_size=7), BINDABLE)
@settings(max_examples=300, deadline=None)
def test_a_verdict_agrees_with_its_own_set(papers, claimed):
    verdict = ask(papers, claimed)
    assert verdict.derived
    if verdict.answer is KinshipAnswer.PROVEN:
        assert verdict.derived == (claimed,)
        assert verdict.proof
        assert verdict.documents
    if verdict.answer is KinshipAnswer.CONTRADICTED:
        assert claimed not in verdict.derived
        assert verdict.documents
    else:
        assert claimed in verdict.derived


@given(st.lists(PAPERS, max_size=7))
@settings(max_examples=200, deadline=None)
def test_at_most_one_relation_is_proven(papers):
    proven = [r for r in Relationship if ask(papers, r).answer is KinshipAnswer.PROVEN]
    assert len(proven) <= 1


@given(st.lists(PAPERS, max_size=7), BINDABLE)
@settings(max_examples=200, deadline=None)
def test_unsure_papers_decide_nothing(papers, claimed):
    unsure = [p.model_copy(update={"confidence": 0.5}) for p in papers]
    assert ask(unsure, claimed).answer is KinshipAnswer.NOT_DETERMINED


@given(st.text(max_size=12), st.text(max_size=12))
@settings(deadline=None)
def test_any_two_texts_are_related_without_an_exception(a, b):
    relation = relate(a, b)
    assert (relation.a, relation.b) == (a, b)
