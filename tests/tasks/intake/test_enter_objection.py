"""A clerk enters what somebody objects who came or called."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from tasks.intake.enter_objection import CannotObjectError, enter_objection
from tasks.rounds.round_results import load_arrival
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [reading for _, reading in BOOK.values()]
WORDS = "名单写错了，我们是父女"


def test_what_a_clerk_enters_is_the_applicant_s_objection(repositories, send, verify):
    assert verify(send(PICTURES, relationship="other"), PAPERS).outcome == "rejected"
    now = dt.datetime.now(dt.UTC)
    with pytest.raises(CannotObjectError):
        enter_objection(repositories, "A1", "  ", "lin", now=now)
    round_ = enter_objection(repositories, "A1", WORDS, "lin", now=now)
    assert round_.round == 2
    assert set(load_arrival(repositories, round_.round_id).carried) == set(PICTURES)
    events = [e for e in repositories.audit.events("A1") if e.round_id == round_.round_id]
    (entered,) = [e for e in events if e.tag is EventTag.OBJECTION_ENTERED]
    assert entered.actor == "lin"
    assert WORDS not in str([event.details for event in events])
    assert repositories.search.objections_among(["A1"]) == {round_.round_id}
    assert verify(round_).outcome == "in_review"
    with pytest.raises(CannotObjectError):
        enter_objection(repositories, "A1", WORDS, "lin", now=now)
    # What the first round was is a rejection: nobody was asked for anything.
    assert repositories.earlier_returns.of([round_.round_id]) == {}


def test_a_round_that_answers_a_return_says_what_was_asked(repositories, send, verify):
    without = dict(list(PICTURES.items())[:-1])
    first = send(without)
    returned = verify(first, PAPERS[:-1])
    assert returned.outcome == "returned"
    second = send(PICTURES, round=2)
    (asked,) = repositories.earlier_returns.of([first.round_id, second.round_id]).items()
    assert asked[0] == second.round_id
    assert (asked[1].round, asked[1].returned_by) == (1, "machine")
    assert set(asked[1].codes) >= {f.code for f in returned.findings if f.severity != "info"}
