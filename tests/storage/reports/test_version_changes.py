import datetime as dt

from models.decision.decision import Outcome
from storage.reports.version_changes import version_changes
from tests.version_rounds import NEW, NEW_FORM, decide_days, decide_round

ON_BOTH_DATABASES = True
START = dt.datetime(2026, 10, 1, 1, 0, tzinfo=dt.UTC)


def test_each_change_stands_with_four_weeks_on_both_sides_and_first_versions_are_none(repositories):
    with repositories.unit_of_work():
        decide_days(repositories, START)
        at = START + dt.timedelta(days=12, hours=1)
        decide_round(repositories, at, "440000@2026-01-01#c", "reader 1", Outcome.APPROVED)
    found = version_changes(repositories.engine, START)
    told = [("form", NEW_FORM), ("engine", "reader 2"), ("policy", NEW)]
    assert [(one.part, one.version) for one in found] == told
    form, engine, policy = found
    assert (policy.before.rounds, policy.before.returned) == (60, 0)
    assert (policy.after.rounds, policy.after.returned, policy.apart) == (60, 50, True)
    assert (engine.before.rounds, engine.before.returned, engine.after.rounds) == (91, 25, 30)
    assert (form.before.rounds, form.after.rounds, form.after.returned) == (103, 18, 15)
    assert version_changes(repositories.engine, START + dt.timedelta(days=18)) == ()
