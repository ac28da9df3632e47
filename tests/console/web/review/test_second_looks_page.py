"""People's decisions, looked at a second time by somebody who is not told."""

import datetime as dt

import pytest

from console.server.serve_console import settle_decided
from console.web.administration.intervals import agreement_of
from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.reviews.review import SECOND_LOOK, ReviewState
from models.reviews.review_work import ReviewKind, ReviewNote
from models.staff.staff_member import StaffRole
from storage.reports.dashboard_counts import OpinionPair
from storage.reviews.queue_queries import QueueFilters, QueuePart
from tasks.evidence_file.gather_evidence import gather_evidence
from tasks.reviewing.claims import claim, claim_next
from tasks.reviewing.samples.draw_samples import draw_second_looks
from tests.console.conftest import MISREAD
from tests.review_steps import later, opine
from tests.tasks.checks.dossiers import CHILD


@pytest.fixture
def since():
    return dt.datetime.now(dt.UTC) - dt.timedelta(hours=3)


@pytest.fixture
def decided(repositories, browser_of, review_of):
    """Lin corrected the misread name and approved; the binding is written."""
    browser, review_id = browser_of("lin"), review_of("A-MISREAD")
    case = f"/cases/{review_id}"
    browser.post(f"{case}/claim")
    browser.post(f"{case}/corrections", {"paper": 2, "field": "name", "value": CHILD.name})
    browser.post(f"{case}/decision", {"outcome": "approved"})
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    assert settle_decided(repositories, later) == 1
    return repositories.cases.find("A-MISREAD")[0]


@pytest.fixture
def drawn(repositories, decided, since, monkeypatch):
    """Every decision is drawn."""
    monkeypatch.setattr("tasks.reviewing.samples.draw_samples._SCALE", 1 << 60)
    assert draw_second_looks(repositories, since=since) == 1
    return repositories.reviews.find(decided.round_id, SECOND_LOOK).review_id


