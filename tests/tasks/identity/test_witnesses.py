"""Readings that the form, the same paper or another paper bear out."""

import math

import pytest

from models.reading.document import DocumentKind
from tasks.identity.witness_weights import CHANCE, Witness, is_contested, probability
from tasks.identity.witnesses import weigh_readings
from tests.tasks.checks.dossiers import (
    BROTHER,
    CHILD,
    FATHER,
    GRANDPA,
    MOTHER,
    STRANGER,
    application,
    birth,
    cover,
    field,
    page,
    person,
    policy_of,
)
from tests.tasks.checks.dossiers import dossier as dossier_of
from tests.tasks.checks.dossiers import reading as read

SURE = 0.95


def heard(*papers, **form):
    dossier = dossier_of(application(FATHER, CHILD, "child", **form), *papers)
    return weigh_readings(dossier.application, papers, policy_of(dossier).reading)


def seen(**changes):
    reading = page(CHILD, "长女", **changes)
    return reading, heard(reading)[0]


@pytest.mark.parametrize(
    ("confidence", "witnesses", "expected"),
    [
        (0.5, (), 0.5),
        (0.5, (Witness.STATED_NUMBER,), 0.999),
        (0.3, (Witness.STATED_NUMBER,), 0.9977),
        (0.5, (Witness.STATED_NAME,), 0.9804),
        (0.3, (Witness.STATED_NAME,), 0.9554),
        (0.3, (Witness.STATED_LOOK_ALIKE,), 0.8108),
        (0.3, (Witness.STATED_LOOK_ALIKE, Witness.BESIDE), 0.9885),
        (0.77, (Witness.STATED_BIRTH,), 0.9941),
        (0.5, (Witness.OTHER_PAPER,), 0.9901),
        (0.9, (Witness.BESIDE,), 0.9945),
        (0.01, (Witness.NUMBER_BORNE_OUT,), 0.9528),
        (0.1, (Witness.NAME_BORNE_OUT,), 0.9569),
        (0.01, (Witness.BIRTH_BORNE_OUT,), 0.9099),
        (0.3, (Witness.COVER,), 0.9554),
        (0.6, (Witness.NO_LOOK_ALIKE,), 0.9677),
    ],
)
def test_each_witness_divides_the_odds_by_its_chance(confidence, witnesses, expected):
    assert probability(confidence, frozenset(witnesses)) == expected
    odds = confidence / (1 - confidence) / math.prod(CHANCE[w] for w in witnesses)
    assert probability(confidence, frozenset(witnesses)) == pytest.approx(
        min(0.999, odds / (1 + odds)), abs=1e-4
    )


def test_certainty_is_never_reached_and_nothing_divides_by_nought():
    assert probability(1.0, frozenset(Witness)) == 0.999
    assert probability(0.0, frozenset()) == 0.0


def test_the_stated_number_and_the_name_beside_it_are_borne_out_and_not_altered():
    reading, judged = seen(name=field(CHILD.name, 0.5), id_number=field(CHILD.number, 0.4))
    assert judged.confidence("id_number") == 0.9985
    assert judged.confidence("name") == 0.995
    assert judged.value("name") == reading.value("name")
    assert reading.confidence("id_number") == 0.4


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(field(CHILD.number, 0.2), id="a guess"),
        pytest.param(field(STRANGER.number, 0.5), id="somebody else's"),
        pytest.param(field(CHILD.number, 0.5, second=STRANGER.number), id="contested"),
        pytest.param(field(CHILD.number[:-1], 0.5), id="a digit short"),
        pytest.param(field(None, 0.2), id="unread"),
    ],
)
def test_a_number_that_differs_is_contested_or_a_guess_gains_nothing(number):
    reading, judged = seen(id_number=number)
    assert judged.confidence("id_number") == reading.confidence("id_number")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(field("沈雨彤", 0.9), id="a look-alike"),
        pytest.param(field(CHILD.name, 0.29), id="a guess"),
        pytest.param(field(CHILD.name, 0.9, second="沈雨彤"), id="contested"),
        pytest.param(field(STRANGER.name, 0.9), id="another's"),
    ],
)
def test_a_name_that_is_not_exactly_the_stated_one_gains_nothing(name):
    assert seen(name=name)[1].confidence("name") == name.confidence


