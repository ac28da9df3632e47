"""Cases are found by what people know of them."""

from tests.tasks.checks.dossiers import FATHER


def test_a_case_is_found_by_its_application_and_by_a_person_s_number(browser_of):
    browser = browser_of("lin")
    assert "A-MISREAD" in browser.post("/queue/search", {"words": "A-MISREAD"}).text
    found = browser.post("/queue/search", {"words": FATHER.number}).text
    assert "A-MISREAD" in found
    assert FATHER.number not in found
    nothing = browser.post("/queue/search", {"words": "110101199001010015"}).text
    assert "A-MISREAD" not in nothing
    assert 'name="words"' in nothing  # to try again where one is


def test_a_case_is_found_by_a_name_however_it_is_typed(browser_of, repositories):
    browser = browser_of("lin")
    spaced = " ".join(FATHER.name)
    for words in (FATHER.name, spaced):
        assert "A-MISREAD" in browser.post("/queue/search", {"words": words}).text
    assert "A-MISREAD" not in browser.post("/queue/search", {"words": FATHER.name[:2]}).text


def test_one_case_is_one_and_its_place_has_a_name(browser_of):
    browser = browser_of("lin")
    found = browser.post("/queue/search", {"words": "A-MISREAD"}).text
    assert "浙江省杭州市" in found
    assert "330100" not in found
    browser.client.cookies.set("kinbind_language", "en")
    found = browser.post("/queue/search", {"words": "A-MISREAD"}).text
    assert "1 case<" in found
    assert "浙江省杭州市" in found
