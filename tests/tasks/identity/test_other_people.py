"""Whether a later form is about other people than an earlier one."""

import pytest

from models.intake.application import Application
from tasks.identity.other_people import is_about_others
from tests.tasks.checks.dossiers import CHILD, FATHER, MOTHER, STRANGER, application

EARLIER = Application.model_validate(application(FATHER, CHILD, "child"))
RENAMED = CHILD._replace(name="郑小雨")


@pytest.mark.parametrize(
    ("applicant", "member", "others"),
    [
        pytest.param(FATHER, CHILD, False, id="the same two"),
        pytest.param(MOTHER, CHILD, False, id="the other parent"),
        pytest.param(FATHER, STRANGER, False, id="another member"),
        pytest.param(STRANGER, MOTHER, True, id="two others"),
        pytest.param(MOTHER, RENAMED, False, id="another name beside the same number"),
        pytest.param(MOTHER, MOTHER._replace(name="沈雨洞"), False, id="a name with a slip"),
        pytest.param(CHILD, FATHER, False, id="the two the other way round"),
    ],
)
def test_one_of_the_two_has_to_stay(applicant, member, others):
    later = Application.model_validate(application(applicant, member, "child"))
    assert is_about_others(later, EARLIER) is others