def test_a_name_with_a_look_alike_needs_the_number_beside_it():
    rare = CHILD._replace(name="昝雨桐")
    papers = (page(rare, "长女", name=field("昝雨桐", 0.3), id_number=field(None, 0.2)),)
    weak = papers[0].model_copy(
        update={"fields": papers[0].fields | {"birth_date": field(None, 0.2)}}
    )
    form = application(FATHER, rare, "child")
    dossier = dossier_of(form, weak)
    (judged,) = weigh_readings(dossier.application, (weak,), policy_of(dossier).reading)
    assert judged.confidence("name") < SURE
    numbered = page(rare, "长女", name=field("昝雨桐", 0.3))
    (judged,) = weigh_readings(dossier.application, (numbered,), policy_of(dossier).reading)
    assert judged.confidence("name") >= SURE


@pytest.mark.parametrize("name", ["station", "native_place"])
def test_what_two_pages_of_a_book_say_alike_was_read_right(name):
    places = {
        "native_place": ("浙江省诸暨市", "浙江省绍兴市"),
        "station": ("清波派出所", "文新派出所"),
    }
    own, other = places[name]
    dossier = dossier_of(application(FATHER, CHILD, "child"))

    def with_field(paper, read):
        return paper.model_copy(update={"fields": paper.fields | {name: read}})

    def heard(beside):
        papers = (
            with_field(page(CHILD, "长女"), field(own, 0.7)),
            with_field(page(FATHER, "户主", file="other.jpg"), field(beside, 0.95)),
        )
        judged = weigh_readings(dossier.application, papers, policy_of(dossier).reading)
        return judged[0].confidence(name)

    assert heard(own) >= SURE
    assert heard(other) == 0.7


@pytest.mark.parametrize(
    ("read", "beside", "gains"),
    [
        pytest.param(field(STRANGER.number, 0.68), STRANGER.number, True, id="alike"),
        pytest.param(field(STRANGER.number, 0.68), MOTHER.number, False, id="different"),
        pytest.param(
            field(STRANGER.number, 0.68, second=MOTHER.number),
            STRANGER.number,
            False,
            id="contested",
        ),
        pytest.param(field(STRANGER.number, 0.2), STRANGER.number, False, id="a guess"),
        pytest.param(
            field(f"{STRANGER.number[:16]}99", 0.68),
            f"{STRANGER.number[:16]}99",
            False,
            id="alike and no number",
        ),
    ],
)
def test_a_number_whom_the_form_does_not_name_is_borne_out_by_another_paper(read, beside, gains):
    papers = (
        birth(CHILD, MOTHER, STRANGER, father_id_number=read),
        birth(CHILD, MOTHER, STRANGER, file="other.jpg", father_id_number=field(beside, 0.9)),
    )
    judged = heard(*papers)[0].confidence("father_id_number")
    assert (judged >= SURE) is gains
    assert gains or judged == read.confidence


