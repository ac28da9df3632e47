"""What a sentence calls a relation, held against the two whom it names."""

import datetime as dt

import pytest

from models.intake.application import Relationship
from models.kinship.named_relation import NamedPerson, between, relationship_named, wording_fits

FATHER = NamedPerson("男", dt.date(1988, 3, 12))
MOTHER = NamedPerson("女", dt.date(1990, 7, 25))
SON = NamedPerson("男", dt.date(2016, 2, 10))
DAUGHTER = NamedPerson("女", dt.date(2019, 5, 6))


@pytest.mark.parametrize(
    ("words", "one", "other"),
    [
        ("父女关系", FATHER, DAUGHTER),
        ("母子关系", MOTHER, SON),
        ("女儿", FATHER, DAUGHTER),
        ("父亲", DAUGHTER, FATHER),
        ("夫妻关系", FATHER, MOTHER),
        ("兄妹", SON, DAUGHTER),
        ("祖孙关系", FATHER, DAUGHTER),
        ("妻子", FATHER, MOTHER),
        ("妹妹", SON, DAUGHTER),
    ],
)
def test_words_that_can_be_said_of_the_two_fit_them_either_way_round(words, one, other):
    assert wording_fits(words, one, other)
    assert wording_fits(words, other, one)


@pytest.mark.parametrize(
    ("words", "one", "other"),
    [
        ("母子关系", FATHER, DAUGHTER),
        ("父子关系", FATHER, DAUGHTER),
        ("母女关系", FATHER, DAUGHTER),
        ("儿子", FATHER, DAUGHTER),
        ("母亲", DAUGHTER, FATHER),
        ("夫妻关系", FATHER, SON),
        ("姐弟", SON, DAUGHTER),
    ],
)
def test_words_that_cannot_be_said_of_the_two_do_not_fit(words, one, other):
    assert not wording_fits(words, one, other)


def test_what_is_not_known_of_the_two_fits_everything():
    unknown = NamedPerson(None, None)
    assert wording_fits("母子关系", unknown, DAUGHTER)
    assert wording_fits("母子关系", NamedPerson(None, FATHER.born), NamedPerson(None, SON.born))


def test_a_word_of_two_meanings_names_no_relation():
    assert relationship_named("媳妇") is None
    assert relationship_named("外甥女") is None
    assert relationship_named("爹") is Relationship.PARENT


def test_the_birth_dates_say_who_is_the_parent():
    assert between("父女关系", FATHER.born, DAUGHTER.born) is Relationship.CHILD
    assert between("父女关系", DAUGHTER.born, FATHER.born) is Relationship.PARENT
