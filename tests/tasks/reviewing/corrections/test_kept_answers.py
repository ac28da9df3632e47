"""An answer about a case is given again while nothing that it was made of has changed."""

import pytest

from models.decision.decision import Outcome, Resubmission
from models.faces.face_verdict import FaceVerdict
from models.identity.division import NO_DIVISIONS
from tasks.checks import ask_checks, prepare_checks
from tasks.reviewing.corrections.kept_answers import SECONDS, KeptAnswers
from tests.tasks.checks.dossiers import CHILD, SHELF, SHELF_POLICY, child_in_book, field


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def counted(function, calls):
    def called(*arguments):
        calls.append(function.__name__)
        return function(*arguments)

    called.__qualname__ = function.__qualname__
    return called


def asked_of(answers, calls, dossier, policy=SHELF_POLICY, divisions=NO_DIVISIONS):
    prepare = answers.about("case", counted(prepare_checks, calls))
    return answers.about("case", counted(ask_checks, calls))(prepare(dossier, policy, divisions))


def changed(**update):
    return child_in_book().model_copy(update=update)


def with_field(name, value, confidence=0.99):
    first, *others = child_in_book().readings
    fields = first.fields | {name: field(value, confidence)}
    return changed(readings=(first.model_copy(update={"fields": fields}), *others))


def with_application(**update):
    return changed(application=child_in_book().application.model_copy(update=update))


STRICTER = SHELF_POLICY.reading.confidence.model_copy(update={"number": 0.999})
CHANGES = {
    "a reading": (with_field("householder_name", CHILD.name),),
    "how sure a reading is": (with_field("householder_name", "沈建国", 0.5),),
    "the form": (with_application(relationship="sibling"),),
    "a consent": (with_application(consents=()),),
    "the faces": (changed(face=FaceVerdict(compared=False, reason="no_consent")),),
    "which round it is": (changed(turn=Resubmission(number=2, earlier=Outcome.REJECTED)),),
    "what others applied for": (
        changed(history=child_in_book().history.model_copy(update={"applicant_bindings": 9})),
    ),
    "the policy": (
        child_in_book(),
        SHELF_POLICY.model_copy(
            update={"reading": SHELF_POLICY.reading.model_copy(update={"confidence": STRICTER})}
        ),
    ),
    "the divisions": (child_in_book(), SHELF_POLICY, SHELF.divisions),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_an_answer_is_made_of_makes_a_new_one_when_it_changes(change):
    answers, calls = KeptAnswers(), []
    first = asked_of(answers, calls, child_in_book())
    assert asked_of(answers, calls, child_in_book()) is first
    assert calls == ["prepare_checks", "ask_checks"]
    now = asked_of(answers, calls, *CHANGES[change])
    assert calls.count("ask_checks") == 2
    assert now == asked_of(KeptAnswers(), [], *CHANGES[change])


def test_an_answer_about_one_case_is_none_about_another_and_none_of_another_function():
    answers = KeptAnswers()
    assert answers.about("a", len)("xx") == 2
    assert answers.about("b", len)("xxx") == 3
    assert answers.about("a", str.upper)("xx") == "XX"
    assert answers.about("a", len)("xx") == 2


def test_the_longest_unasked_answer_goes_first_and_none_is_kept_longer_than_a_lease():
    clock = Clock()
    answers, calls = KeptAnswers(most=2, clock=clock), []
    ask = {case: answers.about(case, counted(len, calls)) for case in "abc"}
    for case in "abac":
        ask[case]("x")
    assert len(answers) == 2
    ask["a"]("x")
    assert len(calls) == 3
    clock.now = SECONDS + 1
    ask["a"]("x")
    assert (len(calls), len(answers)) == (4, 1)