@pytest.mark.parametrize(
    ("name", "field_read", "contested"),
    [
        ("id_number", field(CHILD.number, second=None), False),
        ("id_number", field(CHILD.number, second=f"83{CHILD.number}"), False),
        ("id_number", field(CHILD.number, second=CHILD.number[1:]), False),
        ("id_number", field(CHILD.number, second=STRANGER.number), True),
        ("id_number", field("230102198809021592", second="239407798809021592"), False),
        ("id_number", field("230102198809021592", second="230107778809021592"), False),
        ("id_number", field("230102198809021592", second="230102199909021592"), True),
        ("id_number", field("230102198809021592", second="230102198819021592"), True),
        ("id_number", field("230102198809021592", second="230102197712031592"), True),
        ("id_number", field("11010519491231002X", second="11010519491231002x"), False),
        ("name", field("沈雨桐", second="沈 雨桐"), False),
        ("name", field("沈雨桐", second="沈雨"), True),
        ("birth_time", field("2019-05-06T03:31", second="2019-05-06T08:31"), False),
        ("birth_time", field("2019-05-06T03:31", second="2019-05-08T03:31"), True),
        ("birth_date", field("2019-05-06", second="2019-05-08"), True),
    ],
)
def test_only_another_whole_value_of_the_second_reader_contests(name, field_read, contested):
    assert is_contested(name, field_read) is contested


def test_a_birth_time_is_borne_out_by_its_day_and_the_name_by_the_day():
    certificate = birth(
        CHILD,
        MOTHER,
        FATHER,
        birth_time=field("2019-05-06T23:59", 0.4),
        newborn_name=field(CHILD.name, 0.4),
    )
    (judged,) = heard(certificate)
    assert judged.confidence("birth_time") >= SURE
    assert judged.confidence("newborn_name") >= SURE
    (other,) = heard(
        certificate.model_copy(
            update={"fields": certificate.fields | {"birth_time": field("2019-05-08T23:59", 0.4)}}
        )
    )
    assert other.confidence("birth_time") == 0.4


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        pytest.param({}, 0.999, id="the own name and number"),
        pytest.param({"name": "郑伟"}, 0.999, id="the own number"),
        pytest.param({"id_number": STRANGER.number}, 0.999, id="the own name"),
        pytest.param({"name": "郑伟", "id_number": STRANGER.number}, 0.9554, id="nobody's own"),
        pytest.param({"name": None, "id_number": None}, 0.9554, id="neither"),
    ],
)
def test_a_birth_date_counts_more_beside_its_own_bearer(beside, expected):
    _, judged = seen(birth_date=field(CHILD.born.isoformat(), 0.3), **beside)
    assert judged.confidence("birth_date") == pytest.approx(expected, abs=2e-3)


def test_the_parent_who_applies_is_borne_out_and_the_other_is_not():
    certificate = birth(
        CHILD,
        MOTHER,
        FATHER,
        mother_id_number=field(MOTHER.number, 0.5),
        father_id_number=field(FATHER.number, 0.5),
    )
    (judged,) = heard(certificate)
    assert judged.confidence("father_id_number") >= SURE
    assert judged.confidence("mother_id_number") == 0.5


def test_a_certificate_number_is_borne_out_by_the_form():
    certificate = birth(CHILD, MOTHER, FATHER, certificate_number=field("T330012345", 0.4))
    member = {"name": CHILD.name, "id_number": CHILD.number}
    (judged,) = heard(certificate, member=member | {"birth_certificate_number": "T330012345"})
    assert judged.confidence("certificate_number") >= SURE
    (judged,) = heard(certificate, member=member | {"birth_certificate_number": "T330012346"})
    assert judged.confidence("certificate_number") == 0.4


def test_numbers_and_days_that_two_pages_show_alike_bear_one_another_out():
    def judged(**fields):
        first = page(FATHER, "户主", household_number=None, registration_date=None)
        second = page(CHILD, "长女", **fields)
        both = first.model_copy(update={"fields": first.fields | second.fields | {}})
        one = both.model_copy(update={"fields": both.fields | {"name": field(FATHER.name)}})
        return heard(one, second)

    for name, value in (("household_number", "330102778"), ("registration_date", "2020-03-01")):
        one, other = judged(**{name: field(value, 0.5)})
        assert one.confidence(name) == other.confidence(name) == 0.9901


def test_the_cover_s_day_of_issue_bears_out_a_page_s_day():
    book = (
        cover(FATHER, issue_date=field("2020-03-01", 0.5)),
        page(CHILD, "长女", registration_date=field("2020-03-01", 0.5)),
    )
    assert [p.fields for p in heard(*book)][1]["registration_date"].confidence == 0.9901


