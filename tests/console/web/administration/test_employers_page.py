"""The employers' deliveries on the console: what an employer is told, and no more."""

import pytest

from models.intake.employer import EmployerLine, EmployerList, EmployerResult
from tasks.reports.employer_csv import as_csv
from tasks.reports.employer_results import keep_list


@pytest.fixture
def delivery(repositories):
    """A delivery of which one is approved, one before people, and one never came."""
    from sqlalchemy import update

    from storage.database.tables.cases import RoundRow
    from storage.database.transactions import writing

    names = ("A-APPROVED", "A-MISREAD", "A-NEVER")
    ref = keep_list(
        repositories, EmployerList(employer_id="E<7>", batch_id="2026-11", application_ids=names)
    )
    with writing(repositories.engine) as connection:
        mine = RoundRow.application_id.in_(names)
        connection.execute(update(RoundRow).where(mine).values(employer_ref=ref))
    return ref


def test_the_page_tells_what_the_employer_is_told(browser_of, delivery):
    browser = browser_of("ops")
    listed = browser.get("/employers").text
    assert "E&lt;7&gt;" in listed
    assert f'href="/employers/{delivery}"' in listed
    page = browser.get(f"/employers/{delivery}").text
    for said in ("A-APPROVED", "通过", "人工审核", "A-NEVER", "未收到", "尚未全部办结"):
        assert said in page
    assert "X01" not in page
    found = browser.get("/employers?employer=E<7>&batch=2026-11")
    assert found.headers["location"] == f"/employers/{delivery}"
    assert "没有这一批次" in browser.get("/employers?employer=E7&batch=2026-11").text
    assert browser.get(f"/employers/{'0' * 64}").status_code == 404


def test_the_table_can_be_taken_away(browser_of, delivery):
    answer = browser_of("su").get(f"/employers/{delivery}/csv")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("A-APPROVED,approved")
    assert "attachment" in answer.headers["content-disposition"]


def test_reviewers_have_no_business_there(browser_of, delivery):
    assert browser_of("lin").get(f"/employers/{delivery}").status_code == 403


def test_no_cell_is_a_formula():
    line = EmployerLine(application_id="=cmd|' /C calc'!A0", outcome="not_received")
    result = EmployerResult(employer_id="E", batch_id="B", complete=False, applications=(line,))
    assert as_csv(result).splitlines()[1].startswith("'=cmd")
