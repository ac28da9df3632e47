"""Cases on somebody's desk."""

import pytest


@pytest.fixture
def held(browser_of, review_of):
    """Sign somebody in and claim a case."""

    def claimed(name, application_id):
        browser, review_id = browser_of(name), review_of(application_id)
        browser.post(f"/cases/{review_id}/claim")
        return browser, f"/cases/{review_id}"

    return claimed