def test_one_file_under_two_names_says_a_thing_once():
    one = page(CHILD, "长女", household_number=field("330102778", 0.5))
    copy = one.model_copy(update={"file": "copy.jpg"})
    assert [p.confidence("household_number") for p in heard(one, copy)] == [0.5, 0.5]


def test_a_short_number_may_stand_alike_on_two_pages_by_chance():
    pages = (
        page(FATHER, "户主", household_number=field("1203", 0.5)),
        page(CHILD, "长女", household_number=field("1203", 0.5)),
    )
    assert [p.confidence("household_number") for p in heard(*pages)] == [0.5, 0.5]


@pytest.mark.parametrize(
    ("word", "householder", "expected"),
    [
        pytest.param("户主", FATHER, 0.9956, id="the cover names the page's person"),
        pytest.param("户主", MOTHER, 0.82, id="the cover names another"),
        pytest.param("次子", FATHER, 0.82, id="no other word is borne out"),
    ],
)
def test_the_cover_bears_out_who_is_the_householder(word, householder, expected):
    own = page(FATHER, word, relation_to_householder=field(word, 0.82))
    read_page, _ = heard(own, cover(householder))
    assert read_page.confidence("relation_to_householder") == expected


def test_a_relation_word_has_no_witness():
    _, judged = seen(relation_to_householder=field("长女", 0.8))
    assert judged.confidence("relation_to_householder") == 0.8


def test_both_spouses_of_a_marriage_certificate_are_heard():
    married = read(
        DocumentKind.MARRIAGE_CERTIFICATE,
        "married.jpg",
        {
            "spouse1_name": field(FATHER.name, 0.5),
            "spouse1_id_number": field(FATHER.number, 0.5),
            "spouse2_id_number": field(STRANGER.number, 0.5),
        },
    )
    (judged,) = heard(married)
    assert judged.confidence("spouse1_name") >= SURE
    assert judged.confidence("spouse1_id_number") >= SURE
    assert judged.confidence("spouse2_id_number") == 0.5


def born(year):
    return person("沈建军", f"{year}-05-05", "男")


@pytest.mark.parametrize(
    ("head", "bearer", "word", "surer"),
    [
        pytest.param(FATHER, GRANDPA, "父", True, id="a man's father"),
        pytest.param(MOTHER, FATHER, "夫", True, id="a woman's husband of her age"),
        pytest.param(MOTHER, born(1979), "夫", True, id="a husband eleven years older"),
        pytest.param(MOTHER, born(1978), "夫", False, id="a husband twelve years older"),
        pytest.param(MOTHER, GRANDPA, "夫", False, id="a woman's husband who may be her father"),
        pytest.param(MOTHER, GRANDPA, "父", False, id="a woman's father who may be her husband"),
        pytest.param(FATHER, BROTHER, "夫", False, id="a man's husband"),
        pytest.param(FATHER, GRANDPA, "祖父", False, id="a word that looks like no other"),
    ],
)
def test_of_two_words_that_look_alike_people_may_leave_one(head, bearer, word, surer):
    papers = (page(head, "户主"), page(bearer, word, relation_to_householder=field(word, 0.6)))
    dossier = dossier_of(application(head, bearer, "parent"), *papers)
    _, judged = weigh_readings(dossier.application, papers, policy_of(dossier).reading)
    assert (judged.confidence("relation_to_householder") >= SURE) is surer


def test_whose_husband_a_page_means_only_the_householder_s_page_tells():
    alone = page(FATHER, "夫", relation_to_householder=field("夫", 0.6))
    dossier = dossier_of(application(MOTHER, FATHER, "spouse"), alone)
    (judged,) = weigh_readings(dossier.application, (alone,), policy_of(dossier).reading)
    assert judged.confidence("relation_to_householder") == 0.6
