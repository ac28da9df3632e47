"""What flows and pages ask for is looked up: a question that reads a whole table shows here."""

import pytest

from benchmarks.scale.growth.costs_of_look import plan_of
from benchmarks.scale.growth.queries import queries
from benchmarks.scale.growth.rows import fill
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tests.empty_database import with_tables


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """The plan of each statement of each look, over 2,000 rounds in SQLite."""
    home = tmp_path_factory.mktemp("growth")
    settings = with_tables(Settings(home=home / "home", outcome_folder=str(home / "outcomes")))
    with using_repositories(settings) as repositories:
        fill(repositories, 2000)
        wanted = queries(repositories, 2000)
        return {name: plan_of(repositories.engine, look) for name, look in wanted.items()}


def test_no_table_is_read_through(plans):
    read = {name: plan.read_through for name, plan in plans.items() if plan.read_through}
    assert read == {}


def test_no_list_is_made_again_for_each_row(plans):
    assert [name for name, plan in plans.items() if "CORRELATED LIST" in plan.text] == []


def test_the_latest_notices_are_found_by_their_time(plans):
    """Found by destination, all there ever were would be gathered and sorted for a page."""
    assert "SCAN notices USING INDEX ix_notices_happened_at" in plans["notices, a page"].text


def test_figures_of_a_month_walk_no_finding_of_an_approval(plans):
    """With "other than approved" every finding there ever was is walked for its round."""
    plan = plans["figures of a day"].text
    assert "SEARCH rounds USING INDEX ix_rounds_outcome_decided_at (outcome=? AND" in plan
    assert "SCAN findings" not in plan


def test_second_looks_and_samples_are_found_among_their_own(plans):
    found = "SEARCH reviews USING INDEX ix_reviews_looked_again (senior=?)"
    assert plans["second looks"].text.count(found) == 2
    assert "ix_reviews_sampled" in plans["figures of a day"].text
    assert "TEMP B-TREE" not in plans["second looks"].text
