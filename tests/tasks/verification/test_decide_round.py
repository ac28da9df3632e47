"""A decision and everything that follows from it are one transaction."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from models.decision.decision import Outcome
from storage.cases.case_repository import CaseRepository
from tests.tasks.checks.dossiers import CHILD, FATHER, SISTER, application, birth, dossier, spouse
from tests.tasks.policy.conftest import decide_dossier

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (spouse(identity_route="non_face"), Outcome.IN_REVIEW),
        (
            dossier(application(FATHER, CHILD, "child"), birth(CHILD, SISTER, FATHER)),
            Outcome.APPROVED,
        ),
    ],
    ids=["a case for people", "a binding"],
)
def test_what_breaks_off_half_way_leaves_nothing_and_the_next_try_does_it_all(
    repositories, monkeypatch, given, outcome
):
    with monkeypatch.context() as patch:
        patch.setattr(CaseRepository, "decide", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            decide_dossier(repositories, given, "A1", NOW)
    tags = {event.tag for event in repositories.audit.events("A1")}
    assert not tags & {EventTag.APPLICATION_DECIDED, EventTag.CASE_OPENED, EventTag.BINDING_WRITTEN}
    assert repositories.reviews.list() == ()
    assert not repositories.bindings.states()
    assert decide_dossier(repositories, given, "A1", NOW).outcome is outcome
    done = [event.tag for event in repositories.audit.events("A1")]
    assert done.count(EventTag.APPLICATION_DECIDED) == 1
    # The queue says why it is there, also where nothing failed.
    assert [r.codes for r in repositories.reviews.list()] == [("P06",)] * (outcome == "in_review")
    assert done[-1] in {EventTag.CASE_OPENED, EventTag.BINDING_WRITTEN}
    assert repositories.audit.verify(repositories.archive).intact
