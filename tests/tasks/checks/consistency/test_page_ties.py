"""Pages without a household number against the policy's bars, through the whole check."""

import pytest

from models.checks.finding import CheckVerdict
from models.decision.decision import Dossier
from models.policy.proof_rules import Agreement, TieBar
from tasks.checks import check_application
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    SHELF,
    application,
    cover,
    dossier,
    field,
    page,
    policy_of,
)

CHECK = "pages_lie_in_one_book"
DAY = "2021-03-01"


def unnumbered(who, word, **changes):
    return page(who, word, household_number=field(None, 0.99), **changes)


def book(*more, father=DAY, child=DAY) -> Dossier:
    pages = (
        unnumbered(FATHER, "户主", registration_date=father),
        unnumbered(CHILD, "长女", registration_date=child),
    )
    return dossier(application(FATHER, CHILD, "child"), *pages, *more)


def answered(d, **evidence):
    policy = policy_of(d)
    rules = policy.evidence.model_copy(update=evidence)
    report = check_application(d, policy.model_copy(update={"evidence": rules}), SHELF.divisions)
    return next(r for r in report.results if r.check == CHECK)


def test_pages_that_are_tied_pass_and_the_answer_names_what_ties_them():
    result = answered(book())
    assert result.verdict is CheckVerdict.PASSED
    assert {e.field for e in result.evidence} == {
        "household_number",
        "name",
        "id_number",
        "registration_date",
    }


def test_pages_that_are_not_tied_enough_are_doubted_and_the_finding_says_what_is_missing():
    result = answered(book(child="2021-04-01"))
    assert result.verdict is CheckVerdict.CANNOT_TELL
    (found,) = result.findings
    for part in (
        "相符：姓氏、年龄差、号码所示的登记地",
        "不同：登记日期",
        "出生医学证明",
        "户口簿首页",
    ):
        assert part in found.message.zh
    for part in (
        "alike: surname, difference of age",
        "different: day of registration",
        "the child's birth certificate",
    ):
        assert part in found.message.en
    assert "沈" not in found.message.zh


def test_a_policy_can_switch_the_path_off():
    result = answered(book(), unnumbered_pages="person")
    assert result.verdict is CheckVerdict.CANNOT_TELL
    assert "相符" not in result.findings[0].message.zh


@pytest.mark.parametrize(
    ("bars", "verdict"),
    [
        pytest.param((), CheckVerdict.CANNOT_TELL, id="no bar fits"),
        pytest.param((TieBar(min_evidence=10.0),), CheckVerdict.PASSED, id="reached"),
        pytest.param((TieBar(min_evidence=12.0),), CheckVerdict.CANNOT_TELL, id="not reached"),
        pytest.param((TieBar(),), CheckVerdict.PASSED, id="nothing against suffices"),
        pytest.param((TieBar(decides="person"),), CheckVerdict.CANNOT_TELL, id="a person"),
        pytest.param(
            (TieBar(products=frozenset({"mutual_aid"})),),
            CheckVerdict.CANNOT_TELL,
            id="another product's",
        ),
        pytest.param((TieBar(age_group="adult"),), CheckVerdict.CANNOT_TELL, id="another age's"),
        pytest.param(
            (TieBar(agreement=Agreement.IN_PERSON),), CheckVerdict.CANNOT_TELL, id="who agreed"
        ),
        pytest.param(
            (TieBar(decides="person"), TieBar()), CheckVerdict.CANNOT_TELL, id="the first that fits"
        ),
    ],
)
def test_the_first_bar_that_fits_counts(bars, verdict):
    assert answered(book(), tie_bars=bars).verdict is verdict


def test_of_two_pictures_of_a_page_the_one_that_is_tied_least_counts():
    older = unnumbered(CHILD, "长女", registration_date="2020-01-02", file="older.jpg")
    assert answered(book()).verdict is CheckVerdict.PASSED
    assert answered(book(older)).verdict is CheckVerdict.CANNOT_TELL


def test_a_cover_that_names_the_householder_lends_its_day():
    d = book(cover(FATHER, issue_date=DAY), father="2024-01-02")
    assert answered(d).verdict is CheckVerdict.PASSED
    other = book(cover(FATHER, issue_date="2020-03-01"), father="2024-01-02")
    assert answered(other).verdict is CheckVerdict.CANNOT_TELL


def test_a_number_that_was_seen_and_not_surely_read_is_no_page_without_a_number():
    seen = page(CHILD, "长女", household_number=field("3301020012", 0.5), registration_date=DAY)
    father = unnumbered(FATHER, "户主", registration_date=DAY)
    d = dossier(application(FATHER, CHILD, "child"), father, seen)
    assert answered(d).verdict is CheckVerdict.CANNOT_TELL
