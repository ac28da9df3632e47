"""A batch in counts: its outcomes, its reasons, what is still without an outcome."""

from sqlalchemy import update

from storage.database.tables.cases import RoundRow
from storage.database.transactions import writing
from tasks.reports.office_report.batch_report import make_batch_report
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]


def test_a_batch_is_told_in_counts_and_what_waits_is_told_too(repositories, send, verify):
    first = send(PICTURES)
    assert verify(first, PAPERS).outcome == "approved"
    again = send(PICTURES, application_id="A2")
    assert verify(again, PAPERS).outcome == "rejected"  # the pair is bound already
    send(PICTURES, application_id="A3")
    with writing(repositories.engine) as connection:
        connection.execute(update(RoundRow).values(batch_id="B1"))
    outcomes, reasons = make_batch_report(repositories, "B1").parts
    assert {bar.en: bar.number for bar in outcomes.bars} == {
        "approved": 1,
        "returned": 0,
        "in review": 0,
        "rejected": 1,
    }
    told = " ".join(sentence.en for sentence in outcomes.sentences)
    assert "3 applications, 2 with an outcome" in told
    assert "1 have none yet" in told
    codes = repositories.cases.codes(again.round_id)
    assert {bar.zh.split()[0] for bar in reasons.bars} <= set(codes)
    assert sum(bar.number for bar in reasons.bars) >= 1
    other = make_batch_report(repositories, "another").parts
    assert [part.sentences[0].en for part in other] == [
        "0 applications, 0 with an outcome.",
        "No reason is in force.",
    ]
