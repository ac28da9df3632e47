"""The page of a case shows what the machine found, and what a correction changes of it."""

import pytest

from models.checks.reason import Reason
from models.decision.decision import Outcome
from tasks.reviewing.recheck import recheck
from tasks.rounds.round_results import load_decision
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    HONEST,
    MOTHER,
    SISTER,
    adult,
    application,
    birth,
    cover,
    dossier,
    page,
    person,
    spouse,
)
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

SECOND_CHILD = person("沈小满", "2019-11-03", "女")


def again(repositories, case):
    """The machine's decision, and what the same checks say without any correction."""
    return load_decision(repositories, case.round_id), recheck(
        repositories, case.round_id, {}
    ).decision


def codes(decision):
    return sorted(found.code for found in decision.findings)


@pytest.mark.parametrize("made", HONEST)
def test_checks_that_are_asked_again_say_the_same(repositories, made):
    first, second = again(repositories, decide_dossier(repositories, made(), "A1", RECEIVED))
    assert (second.outcome, codes(second)) == (first.outcome, codes(first))


def test_a_second_spouse_is_seen_again(repositories):
    decide_dossier(repositories, spouse(), "A1", RECEIVED)
    book = cover(FATHER), page(FATHER, "户主"), page(SISTER, "妻")
    other = adult(FATHER, SISTER, "spouse", *book)
    first, second = again(repositories, decide_dossier(repositories, other, "A2", RECEIVED))
    assert Reason.SPOUSE_OR_PARENT_CONFLICT in codes(first)
    assert codes(second) == codes(first)


def test_a_certificate_that_served_another_child_is_seen_again(repositories):
    for name, child in (("A1", CHILD), ("A2", SECOND_CHILD)):
        given = dossier(application(FATHER, child, "child"), birth(child, MOTHER, FATHER))
        case = decide_dossier(repositories, given, name, RECEIVED)
    first, second = again(repositories, case)
    assert first.outcome is not Outcome.APPROVED
    assert codes(second) == codes(first) != []
