"""What the further papers prove, rule out or leave open in a whole case."""

import datetime as dt
from typing import Any

import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import Relationship
from models.kinship.claim import KinshipAnswer
from models.kinship.named_relation import between, bond_named, relationship_named
from tasks.checks import check_application
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    GRANDPA,
    MOTHER,
    SHELF,
    STRANGER,
    K,
    application,
    birth,
    checked,
    codes,
    cover,
    dossier,
    field,
    judged,
    page,
    policy_of,
    reading,
)

PROVEN, CONTRADICTED = KinshipAnswer.PROVEN, KinshipAnswer.CONTRADICTED
OPEN = KinshipAnswer.NOT_DETERMINED


def notarial(one, other, word, **changes):
    values = {
        "applicant_name": one.name,
        "applicant_birth_date": one.born.isoformat(),
        "related_name": other.name,
        "related_birth_date": other.born.isoformat(),
        "relation_stated": word,
        "notary_office": "某市公证处",
        "certificate_number": "（2024）某证民字第1号",
        "issue_date": "2024-03-05",
    }
    return reading(K.KINSHIP_NOTARIAL, "notarial.jpg", values | changes)


def married(one, other, **changes):
    values: dict[str, Any] = {"registration_date": "2016-05-20"}
    for slot, who in (("spouse1", one), ("spouse2", other)):
        values |= {
            f"{slot}_name": who.name,
            f"{slot}_sex": who.sex,
            f"{slot}_birth_date": who.born.isoformat(),
            f"{slot}_id_number": field(who.number, second=who.number),
        }
    return reading(K.MARRIAGE_CERTIFICATE, "married.jpg", values | changes)


def answer(claimed, applicant, member, *papers):
    case = dossier(application(applicant, member, claimed), *papers)
    kinship = check_application(case, policy_of(case), SHELF.divisions).kinship
    assert kinship is not None
    return kinship.answer


@pytest.mark.parametrize("word", ["女儿", "父亲", "父女关系"])
def test_a_notarial_certificate_proves_its_relation_whichever_way_it_is_put(word):
    assert answer("child", FATHER, CHILD, notarial(FATHER, CHILD, word)) is PROVEN
    assert answer("child", FATHER, CHILD, notarial(CHILD, FATHER, word)) is PROVEN


def test_a_notarial_certificate_of_another_relation_contradicts():
    assert answer("child", FATHER, CHILD, notarial(FATHER, CHILD, "孙女")) is CONTRADICTED


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"relation_stated": field("女儿", 0.6)}, id="an unsure word"),
        pytest.param({"relation_stated": "某某"}, id="no word of kin"),
        pytest.param({"related_birth_date": field(None, 0.2)}, id="no birth date"),
        pytest.param({"related_birth_date": "2018-05-06"}, id="another birth date"),
        pytest.param({"related_name": STRANGER.name}, id="another name"),
        pytest.param({"applicant_name": field(FATHER.name, 0.2)}, id="a guessed name"),
    ],
)
def test_a_notarial_certificate_that_does_not_settle_who_is_meant_proves_nothing(changes):
    paper = notarial(FATHER, CHILD, "女儿", **changes)
    assert answer("child", FATHER, CHILD, paper) is OPEN


def sealed(paper, **quality):
    seen = paper.quality.model_copy(update={"seal": True} | quality)
    return paper.model_copy(update={"quality": seen})


