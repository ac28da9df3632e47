"""Beside the round that answers a return: what was asked for, and which paper is new."""

import datetime as dt

from console.web.review.view.previous_round import previous_round
from models.decision.decision import Outcome
from tests.console.conftest import with_pictures
from tests.tasks.checks.dossiers import CHILD, FATHER, application, cover, dossier, page
from tests.tasks.policy.conftest import decide_dossier


def test_what_was_asked_stands_beside_what_came(repositories, browser_of):
    form = application(FATHER, CHILD, "child")
    first = dossier(form, cover(FATHER), page(FATHER, "户主"))
    first = with_pictures(repositories, first, 7)
    now = dt.datetime.now(dt.UTC)
    before = decide_dossier(repositories, first, "A-TWICE", now - dt.timedelta(hours=2))
    assert before.outcome is Outcome.RETURNED
    assert previous_round(repositories, before) is None
    added = with_pictures(repositories, dossier(form, page(CHILD, "孙女")), 8)
    whole = first.model_copy(update={"readings": (*first.readings, *added.readings)})
    round_ = decide_dossier(repositories, whole, "A-TWICE", now)
    seen = previous_round(repositories, round_)
    assert seen is not None
    assert (seen.round, seen.outcome, seen.decided_by) == (1, Outcome.RETURNED, "machine")
    assert "D11" in {found.code for found in seen.asked}
    assert seen.new == {2}
    shown = browser_of("su").get(f"/papers/{round_.round_id}").text
    assert "上一次（第 1 次提交）" in shown
    assert "D11" in shown
