"""Birth dates as far apart as such relatives' are, to the day."""

import pytest

from models.checks.reason import Reason
from tests.tasks.checks.dossiers import (
    FATHER,
    MOTHER,
    application,
    birth,
    codes,
    cover,
    dossier,
    judged,
    page,
    person,
)


def codes_of_a_child(father, child):
    form = application(father, child, "child")
    return codes(judged(dossier(form, birth(child, MOTHER, father))))


def codes_of_sisters(one, other):
    form = application(one, other, "sibling")
    papers = (
        *(cover(FATHER), page(FATHER, "户主"), page(one, "长女"), page(other, "次女")),
        *(birth(one, MOTHER, FATHER, "birth-1.jpg"), birth(other, MOTHER, FATHER, "birth-2.jpg")),
    )
    return codes(judged(dossier(form, *papers)))


@pytest.mark.parametrize(
    ("born", "doubted"),
    [
        pytest.param("2019-05-05", True, id="the day before the birthday"),
        pytest.param("2019-05-06", False, id="on the birthday"),
        pytest.param("2019-05-07", False, id="the day after the birthday"),
    ],
)
def test_a_parent_is_sixteen_from_the_sixteenth_birthday_on(born, doubted):
    father = person("沈建国", "2003-05-06", "男")
    child = person("沈雨桐", born, "女")
    assert (Reason.AGE_GAP_IMPLAUSIBLE.value in codes_of_a_child(father, child)) is doubted


@pytest.mark.parametrize(
    ("born", "doubted"),
    [
        pytest.param("2019-05-06", False, id="twins"),
        pytest.param("2019-05-07", False, id="twins over midnight"),
        pytest.param("2019-05-08", True, id="two days"),
        pytest.param("2020-01-30", True, id="269 days"),
        pytest.param("2020-01-31", False, id="270 days"),
    ],
)
def test_children_of_one_mother_are_twins_or_nine_months_apart(born, doubted):
    one = person("沈雨桐", "2019-05-06", "女")
    other = person("沈雨欣", born, "女", serial=12)
    assert (Reason.AGE_GAP_IMPLAUSIBLE.value in codes_of_sisters(one, other)) is doubted
