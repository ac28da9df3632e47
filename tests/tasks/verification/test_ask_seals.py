"""Which seals are asked for which stations."""

import pytest

from models.reading.stated_value import PaperKey, StatedAnswer
from storage.objects.archive import upload_key
from tasks.reading.confidence.stated_values import StatedMargin
from tasks.reading.process.contained_reader import (
    ContainedReader,
    ProcessEnd,
    ReadingEndedError,
)
from tasks.verification.ask_seals import ask_seals
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    application,
    card,
    cover,
    dossier,
    field,
    page,
    policy_of,
)

HERE = field("清波派出所", 0.99)
UNNUMBERED = {"household_number": field(None, 0.2)}
SEALED = page(FATHER, "户主", "father.jpg", station=HERE, **UNNUMBERED)
NEAR = StatedMargin(1.0, 1.0, 0.0)
WORN = page(CHILD, "长女", "child.jpg", **UNNUMBERED)


class Asked(ContainedReader):
    """A reader that keeps what it was asked."""

    def __init__(self, margin):
        super().__init__()
        self.margin, self.asked = margin, []

    def compare_seals(self, asked, content):
        self.asked += [(one.paper.file, one.stations, content) for one in asked]
        if self.margin is None:
            raise ReadingEndedError(ProcessEnd.MEMORY)
        return tuple((self.margin,) * len(one.stations) for one in asked)


@pytest.fixture
def ask(repositories):
    """The answers, and the papers and stations that were asked for."""
    rules = policy_of(dossier(application(FATHER, CHILD, "child"))).reading
    archive = repositories.archive

    def asked(*papers, margin=NEAR):
        for paper in papers:
            if not archive.exists(upload_key(paper.digest)):
                archive.put_bytes(upload_key(paper.digest), paper.file.encode())
        reader = Asked(margin)
        return ask_seals(papers, rules, archive, reader), reader.asked

    return asked


def test_a_seal_that_was_not_read_is_asked_for_the_station_of_another_page(ask):
    (found,), asked = ask(SEALED, WORN, card(CHILD))
    assert asked == [("child.jpg", ("清波派出所",), b"child.jpg")]
    assert (found.paper, found.source) == (PaperKey.of(WORN), PaperKey.of(SEALED))
    assert (found.answer, found.deficit) == (StatedAnswer.BORNE_OUT, 0.0)


@pytest.mark.parametrize(
    "papers",
    [
        pytest.param((WORN, page(FATHER, "户主", "f.jpg", **UNNUMBERED)), id="no station is named"),
        pytest.param((SEALED, page(CHILD, "长女", "c.jpg")), id="a number is printed"),
        pytest.param(
            (SEALED, page(CHILD, "长女", "c.jpg", station=HERE, **UNNUMBERED)), id="both are sure"
        ),
    ],
)
def test_no_seal_is_asked_where(ask, papers):
    assert ask(*papers) == ((), [])


def test_a_cover_is_asked_although_it_prints_a_number(ask):
    (found,), _ = ask(SEALED, cover(FATHER))
    assert found.paper == PaperKey.of(cover(FATHER))


def test_a_seal_that_cannot_be_seen_or_ends_the_reader_says_nothing(ask):
    assert ask(SEALED, WORN, margin=None)[0] == ()
    far = StatedMargin(1.0, 1.0, 9.0)
    assert ask(SEALED, WORN, margin=far)[0][0].answer is StatedAnswer.CANNOT_TELL


def test_where_no_station_is_sure_a_guess_is_asked_for_on_the_other_page(ask):
    guessed = page(FATHER, "户主", "f.jpg", station=field("清波派出所", 0.6), **UNNUMBERED)
    (found,), asked = ask(guessed, WORN)
    assert [(file, stations) for file, stations, _ in asked] == [("child.jpg", ("清波派出所",))]
    assert found.source == PaperKey.of(guessed)
