"""The page of a case shows what the machine found, and what a correction changes of it."""

import pytest

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import ConsentKind
from models.intake.withdrawal import ConsentWithdrawal
from models.reviews.decision_rules import needs_second_person
from models.reviews.review_work import Correction
from tasks.reviewing.corrections.recheck import recheck
from tasks.reviewing.standing import standing_after
from tasks.rounds.round_results import load_decision
from tasks.rounds.withdrawals import keep_withdrawal
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    HONEST,
    MOTHER,
    SISTER,
    adult,
    application,
    birth,
    child_in_book,
    cover,
    dossier,
    field,
    page,
    person,
    spouse,
)
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

SECOND_CHILD = person("沈小满", "2019-11-03", "女")


def again(repositories, case):
    """The machine's decision, and what the same checks say without any correction."""
    return load_decision(repositories, case.round_id), recheck(repositories, case, {}).decision


def codes(decision):
    return sorted(found.code for found in decision.findings)


@pytest.mark.parametrize("made", HONEST)
def test_checks_that_are_asked_again_say_the_same(repositories, made):
    first, second = again(repositories, decide_dossier(repositories, made(), "A1", RECEIVED))
    assert (second.outcome, codes(second)) == (first.outcome, codes(first))


@pytest.mark.parametrize(("confidence", "needed"), [(0.99, True), (0.5, False)])
def test_one_person_does_not_correct_a_sure_reading_into_a_proof(repositories, confidence, needed):
    given = page(CHILD, "继女", relation_to_householder=field("继女", confidence))
    form = application(FATHER, CHILD, "child")
    papers = cover(FATHER), page(FATHER, "户主"), given
    case = decide_dossier(repositories, dossier(form, *papers), "A1", RECEIVED)
    review = repositories.reviews.find(case.round_id, "application")
    made = Correction(
        round_id=case.round_id,
        paper=2,
        field="relation_to_householder",
        value="长女",
        staff="lin",
        made_at=RECEIVED,
    )
    checked = recheck(repositories, case, {(2, made.field): made})
    assert checked is not None
    standing = standing_after(repositories.claims.get(review.review_id), checked)
    assert standing.proven
    assert needs_second_person(standing, Outcome.APPROVED) is needed


def test_a_second_spouse_is_seen_again(repositories):
    decide_dossier(repositories, spouse(), "A1", RECEIVED)
    book = cover(FATHER), page(FATHER, "户主"), page(SISTER, "妻")
    other = adult(FATHER, SISTER, "spouse", *book)
    first, second = again(repositories, decide_dossier(repositories, other, "A2", RECEIVED))
    assert Reason.SPOUSE_OR_PARENT_CONFLICT in codes(first)
    assert codes(second) == codes(first)


def test_a_certificate_that_served_another_child_is_seen_again(repositories):
    for name, child in (("A1", CHILD), ("A2", SECOND_CHILD)):
        paper = birth(child, MOTHER, FATHER, certificate_number="T330012345")
        given = dossier(application(FATHER, child, "child"), paper)
        case = decide_dossier(repositories, given, name, RECEIVED)
    first, second = again(repositories, case)
    assert first.outcome is not Outcome.APPROVED
    assert codes(second) == codes(first) != []


def test_a_case_opened_again_says_what_came_to_stand_meanwhile_and_what_went(repositories):
    case = decide_dossier(repositories, child_in_book(), "A1", RECEIVED)
    before = recheck(repositories, case, {})
    assert recheck(repositories, case, {}).report is before.report
    made = Correction(
        round_id=case.round_id,
        paper=2,
        field="name",
        value="沈雨童",
        staff="lin",
        made_at=RECEIVED,
    )
    assert codes(recheck(repositories, case, {(2, "name"): made}).decision) != codes(
        before.decision
    )
    assert codes(recheck(repositories, case, {}).decision) == codes(before.decision)
    namesake = SECOND_CHILD._replace(number=CHILD.number)
    decide_dossier(repositories, dossier(application(SISTER, namesake, "child")), "A2", RECEIVED)
    assert Reason.ID_NUMBER_USED_BY_ANOTHER in codes(recheck(repositories, case, {}).decision)
    withdrawn = ConsentWithdrawal(kind=ConsentKind.NOTICE, withdrawn_at=RECEIVED)
    keep_withdrawal(repositories.archive, case.round_id, withdrawn)
    assert Reason.NOTICE_NOT_AGREED in codes(recheck(repositories, case, {}).decision)
