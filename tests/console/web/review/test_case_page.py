"""The page of a case: who sees what of it, and what every look leaves behind."""

from models.audit.event import EventTag
from tests.review_steps import tags
from tests.tasks.checks.dossiers import CHILD, FATHER

CHILD_PAGE = 2


def test_papers_are_shown_to_the_holder_a_senior_and_an_auditor_only(browser_of, held):
    holder, case = held("lin", "A-MISREAD")
    for name, status in (("lin", 200), ("wang", 403), ("su", 200), ("he", 200), ("chen", 403)):
        browser = holder if name == "lin" else browser_of(name)
        assert browser.get(f"{case}/pictures/0").status_code == status, name
    stranger = browser_of("wang").get(case).text
    assert FATHER.name not in stranger
    assert "pictures" not in stranger


def test_a_picture_that_is_none_of_the_case_s_does_not_exist(held):
    browser, case = held("lin", "A-MISREAD")
    for path in ("pictures/7", "faces/0", "pictures/../../../keys", "pictures/999999"):
        assert browser.get(f"{case}/{path}").status_code in {404, 422}
    assert browser.get(f"/cases/{'0' * 32}").status_code == 404


def test_every_look_at_papers_is_written_down(held, repositories):
    browser, case = held("lin", "A-NONFACE")
    browser.get(case)
    browser.get(case)
    browser.get(f"{case}/pictures/0")
    browser.get(f"{case}/faces/0")
    looks = [
        (v.staff, v.kind.value, v.detail) for v in repositories.access.of_application("A-NONFACE")
    ]
    assert looks == [("lin", "face", "0"), ("lin", "picture", "0"), *[("lin", "case", "")] * 2]
    assert tags(repositories, "A-NONFACE").count(EventTag.CASE_VIEWED) == 1


def test_a_number_is_masked_until_somebody_asks_for_it_and_that_is_in_the_chain(held, repositories):
    browser, case = held("lin", "A-MISREAD")
    assert CHILD.number not in browser.get(case).text
    shown = browser.post(f"{case}/reveal", {"paper": CHILD_PAGE, "field": "id_number"}).text
    assert CHILD.number in shown
    assert FATHER.number not in shown
    assert EventTag.FIELD_REVEALED in tags(repositories, "A-MISREAD")


def test_a_case_shows_what_other_applications_are_like_it(held, browser_of, review_of):
    browser, case = held("lin", "A-NONFACE")
    page = browser.get(f"{case}/alikes").text
    assert f'href="/cases/{review_of("A-NONFACE2")}">A-NONFACE2' in page
    for likeness in ("同一被绑定人", "同一申请人"):
        assert likeness in page
    assert "A-APPROVED" not in page
    assert browser_of("wang").get(f"{case}/alikes").status_code == 403
    assert 'href="/audit/applications/A-NONFACE2"' in browser_of("he").get(f"{case}/alikes").text


def test_a_senior_who_settles_a_disagreement_sees_both_opinions(held, browser_of, repositories):
    browser, case = held("lin", "A-UNPROVEN")
    review_id = case.rpartition("/")[2]
    browser.post(f"{case}/decision", {"outcome": "approved", "note": "看原图无误"})
    second = browser_of("wang")
    second.post(f"{case}/claim")
    form = {"outcome": "returned", "codes": "R03", "advice_R03": "请补出生医学证明。"}
    assert second.post(f"{case}/decision", form | {"note": "关系不明"}).status_code == 200
    assert repositories.claims.get(review_id).senior
    shown = browser_of("su").get(case).text
    assert "看原图无误" in shown
    assert "关系不明" in shown
