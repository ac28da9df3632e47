"""What the papers of one application prove about member and applicant."""

import pytest

from models.intake.application import Relationship
from models.kinship.claim import (
    Ambiguity,
    Claims,
    HukouClaim,
    KinshipAnswer,
    MarriageClaim,
    ParentageClaim,
    StatedClaim,
)
from tasks.kinship.proof.derive import derive_kinship

A, M = "applicant", "member"
PROVEN, CONTRADICTED, OPEN = (
    KinshipAnswer.PROVEN,
    KinshipAnswer.CONTRADICTED,
    KinshipAnswer.NOT_DETERMINED,
)


def page(person, word, book="one", confidence=0.98, **more):
    return HukouClaim(
        document=f"{book}-{person}.jpg",
        person=person,
        book=book,
        word=word,
        confidence=confidence,
        **more,
    )


def birth(child, mother=None, father=None, confidence=0.98):
    return ParentageClaim(
        document=f"birth-{child}.jpg",
        child=child,
        mother=mother,
        father=father,
        confidence=confidence,
    )


def marriage(one, other):
    return MarriageClaim(document="marriage.jpg", spouses=(one, other), confidence=0.98)


def notarial(subject, relative, relationship):
    return StatedClaim(
        document="notarial.jpg",
        subject=subject,
        relative=relative,
        relationship=relationship,
        confidence=0.98,
    )


def ask(claimed, *papers, **how):
    claims = Claims(
        hukou=tuple(p for p in papers if isinstance(p, HukouClaim)),
        parentage=tuple(p for p in papers if isinstance(p, ParentageClaim)),
        marriages=tuple(p for p in papers if isinstance(p, MarriageClaim)),
        stated=tuple(p for p in papers if isinstance(p, StatedClaim)),
    )
    return derive_kinship(claims, Relationship(claimed), min_confidence=0.9, **how)


@pytest.mark.parametrize(
    ("applicant", "member", "claimed"),
    [
        ("户主", "长子", "child"),
        ("户主", "养女", "child"),
        ("长女", "户主", "parent"),
        ("户主", "妻", "spouse"),
        ("户主", "母亲", "parent"),
        ("户主", "弟弟", "sibling"),
        ("外孙女", "户主", "grandparent"),
        ("户主", "孙子", "grandchild"),
        ("妻", "岳母", "parent"),
        ("父", "祖父", "parent"),
    ],
)
def test_one_book_proves_it(applicant, member, claimed):
    verdict = ask(claimed, page(A, applicant), page(M, member))
    assert verdict.answer is PROVEN
    assert verdict.derived == (Relationship(claimed),)
    assert verdict.proof == ("hukou",)
    assert verdict.documents == ("one-applicant.jpg", "one-member.jpg")
    assert verdict.settled_by == ()


@pytest.mark.parametrize(
    ("applicant", "member", "claimed", "ambiguity"),
    [
        ("户主", "继子", "child", Ambiguity.K6),
        ("妻", "长子", "child", Ambiguity.K5),
        ("长子", "儿媳", "spouse", Ambiguity.K1),
        ("长子", "孙子", "child", Ambiguity.K2),
        ("孙子", "孙女", "sibling", Ambiguity.K3),
        ("弟弟", "侄女", "child", Ambiguity.K4),
        ("女儿", "孙子", "child", Ambiguity.K7),
        ("长子", "次子", "sibling", Ambiguity.K5),
    ],
)
def test_a_book_that_leaves_it_open_proves_and_contradicts_nothing(
    applicant, member, claimed, ambiguity
):
    verdict = ask(claimed, page(A, applicant), page(M, member))
    assert verdict.answer is OPEN
    assert Relationship(claimed) in verdict.derived
    assert Relationship.OTHER in verdict.derived
    assert ambiguity in verdict.ambiguities
    assert verdict.settled_by


