import datetime as dt

from tests.tasks.checks.dossiers import FATHER
from tests.version_rounds import NEW, decide_days


def test_the_page_today_shows_both_sides_of_a_new_policy(browser_of, repositories):
    senior = browser_of("su")
    assert "变更前后" not in senior.get("/today/changes").text
    with repositories.unit_of_work():
        decide_days(repositories, dt.datetime.now(dt.UTC) - dt.timedelta(days=40))
    assert 'hx-get="/today/changes"' in senior.get("/today").text
    page = senior.get("/today/changes").text
    assert "政策、表单与识别引擎变更前后" in page
    assert NEW in page
    assert "83.3%" in page
    assert "差别超出偶然" in page


def test_the_figures_are_counts_and_name_nobody(browser_of):
    browser = browser_of("ops")
    text = browser.get("/metrics").text
    assert "kinbind_reviews_waiting 4" in text
    assert 'kinbind_decided_today{outcome="in_review"} 4' in text
    for page in (text, browser.get("/today").text):
        assert FATHER.name not in page
        assert "A-MISREAD" not in page
