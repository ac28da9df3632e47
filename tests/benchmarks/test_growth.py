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