@pytest.mark.parametrize(
    ("applicant", "member", "claimed"),
    [
        ("户主", "长子", "parent"),
        ("户主", "长子", "sibling"),
        ("户主", "儿媳", "child"),
        ("女婿", "户主", "parent"),
    ],
)
def test_a_book_contradicts_what_it_leaves_no_room_for(applicant, member, claimed):
    verdict = ask(claimed, page(A, applicant), page(M, member))
    assert verdict.answer is CONTRADICTED
    assert Relationship(claimed) not in verdict.derived
    assert verdict.documents


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param((page(A, "户主"), page(M, "其他亲属")), id="other relative"),
        pytest.param((page(A, "户主"), page(M, "非亲属")), id="no relative"),
        pytest.param((page(A, "户主"), page(M, None)), id="unread"),
        pytest.param((page(A, "户主"), page(M, "火星人")), id="unknown word"),
        pytest.param((page(A, "户主"), page(M, "长子", confidence=0.5)), id="unsure"),
        pytest.param((page(A, "户主", collective=True), page(M, "长子")), id="collective"),
        pytest.param((page(A, "户主"), page(M, "长子", sex="女")), id="sex of the word"),
        pytest.param((page(A, "户主", sex="男"), page(M, "公公")), id="sex of the householder"),
        pytest.param((page(A, "户主", sex="女"), page(M, "妻")), id="two wives"),
        pytest.param((page(A, "妻"), page(M, "公公")), id="words that exclude each other"),
        pytest.param((page(A, "户主"), page(M, "户主")), id="two householders"),
        pytest.param((page(A, "户主"), page(M, "长子", book="two")), id="two booklets"),
    ],
)
def test_what_a_book_cannot_tell_goes_to_a_person(pages):
    verdict = ask("child", *pages)
    assert verdict.answer is OPEN
    assert verdict.derived == tuple(Relationship)
    assert verdict.ambiguities


def test_a_second_householder_is_a_change_of_householder():
    verdict = ask("child", page(A, "户主"), page(M, "长子"), page("x", "户主"))
    assert verdict.answer is OPEN
    assert Ambiguity.K10 in verdict.ambiguities


def test_no_papers_decide_nothing():
    verdict = ask("child")
    assert verdict.answer is OPEN
    assert verdict.documents == ()


def test_a_generic_word_is_proof_only_with_the_bearers_sex():
    assert ask("child", page(A, "户主"), page(M, "子女")).answer is OPEN
    assert ask("child", page(A, "户主"), page(M, "子女", sex="女")).answer is PROVEN


def test_a_birth_certificate_settles_the_spouses_child():
    verdict = ask("child", page(A, "妻"), page(M, "长子"), birth(M, mother=A, father="h"))
    assert verdict.answer is PROVEN
    assert verdict.proof == ("birth_certificate",)
    assert verdict.documents == ("birth-member.jpg",)


def test_a_birth_certificate_settles_mother_and_child_in_the_grandparents_book():
    papers = page(A, "儿媳"), page(M, "孙子"), birth(M, mother=A)
    assert ask("child", *papers).answer is PROVEN
    assert ask("grandchild", *papers).answer is CONTRADICTED


def test_two_certificates_with_one_mother_make_siblings_of_two_grandchildren():
    papers = page(A, "孙女"), page(M, "孙子"), birth(A, mother="x"), birth(M, mother="x")
    verdict = ask("sibling", *papers)
    assert verdict.answer is PROVEN
    assert verdict.documents == ("birth-applicant.jpg", "birth-member.jpg")


def test_two_certificates_with_other_parents_prove_no_siblings_and_refuse_none():
    papers = birth(A, "x", "y"), birth(M, "v", "w")
    verdict = ask("sibling", page(A, "孙女"), page(M, "孙子"), *papers)
    assert verdict.answer is OPEN
    assert Ambiguity.K6 in verdict.ambiguities
    assert verdict.settled_by == ("kinship_notarial",)


def test_one_common_parent_is_enough_for_siblings():
    assert ask("sibling", birth(A, "x", "y"), birth(M, "v", "y")).answer is PROVEN


def test_two_certificates_make_a_grandparent():
    papers = birth(A, mother="x"), birth("x", father=M)
    assert ask("grandparent", *papers).answer is PROVEN


def test_a_certificate_and_the_grandparents_book_make_a_grandparent():
    papers = birth(A, father="x"), page("x", "次子"), page(M, "户主")
    verdict = ask("grandparent", *papers)
    assert verdict.answer is PROVEN
    assert verdict.proof == ("birth_certificate", "hukou")
    assert "one-x.jpg" in verdict.documents


