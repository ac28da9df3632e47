"""Applications whose papers share a picture or a file, from the folder to the decision."""

import datetime as dt

import pytest

from models.decision.decision import Outcome
from models.reading.document import DocumentKind as K
from specimens.applications.invented_application import each_application
from specimens.applications.write_specimens import write_application
from specimens.situations.catalogue import SITUATIONS
from storage.bootstrap import using_repositories as open_for_a_block
from storage.intake.open_inbox import open_inbox
from storage.settings import Settings
from tasks.intake.take_in import take_in
from tasks.rounds.round_results import load_decision, load_readings
from tests.tasks.conftest import run_steps

pytestmark = pytest.mark.engine
SEED = 41


@pytest.fixture(scope="module")
def verified(tmp_path_factory):
    """Decision and readings of one application of each such situation, by the situation."""
    names = ("both_sides_in_one_picture", "two_pages_in_one_picture", "all_pages_in_one_pdf")
    folder = tmp_path_factory.mktemp("inbox")
    situation_of = {}
    for invented in each_application([SITUATIONS[name] for name in names], SEED, "scan"):
        write_application(invented, folder)
        situation_of[invented.application_id] = invented.situation.name
    found = {}
    with open_for_a_block(Settings(home=tmp_path_factory.mktemp("home"))) as repositories:
        for handed in open_inbox(str(folder), repositories.settings).folders():
            case, _ = take_in(
                repositories, handed, batch_id="B", received_at=dt.datetime.now(dt.UTC)
            )
            run_steps(repositories, case.round_id)
            decision = load_decision(repositories, case.round_id)
            papers = load_readings(repositories, case.round_id).papers
            found[situation_of[case.application_id]] = (decision, papers)
    return found


@pytest.mark.parametrize(
    "situation",
    ["both_sides_in_one_picture", "two_pages_in_one_picture", "all_pages_in_one_pdf"],
)
def test_an_honest_application_is_approved_however_its_papers_share_files(verified, situation):
    decision, _ = verified[situation]
    assert decision.outcome is Outcome.APPROVED, decision.findings


def test_both_sides_of_a_card_are_two_parts_and_the_face_comes_from_its_own(verified):
    _, papers = verified["both_sides_in_one_picture"]
    sides = [paper for paper in papers if paper.file == papers[0].file]
    assert [(p.page, p.part, p.kind) for p in sides] == [
        (1, 1, K.ID_CARD_PORTRAIT),
        (1, 2, K.ID_CARD_EMBLEM),
    ]
    assert sides[0].portrait
    assert sides[1].portrait is None
    assert sides[0].perceptual_hash != sides[1].perceptual_hash


def test_two_pages_of_an_open_book_are_two_parts_with_their_own_people(verified):
    _, papers = verified["two_pages_in_one_picture"]
    pages = [paper for paper in papers if paper.kind is K.HUKOU_MEMBER]
    assert [page.part for page in pages] == [1, 2]
    assert pages[0].file == pages[1].file
    assert pages[0].value("id_number") != pages[1].value("id_number")
    upper, lower = (page.fields["id_number"].quad for page in pages)
    assert upper
    assert lower
    assert max(y for _, y in upper) < min(y for _, y in lower)


def test_the_pages_of_a_pdf_are_counted_from_one(verified):
    _, papers = verified["all_pages_in_one_pdf"]
    assert [(p.file, p.page, p.part) for p in papers] == [("01.pdf", n, 1) for n in (1, 2, 3)]
    assert [p.place for p in papers] == ["01.pdf", "01.pdf#2.1", "01.pdf#3.1"]
