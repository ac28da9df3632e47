"""What a reviewer reads before sending is what the applicant reads afterwards."""

import pytest

from console.web.review.decision_form import DecisionForm, suggested_advice, told_before
from models.checks.finding import CheckVerdict, Subject, finding
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from tasks.reviewing.settle_review import as_given
from tasks.wording.sentences import SentenceLanguage, load_sentences
from tasks.wording.word_findings import word_finding
from tests.tasks.checks.dossiers import FATHER, GRANDMA, application, dossier

PARENT = dossier(application(FATHER, GRANDMA, "parent")).application
"""Of a relative whose number tells the sex, so that the applicant reads 您的母亲."""
REASONS = load_sentences(SentenceLanguage.ZH).reasons


@pytest.mark.parametrize("form", [None, PARENT], ids=["no form", "mother"])
@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REJECTED])
@pytest.mark.parametrize("code", Reason)
def test_the_sentence_before_and_the_step_are_what_is_sent_by_each_outcome(code, outcome, form):
    doubt = finding(code, verdict=CheckVerdict.CANNOT_TELL, subject=Subject.MEMBER)
    given = as_given(code, doubt)
    usual = word_finding(given, outcome, form, kinds={}, decisive={code})
    step = suggested_advice(None, (doubt,), form, code, outcome)
    told = told_before((doubt,), form, {}, code, outcome)
    sent = word_finding(given, outcome, form, kinds={}, decisive={code}, step=step)
    assert (sent.zh, sent.en) == (told.zh + step.zh, f"{told.en} {step.en}".rstrip())
    if given.severity is not Severity.INFO:
        assert sent == usual
    if (
        outcome is Outcome.REJECTED
    ):  # what a return would ask for is asked only of who can try again
        final, again = REASONS[code].final, "您可以重新申请，申请时"
        assert step.zh.startswith(again) is (final is None and REASONS[code].do is not None)
        assert bool(step.zh) is bool(final or REASONS[code].do)


def test_words_for_one_outcome_are_not_sent_with_another():
    written = {
        "codes": ["P01"],
        "more": ["X22"],
        "note": ["照片是别人的"],
        "advice_P01": ["请重拍。"],
        "advice_en_P01": ["Take it again."],
        "final_P01": ["可以换一种方式重新申请。"],
        "final_more": ["请本人到窗口办理。"],
    }
    words = {
        outcome: DecisionForm.of_fields(written | {"outcome": [outcome]}).draft.words
        for outcome in ("approved", "returned", "rejected")
    }
    assert {outcome: (said.advice, said.advice_en) for outcome, said in words.items()} == {
        "approved": ({}, {}),
        "returned": ({"P01": "请重拍。"}, {"P01": "Take it again."}),
        "rejected": ({"P01": "可以换一种方式重新申请。", "X22": "请本人到窗口办理。"}, {}),
    }
