import datetime as dt

from tests.version_rounds import NEW, decide_days


def test_the_page_today_shows_both_sides_of_a_new_policy(browser_of, repositories):
    senior = browser_of("su")
    assert "变更前后" not in senior.get("/today").text
    with repositories.unit_of_work():
        decide_days(repositories, dt.datetime.now(dt.UTC) - dt.timedelta(days=40))
    page = senior.get("/today").text
    assert "政策与识别引擎变更前后" in page
    assert NEW in page
    assert "83.3%" in page
    assert "差别超出偶然" in page