def test_two_books_alone_make_no_grandparent():
    papers = page(A, "子", "two"), page("x", "户主", "two"), page("x", "子"), page(M, "户主")
    verdict = ask("grandparent", *papers)
    assert verdict.answer is OPEN
    assert Ambiguity.K11 in verdict.ambiguities


def test_a_childs_page_and_another_childs_certificate_make_no_siblings_yet():
    papers = page("x", "户主"), page(A, "长子"), birth(M, father="x")
    assert ask("sibling", *papers).answer is OPEN


def test_a_marriage_certificate_settles_son_and_daughter_in_law():
    papers = page(A, "长子"), page(M, "儿媳")
    assert ask("spouse", *papers, marriage(M, A)).answer is PROVEN
    assert ask("spouse", *papers, marriage(M, "x")).answer is OPEN
    assert ask("spouse", *papers, marriage(M, "x"), marriage(M, A)).answer is OPEN


def test_parents_of_one_child_need_not_be_married():
    assert ask("spouse", birth("x", mother=A, father=M)).answer is OPEN


def test_a_notarial_certificate_is_proof_in_both_directions():
    assert ask("grandparent", notarial(A, M, Relationship.GRANDPARENT)).answer is PROVEN
    assert ask("grandparent", notarial(M, A, Relationship.GRANDCHILD)).answer is PROVEN
    assert ask("parent", notarial(A, M, Relationship.GRANDPARENT)).answer is CONTRADICTED


def test_a_certificate_that_names_others_proves_nothing_and_refuses_no_adoption():
    verdict = ask("child", birth(M, "x", "y"))
    assert verdict.answer is OPEN
    assert Relationship.CHILD in verdict.derived
    assert "收养" in verdict.path.zh
    assert verdict.settled_by == ("kinship_notarial",)
    assert ask("child", birth(M, "x", None)).answer is OPEN
    assert ask("spouse", birth(M, "x", "y")).answer is OPEN


@pytest.mark.parametrize(
    ("applicant", "member", "claimed"),
    [
        ("母亲", "姐姐", "child"),
        ("长孙女", "独生子", "parent"),
        ("妻子", "二女", "child"),
        ("姐", "妹妹", "sibling"),
    ],
)
def test_an_adoption_after_the_certificate_is_never_excluded(applicant, member, claimed):
    """Whom a book leaves room for may have been adopted since the certificate was issued."""
    pages = page(A, applicant), page(M, member)
    for born in (birth(A, "x", "y"), birth(M, "x", "y"), birth(A, "x", "y")):
        verdict = ask(claimed, *pages, born)
        assert verdict.answer is OPEN
        assert Relationship(claimed) in verdict.derived
    both = ask(claimed, *pages, birth(A, "x", "y"), birth(M, "v", "w"))
    assert both.answer is OPEN


def test_a_child_that_its_uncle_adopted_is_no_more_its_fathers_by_the_certificate():
    """The uncle's book prints 子 for the child; the certificate still names the father by birth."""
    uncles_book = page("uncle", "户主", sex="男"), page(M, "子", sex="男")
    assert ask("child", *uncles_book, birth(M, "mother", A)).answer is OPEN
    assert ask("child", birth(M, "mother", A)).answer is PROVEN
    assert ask("child", *uncles_book, birth(M, A, "father")).answer is OPEN


def test_a_mother_beside_her_new_husband_is_still_her_childs_mother():
    stepfathers_book = page("he", "户主", sex="男"), page(M, "子", sex="男"), page(A, "妻")
    assert ask("child", *stepfathers_book, birth(M, A, "father")).answer is PROVEN


def test_the_householder_of_an_adoptive_father_is_the_one_adopted():
    papers = page(A, "户主", sex="男"), page("x", "养父", sex="男"), birth(A, "y", M)
    assert ask("parent", *papers).answer is OPEN


TAKEN_FOR_GRANTED = {
    Ambiguity.K6: ("按政策视为法律上的父母子女", "counts as one in law by policy"),
    Ambiguity.K8: ("按政策视为夫妻", "count as spouses by policy"),
}


