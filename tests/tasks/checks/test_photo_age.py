"""A selfie that says itself how old it is."""

import datetime as dt

import pytest

from models.checks.reason import Reason
from tests.tasks.checks.dossiers import SUBMITTED, judged, spouse

ON = dt.datetime.fromisoformat(SUBMITTED).date()


@pytest.mark.parametrize(
    ("days", "doubted"),
    [(0, False), (180, False), (181, True), (4000, True)],
)
def test_an_old_selfie_goes_to_a_person_and_a_recent_one_does_not(days, doubted):
    taken = {"selfie.jpg": ON - dt.timedelta(days=days)}
    decision = judged(spouse().model_copy(update={"taken_on": taken}))
    assert (Reason.SELFIE_UNUSABLE in {f.code for f in decision.findings}) is doubted
    assert decision.outcome == ("in_review" if doubted else "approved")