def test_each_decision_is_drawn_at_most_once_and_by_its_share(
    repositories, decided, since, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr("tasks.reviewing.samples.draw_samples._SCALE", 1)
        assert draw_second_looks(repositories, since=since) == 0
        patch.setattr("tasks.reviewing.samples.draw_samples._SCALE", 1 << 60)
        assert draw_second_looks(repositories, since=since) == 1
        assert draw_second_looks(repositories, since=since) == 0
    assert draw_second_looks(repositories, since=dt.datetime.now(dt.UTC)) == 0


def test_whoever_decided_does_not_get_the_second_look(repositories, drawn):
    assert claim(repositories, drawn, "lin", StaffRole.REVIEWER) is None
    given = set()
    while case := claim_next(repositories, "lin", StaffRole.REVIEWER):
        given.add(case.review.review_id)
    assert given
    assert drawn not in given
    assert claim(repositories, drawn, "wang", StaffRole.REVIEWER)


def test_nothing_on_the_page_tells_that_it_was_decided(browser_of, drawn, repositories):
    browser = browser_of("wang")
    browser.post(f"/cases/{drawn}/claim")
    page = browser.get(f"/cases/{drawn}").text
    assert MISREAD in page
    for telling in ("已更正", ">lin", "lin<", "写入绑定", "人工决定", "决定生效", "复查", "抽检"):
        assert telling not in page, telling
    assert "X01" in page
    queue = browser.get("/queue?standing=mine").text
    assert "A-MISREAD" in queue
    assert "复查" not in queue
    assert repositories.claims.get(drawn).kind is ReviewKind.SECOND_LOOK


def look(browser_of, drawn, outcome, name="wang"):
    browser = browser_of(name)
    browser.post(f"/cases/{drawn}/claim")
    form = {"outcome": outcome, "codes": "X20", "note": "看过原图，清楚无误"}
    return browser.post(f"/cases/{drawn}/decision", form)


def test_nothing_follows_for_the_applicant(browser_of, drawn, repositories, since):
    before = repositories.cases.find("A-MISREAD")[0]
    assert look(browser_of, drawn, "rejected").status_code == 200
    # Like any other decision it can be taken back for minutes; only then it is told what it was.
    page = browser_of("wang").get(f"/cases/{drawn}").text
    assert ("尚可撤回" in page, "复查意见" in page) == (True, False)
    assert browser_of("wang").post(f"/cases/{drawn}/undo").status_code == 303
    assert not repositories.claims.get(drawn).senior
    assert look(browser_of, drawn, "rejected").status_code == 200
    assert settle_decided(repositories, later()) == 1
    assert repositories.reviews.get(drawn).state is ReviewState.SETTLED
    assert "复查意见" in browser_of("wang").get(f"/cases/{drawn}").text
    assert repositories.cases.find("A-MISREAD")[0] == before
    assert len(repositories.bindings.find("A-MISREAD")) == 1
    assert draw_second_looks(repositories, since=since) == 0
    assert repositories.audit.verify(repositories.archive).intact


def test_a_disagreement_goes_to_a_senior_and_is_a_figure(browser_of, drawn, repositories, since):
    look(browser_of, drawn, "rejected")
    figures = repositories.dashboard.since(since)
    assert (figures.looked_again, figures.differed, figures.disagreements) == (1, 1, 1)
    assert figures.pairs == (OpinionPair("approved", "rejected", 1),)
    senior = browser_of("su")
    page = senior.get("/second-looks").text
    assert "1 件分歧待处理" in page
    assert "A-MISREAD" in page
    assert "1 件分歧待处理" in senior.get("/today").text
    assert senior.post(f"/second-looks/{drawn}/close", {"verdict": "maybe"}).status_code == 422
    assert senior.post(f"/second-looks/{drawn}/close", {"verdict": "first"}).status_code == 303
    assert senior.post(f"/second-looks/{drawn}/close", {"verdict": "first"}).status_code == 409
    last = repositories.audit.events("A-MISREAD")[-1]
    assert (last.tag, last.actor) == (EventTag.DISAGREEMENT_CLOSED, "su")
    assert last.details["verdict"] == "first"
    assert repositories.dashboard.since(since).disagreements == 0
    assert "已处理" in senior.get("/second-looks").text


def test_no_senior_settles_a_disagreement_of_their_own(browser_of, drawn, repositories, since):
    assert look(browser_of, drawn, "rejected", "su").status_code == 200
    refused = browser_of("su").post(f"/second-looks/{drawn}/close", {"verdict": "second"})
    assert refused.status_code == 409
    assert "请另一位复核主管处理" in refused.text
    assert repositories.dashboard.since(since).disagreements == 1


def test_the_same_opinion_bothers_no_senior(browser_of, drawn, repositories, since):
    look(browser_of, drawn, "approved")
    figures = repositories.dashboard.since(since)
    assert (figures.looked_again, figures.differed, figures.disagreements) == (1, 0, 0)
    assert "一致" in browser_of("su").get("/second-looks").text
    assert browser_of("he").post(
        f"/second-looks/{drawn}/close", {"verdict": "both"}
    ).status_code == (403)


def test_a_case_that_nobody_drew_has_no_disagreement_to_close(browser_of, review_of):
    senior = browser_of("su")
    path = f"/second-looks/{review_of('A-NONFACE')}/close"
    assert senior.post(path, {"verdict": "both"}).status_code == 409


def test_the_evidence_file_tells_the_second_look_as_one(browser_of, drawn, repositories):
    look(browser_of, drawn, "rejected")
    (round_,) = gather_evidence(repositories, "A-MISREAD", by="he").rounds
    said = [(o.kind, o.staff, o.outcome.value) for o in round_.opinions]
    assert said == [("doubt", "lin", "approved"), ("second_look", "wang", "rejected")]
    assert round_.outcome is Outcome.APPROVED


def test_the_done_part_of_the_queue_counts_it(repositories, drawn):
    assert repositories.queue.count(QueueFilters(part=QueuePart.DONE)) == 1
    claim(repositories, drawn, "wang", StaffRole.REVIEWER)
    now = dt.datetime.now(dt.UTC)
    opine(
        repositories,
        drawn,
        "wang",
        Outcome.APPROVED,
        (),
        ReviewNote(),
        four_eyes=False,
        at=now,
    )
    assert repositories.queue.count(QueueFilters(part=QueuePart.DONE)) == 2


def test_kappa_is_what_chance_does_not_explain():
    # Cohen's own kind of example: 20 + 15 of 50 agree, chance alone gives half.
    pairs = [
        OpinionPair("approved", "approved", 20), OpinionPair("approved", "rejected", 5),
        OpinionPair("rejected", "approved", 10), OpinionPair("rejected", "rejected", 15),
    ]  # fmt: skip
    found = agreement_of(pairs)
    assert found.share.share == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)
    assert -1 <= found.low < found.kappa < found.high <= 1
    perfect = agreement_of(
        [OpinionPair("approved", "approved", 9), OpinionPair("rejected", "rejected", 1)]
    )
    assert perfect.kappa == pytest.approx(1.0)
    assert perfect.low < 0.9  # ten cases do not prove it
    assert agreement_of([OpinionPair("approved", "approved", 30)]).kappa is None
    assert agreement_of([]) is None