def test_a_minor_is_bound_by_a_notarial_certificate_alone():
    certificate = sealed(notarial(FATHER, CHILD, "女儿"))
    assert (
        judged(dossier(application(FATHER, CHILD, "child"), certificate)).outcome
        is Outcome.APPROVED
    )


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(sealed(notarial(FATHER, CHILD, "女儿"), seal=False), id="no seal"),
        pytest.param(sealed(notarial(FATHER, CHILD, "女儿"), seal=None), id="perhaps a seal"),
        pytest.param(sealed(notarial(FATHER, CHILD, "女儿"), colour=False), id="a copy"),
        pytest.param(
            sealed(notarial(FATHER, CHILD, "女儿", issue_date="2018-01-01")), id="before the birth"
        ),
        pytest.param(
            sealed(notarial(FATHER, CHILD, "女儿", issue_date="2026-11-21")), id="of tomorrow"
        ),
        pytest.param(
            sealed(notarial(FATHER, CHILD, "女儿", issue_date=field("2024-03-05", 0.6))),
            id="an unsure day",
        ),
        pytest.param(
            sealed(notarial(FATHER, CHILD, "女儿", notary_office=field("某市公证处", 0.6))),
            id="an unsure office",
        ),
    ],
)
def test_a_notarial_certificate_that_is_the_only_proof_must_be_certain_in_itself(certificate):
    form = application(FATHER, CHILD, "child")
    alone = judged(dossier(form, certificate))
    assert alone.outcome is Outcome.IN_REVIEW
    assert codes(alone) == {"R03"}
    beside_another = judged(dossier(form, certificate, birth(CHILD, MOTHER, FATHER)))
    assert beside_another.outcome is Outcome.APPROVED


def test_a_marriage_certificate_proves_spouses_and_rules_out_others():
    assert answer("spouse", FATHER, MOTHER, married(FATHER, MOTHER)) is PROVEN
    assert answer("spouse", FATHER, MOTHER, married(MOTHER, FATHER)) is PROVEN
    assert answer("spouse", FATHER, MOTHER, married(FATHER, STRANGER)) is not PROVEN
    unsure = married(FATHER, MOTHER, spouse2_id_number=field(None, 0.2))
    assert answer("spouse", FATHER, MOTHER, unsure) is OPEN


def test_a_code_that_differs_from_the_print_goes_to_a_person():
    told = finding(Reason.CERTIFICATE_CONTRADICTS_ITSELF, verdict=CheckVerdict.CANNOT_TELL)
    plain = birth(CHILD, MOTHER, FATHER)
    case = dossier(
        application(FATHER, CHILD, "child"), plain.model_copy(update={"findings": (told,)})
    )
    assert "X07" in codes(judged(case))
    assert judged(case).outcome is Outcome.IN_REVIEW
    assert checked(case).results


def changes_page(*findings):
    return reading(K.OTHER, "changes.jpg", {}, findings=findings)


def test_a_noted_change_goes_to_a_person_where_the_book_is_the_proof():
    note = finding(Reason.CHANGE_NOT_VERIFIED, verdict=CheckVerdict.CANNOT_TELL)
    book = cover(FATHER), page(FATHER, "户主"), page(CHILD, "长女")
    form = application(FATHER, CHILD, "child")
    assert "X08" in codes(judged(dossier(form, *book, changes_page(note))))
    blank = judged(dossier(form, *book, changes_page()))
    assert blank.outcome is Outcome.APPROVED
    certificate = dossier(form, birth(CHILD, MOTHER, FATHER), changes_page(note))
    assert judged(certificate).outcome is Outcome.APPROVED


def test_words_and_bonds_name_relations():
    assert relationship_named("外孙女") is Relationship.GRANDCHILD
    assert relationship_named("岳母") is Relationship.OTHER
    assert relationship_named("邻居家") is None
    assert bond_named("母子关系") is Relationship.PARENT
    assert bond_named("同学关系") is None


def test_between_generations_the_birth_dates_say_who_is_the_elder():
    young, old = CHILD.born, GRANDPA.born
    assert between("祖孙关系", young, old) is Relationship.GRANDPARENT
    assert between("祖父", old, young) is Relationship.GRANDCHILD
    assert between("夫妻", None, None) is Relationship.SPOUSE
    assert between("儿子", None, old) is None
    assert between("儿子", dt.date(1990, 1, 1), dt.date(1990, 1, 1)) is None
