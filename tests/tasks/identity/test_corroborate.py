"""What the form and the papers say of each other's readings."""

import pytest

from models.reading.document import DocumentKind
from tasks.identity.corroborate import CORROBORATED, corroborate
from tests.tasks.checks.dossiers import CHILD, FATHER, STRANGER, application, field, page, policy_of
from tests.tasks.checks.dossiers import dossier as dossier_of


def seen(**changes):
    reading = page(CHILD, "长女", **changes)
    dossier = dossier_of(application(FATHER, CHILD, "child"), reading)
    (judged,) = corroborate(dossier.application, (reading,), policy_of(dossier).reading)
    return reading, judged


def test_the_stated_number_and_the_name_beside_it_are_witnessed_and_not_altered():
    reading, judged = seen(name=field(CHILD.name, 0.5), id_number=field(CHILD.number, 0.4))
    assert judged.confidence("id_number") == CORROBORATED
    assert judged.confidence("name") == CORROBORATED
    assert judged.value("name") == reading.value("name")
    assert reading.confidence("id_number") == 0.4


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(field(CHILD.number, 0.2), id="hardly seen"),
        pytest.param(field(STRANGER.number, 0.5), id="somebody else's"),
        pytest.param(field(CHILD.number, 0.5, second=STRANGER.number), id="contested"),
        pytest.param(field(CHILD.number[:-1], 0.5), id="a digit short"),
    ],
)
def test_nothing_else_gains(number):
    reading, judged = seen(name=field(CHILD.name, 0.5), id_number=number)
    assert judged.confidence("id_number") == reading.confidence("id_number")
    assert judged.confidence("name") == 0.5


def test_a_second_reading_that_holds_the_whole_number_and_more_does_not_contest_it():
    number = field(CHILD.number, 0.5, second=f"83{CHILD.number}")
    assert seen(id_number=number)[1].confidence("id_number") == CORROBORATED


def test_a_second_reading_with_a_digit_missing_does_not_contest_it():
    number = field(CHILD.number, 0.5, second=CHILD.number[:6] + CHILD.number[7:])
    assert seen(id_number=number)[1].confidence("id_number") == CORROBORATED


def test_a_whole_second_reading_contests_it_though_its_check_digit_fails():
    wrong = CHILD.number[:2] + str((int(CHILD.number[2]) + 1) % 10) + CHILD.number[3:]
    number = field(CHILD.number, 0.5, second=wrong)
    assert seen(id_number=number)[1].confidence("id_number") == 0.5


def test_a_household_number_that_two_pages_show_alike_is_witnessed():
    pages = (
        page(FATHER, "户主", household_number=field("330102778", 0.9)),
        page(CHILD, "长女", household_number=field("330102778", 0.5)),
        page(CHILD, "长女", household_number=field("330102779", 0.5)),
    )
    dossier = dossier_of(application(FATHER, CHILD, "child"), *pages)
    judged = corroborate(dossier.application, pages, policy_of(dossier).reading)
    assert [p.confidence("household_number") for p in judged] == [CORROBORATED, CORROBORATED, 0.5]
    assert {p.kind for p in judged} == {DocumentKind.HUKOU_MEMBER}
