"""A photograph that kept its paper from being known is what the applicant is told of."""

import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    K,
    application,
    codes,
    cover,
    dossier,
    judged,
    page,
    reading,
)

BLURRED = finding(Reason.PICTURE_BLURRED, verdict=CheckVerdict.CANNOT_TELL)
STRANGE = finding(Reason.DOCUMENT_UNUSABLE, verdict=CheckVerdict.CANNOT_TELL)
HINT = {"third.jpg": {"kind": "hukou_member", "person": "member"}}


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((BLURRED,), {"D11", "Q01"}),
        ((STRANGE, BLURRED), {"D11", "Q01"}),
        ((), {"D11", "D04"}),
    ],
)
def test_a_page_that_could_not_be_known_is_blurred_or_something_else(findings, expected):
    unknown = reading(K.OTHER, "third.jpg", {}, findings=findings)
    form = application(FATHER, CHILD, "child")
    decision = judged(dossier(form, cover(FATHER), page(FATHER, "户主"), unknown, hints=HINT))
    assert decision.outcome is Outcome.RETURNED
    assert codes(decision) == expected
    told = [f for f in decision.findings if f.code.value in expected - {"D11"}]
    assert [f.verdict for f in told] == [CheckVerdict.FAILED]