@pytest.mark.parametrize(
    ("applicant", "member", "claimed", "doubt"),
    [
        ("户主", "长女", "child", Ambiguity.K6),
        ("户主", "父亲", "parent", Ambiguity.K6),
        ("父亲", "母亲", "spouse", Ambiguity.K8),
        ("母亲", "继父", "spouse", Ambiguity.K8),
        ("母亲", "姥姥", "parent", Ambiguity.K6),
        ("叔父", "父亲", "sibling", Ambiguity.K6),
    ],
)
def test_what_a_policy_takes_for_granted_stands_in_the_proof(applicant, member, claimed, doubt):
    pages = page(A, applicant, sex=None), page(M, member)
    verdict = ask(claimed, *pages)
    assert verdict.answer is PROVEN
    assert verdict.presumed == (doubt,)
    zh, en = TAKEN_FOR_GRANTED[doubt]
    assert zh in verdict.path.zh
    assert en in verdict.path.en
    strict = ask(claimed, *pages, set_aside=frozenset())
    assert strict.answer is OPEN
    assert doubt in strict.ambiguities


@pytest.mark.parametrize(
    ("applicant", "member", "claimed"),
    [("户主", "养女", "child"), ("户主", "妻", "spouse"), ("户主", "孙子", "grandchild")],
)
def test_what_needs_no_presumption_names_none(applicant, member, claimed):
    for aside in (frozenset(), frozenset({Ambiguity.K6, Ambiguity.K8})):
        verdict = ask(claimed, page(A, applicant), page(M, member), set_aside=aside)
        assert verdict.answer is PROVEN
        assert verdict.presumed == ()


def test_a_certificate_beside_the_book_needs_no_presumption():
    verdict = ask("child", page(A, "户主"), page(M, "长女"), birth(M, A, "y"))
    assert verdict.answer is PROVEN
    assert verdict.presumed == ()


def test_a_certificate_that_contradicts_the_book_is_for_a_person():
    verdict = ask("child", page(A, "户主"), page(M, "长子"), birth(M, "x", "y"))
    assert verdict.answer is OPEN
    assert Relationship.CHILD in verdict.derived
    assert {"birth-member.jpg", "one-member.jpg"} <= set(verdict.documents)


def test_an_adopted_childs_first_certificate_rules_nothing_out():
    papers = page(A, "户主"), page(M, "养子"), birth(M, "x", "y")
    assert ask("child", *papers).answer is PROVEN


def test_the_mother_by_birth_of_an_adopted_child_is_for_a_person():
    papers = page("x", "户主"), page(M, "养子"), birth(M, mother=A)
    assert ask("child", *papers).answer is OPEN


def test_two_certificates_for_one_child_that_disagree_are_for_a_person():
    second = birth(M, "x", "y").model_copy(update={"document": "second.jpg"})
    verdict = ask("child", birth(M, A, "y"), second)
    assert verdict.answer is OPEN
    assert set(verdict.documents) == {"birth-member.jpg", "second.jpg"}


def test_an_unsure_certificate_decides_nothing():
    assert ask("child", birth(M, A, "y", confidence=0.5)).answer is OPEN
    assert ask("child", birth(M, "x", "y", confidence=0.5)).answer is OPEN


def test_the_path_names_roles_and_no_identities():
    verdict = ask("grandparent", birth(A, father="secret"), page("secret", "子"), page(M, "户主"))
    assert "secret" not in verdict.path.zh + verdict.path.en
    assert "申请人" in verdict.path.zh
    assert "the member" in verdict.path.en


@pytest.mark.parametrize(
    ("applicant", "member", "told"),
    [
        ("户主", "女", "户口簿登记申请人为“户主”，被绑定人为“女”（户主的子女），"
         "因此被绑定人是申请人的子女。"),
        ("长子", "孙女", "户口簿登记申请人为“长子”（户主的子女），被绑定人为“孙女”"
         "（户主儿子的子女），因此被绑定人可能是申请人的子女，也可能是不可绑定的其他关系。"),
        ("女婿", "儿媳", "户口簿登记申请人为“女婿”（户主女儿的丈夫），被绑定人为“儿媳”"
         "（户主儿子的妻子），因此被绑定人与申请人是不可绑定的其他关系。"),
    ],
)  # fmt: skip
def test_the_path_is_a_sentence_that_an_official_would_write(applicant, member, told):
    assert ask("child", page(A, applicant), page(M, member)).path.zh.startswith(told)


def test_papers_that_name_one_person_twice_do_no_harm():
    papers = birth(A, A, M), marriage(M, M), notarial(A, A, Relationship.SPOUSE)
    assert ask("child", *papers).answer in KinshipAnswer
