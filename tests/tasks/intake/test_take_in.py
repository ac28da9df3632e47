"""What becomes of a folder that arrives."""

import pytest

from models.decision.decision import Outcome
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}


@pytest.mark.parametrize("day", ["2021-04-21T23:59:00+08:00", "2003-02-01T09:00:00+08:00"])
def test_a_form_of_a_day_before_any_rule_goes_back_and_says_so(send, verify, day):
    case = send(PICTURES, submitted_at=day)
    decision = verify(case, [])
    assert decision.outcome is Outcome.RETURNED
    (found,) = decision.findings
    assert found.code == "D04"
    assert found.evidence[0].field == "submitted_at"
    assert "重新提交" in found.message.zh


def test_the_first_day_of_the_rules_is_judged_by_them(send, repositories):
    case = send(PICTURES, submitted_at="2021-04-22T00:00:00+08:00")
    assert repositories.cases.get(case.round_id).region == "330100"
