"""A station that a page's seal bears out stands where reading was not sure, and nowhere else."""

import pytest

from models.reading.stated_value import PaperKey, SealComparison, StatedAnswer
from tasks.identity.seal_stations import with_stations
from tests.tasks.checks.dossiers import CHILD, FATHER, application, cover, field, page, policy_of
from tests.tasks.checks.dossiers import dossier as dossier_of

HERE, ELSEWHERE = "清波派出所", "城关派出所"
SOURCE = page(FATHER, "户主", station=field(HERE, 0.99))
COVER = cover(FATHER, station=field(ELSEWHERE, 0.99))
BORNE_OUT, CANNOT_TELL = StatedAnswer.BORNE_OUT, StatedAnswer.CANNOT_TELL


def station(own, *answers, asked=None):
    """The child's station, and whether it decides something, after (source, answer)."""
    paper = page(CHILD, "长女", **({} if own is None else {"station": own}))
    seals = tuple(
        SealComparison(
            paper=PaperKey.of(paper),
            source=PaperKey.of(source),
            station=asked or source.value("station") or HERE,
            answer=answer,
            margin=1.0,
            deficit=0.0,
        )
        for source, answer in answers
    )
    dossier = dossier_of(application(FATHER, CHILD, "child"), SOURCE, COVER, paper)
    rules = policy_of(dossier).reading
    *_, heard = with_stations(dossier.readings, seals, rules)
    found = heard.fields.get("station")
    return (found.value, rules.trusts("station", found)) if found else None


@pytest.mark.parametrize(
    ("own", "answers", "expected"),
    [
        pytest.param(None, [(SOURCE, BORNE_OUT)], (HERE, True), id="not read"),
        pytest.param(field("清彼派出所", 0.5), [(SOURCE, BORNE_OUT)], (HERE, True), id="guessed"),
        pytest.param(None, [(SOURCE, CANNOT_TELL)], None, id="cannot tell"),
        pytest.param(None, [], None, id="not asked"),
        pytest.param(None, [(SOURCE, BORNE_OUT), (COVER, BORNE_OUT)], None, id="two stations"),
        pytest.param(
            None, [(SOURCE, BORNE_OUT), (COVER, CANNOT_TELL)], (HERE, True), id="one of two"
        ),
        pytest.param(
            field(ELSEWHERE, 0.99), [(SOURCE, BORNE_OUT)], (ELSEWHERE, True), id="read surely"
        ),
        pytest.param(
            None, [(page(CHILD, "长女", "x.jpg"), BORNE_OUT)], None, id="source without one"
        ),
        pytest.param(
            field(None, 1.0), [(SOURCE, BORNE_OUT)], (None, False), id="a person saw nothing there"
        ),
    ],
)
def test_a_station_is_that_of_the_one_page_whose_station_the_seal_bears_out(own, answers, expected):
    assert station(own, *answers) == expected


def test_a_station_that_a_person_corrected_since_was_not_asked_for():
    assert station(None, (SOURCE, BORNE_OUT), asked=ELSEWHERE) is None


def test_a_guess_that_another_seal_bears_out_is_no_guess_any_more():
    guessed = page(FATHER, "户主", station=field(HERE, 0.6))
    seal = SealComparison(
        paper=PaperKey.of(page(CHILD, "长女")),
        source=PaperKey.of(guessed),
        station=HERE,
        answer=BORNE_OUT,
        margin=1.0,
        deficit=0.0,
    )
    dossier = dossier_of(application(FATHER, CHILD, "child"), guessed, page(CHILD, "长女"))
    rules = policy_of(dossier).reading
    heard = with_stations(dossier.readings, (seal,), rules)
    assert [paper.value("station") for paper in heard] == [HERE, HERE]
    assert all(rules.trusts("station", paper.fields["station"]) for paper in heard)
