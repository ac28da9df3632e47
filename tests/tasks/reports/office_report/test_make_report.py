import datetime as dt
import re

import pypdfium2

from kinbind.frames import load
from models.audit.event import ChainReport
from models.clock import CHINA
from models.decision.decision import Outcome
from models.reports.report_page import ReportSpan
from storage.bootstrap import using_repositories
from tasks.reports.office_report.make_report import make_report, write_report
from tasks.reports.office_report.report_html import markdown_of
from tests.tasks.checks.dossiers import CHILD, FATHER
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
TODAY = dt.datetime.now(CHINA).date()
EVER = ReportSpan(dt.date(2020, 1, 1), dt.date(2099, 12, 31), monthly=False)


def made(repositories, span):
    return make_report(repositories, span, repositories.audit.verify(repositories.archive))


def part(page, en):
    return next(part for part in page.parts if part.en == en)


def found(sentence, word):
    return int(*re.findall(rf"{word} (\d+) 件", sentence))


def pdf_text(file):
    with pypdfium2.PdfDocument(file) as pages:
        return "".join(page.get_textpage().get_text_bounded() for page in pages)


def test_a_report_counts_as_the_tables_do(history):
    def table(name):
        return load(name, folder=history.tables)

    with using_repositories(history.settings) as office:
        page = made(office, EVER)
    ended = table("applications")["outcome"].value_counts()
    decided, approved = (found(page.summary.zh, word) for word in ("办结", "通过"))
    assert (decided, approved) == (
        ended.drop("in_review", errors="ignore").sum(),
        ended["approved"],
    )
    told = {bar.en: bar.number for bar in part(page, "Outcomes").bars}
    assert told == {one.value.replace("_", " "): ended.get(one.value, 0) for one in Outcome}
    rows = table("findings").query("in_force and outcome != 'approved'")
    in_force = rows.drop_duplicates(["case", "code"])["code"].value_counts()
    reasons = {bar.zh.split()[0]: bar.number for bar in part(page, "Reasons in force").bars}
    assert reasons == {code: in_force[code] for code in reasons}
    assert sum(reasons.values()) > 0
    kept = table("reviews")["within_term"].dropna()
    assert (
        f"人工决定 {len(kept)} 件，期限内 {kept.sum()} 件"
        in part(page, "Terms kept").sentences[0].zh
    )
    looked = table("samples").query("sort == 'sample'").dropna(subset=["outcome"])
    by_class = {
        row[0].split(maxsplit=1)[1].replace(" ", "_"): (int(row[1]), int(row[2]))
        for row in part(page, "Sampled approvals of the machine").table.rows
    }
    assert by_class == {
        proof: (len(rows), int((rows["outcome"] != "approved").sum()))
        for proof, rows in looked.groupby("proof_class", observed=True)
    }


def test_one_application_makes_a_page_and_a_pdf_that_name_nobody(
    repositories, send, verify, tmp_path
):
    case = send(PICTURES)
    verify(case, [paper for _, paper in BOOK.values()])
    chain = repositories.audit.verify(repositories.archive)
    month = made(repositories, ReportSpan.of_month(TODAY))
    html, pdf = write_report(month, tmp_path / "reports")
    assert {file.stat().st_mode & 0o777 for file in (html, pdf)} == {0o600}
    page = html.read_text()
    assert not re.search(r"https?:|src=|url\(|@import|<script", page)
    assert page.count("<svg") == 2
    for text in (page, pdf_text(pdf), markdown_of(month)):
        assert "收件 1 件，办结 1 件" in text.replace("\r\n", "")
        assert case.application_id not in text
        assert chain.root[:40] in text
        assert not [one for one in (CHILD, FATHER) if one.name in text or one.number in text]


def test_an_office_in_which_nothing_happened_has_a_report(repositories, tmp_path):
    day = made(repositories, ReportSpan.of_day(TODAY))
    html, pdf = write_report(day, tmp_path)
    for text in (html.read_text(), pdf_text(pdf)):
        assert "没有现行的原因" in text
        assert "审计链尚无记录" in text


def test_a_log_that_was_changed_is_said_to_be_broken(repositories):
    chain = ChainReport(
        intact=False,
        events=3,
        head="0" * 64,
        first_broken=2,
        problem="It was changed.",
        problem_zh="记录被改动。",
    )
    page = make_report(repositories, ReportSpan.of_day(TODAY), chain)
    assert page.summary.zh == "没有办结的申请；须留意：审计链不完整。"
    told = part(page, "Audit chain")
    assert "审计链不完整：第 2 条起，记录被改动。" in told.sentences[0].zh
    assert told.table is None
