from tasks.reports.office_report.make_report import FOLDER


def test_the_page_today_offers_the_reports_and_nothing_else_of_the_home(browser_of, repositories):
    folder = repositories.settings.home / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "2026-11-27.pdf").write_bytes(b"%PDF-1.7")
    (folder / "keys.pdf").write_bytes(b"no report")
    senior = browser_of("su")
    page = senior.get("/today").text
    assert '<a href="/reports/2026-11-27.pdf">' in page
    assert "keys.pdf" not in page
    sent = senior.get("/reports/2026-11-27.pdf")
    assert sent.content == b"%PDF-1.7"
    assert sent.headers["content-disposition"].startswith("attachment")
    for name in ("2026-11-28.pdf", "keys.pdf", "..%2Fcase.db", "%2e%2e"):
        assert senior.get(f"/reports/{name}").status_code == 404
