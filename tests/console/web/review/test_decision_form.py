"""What a reviewer reads before sending is what the applicant reads afterwards."""

import pytest

from console.web.review.decision_form import told_before
from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from tasks.reviewing.settle_review import as_given
from tasks.wording.word_findings import advice_for, word_finding


@pytest.mark.parametrize("code", ["R03", "X01", "Q05", "D11"])
def test_a_doubt_is_previewed_as_the_return_that_a_person_makes_of_it(code):
    reason = Reason(code)
    doubt = finding(reason, verdict=CheckVerdict.CANNOT_TELL)
    sent = word_finding(
        as_given(reason, doubt), Outcome.RETURNED, None, kinds={}, decisive={reason}
    )
    usual = advice_for(reason, None, None)
    assert usual is not None
    told = told_before((doubt,), None, {}, code)
    assert sent.zh == told.zh + usual.zh
    assert sent.en == f"{told.en} {usual.en}"
