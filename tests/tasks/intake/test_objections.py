"""An objection: the documents stay, a person decides, the clock begins anew, all is on record."""

import datetime as dt

from models.reviews.review import APPLICATION
from tasks.intake.objections import is_late, objection_form
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_arrival
from tasks.rounds.terms import review_term
from tests.tasks.conftest import BOOK, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [reading for _, reading in BOOK.values()]
WORDS = "名单写错了，我们是父女"


def rejected(send, verify):
    """A first round that the machine rejects: such a relative cannot be bound."""
    case = send(PICTURES, relationship="other")
    decision = verify(case, PAPERS)
    assert decision.outcome == "rejected", [f.code for f in decision.findings]
    return case


def object_to(send, to_round=1, pictures=None, **form):
    objection = {"to_round": to_round, "text": WORDS}
    return send(pictures or {}, objection=objection, round=2, **form)


def test_an_objection_brings_the_documents_along_and_goes_to_a_person(repositories, send, verify):
    rejected(send, verify)
    case = object_to(send, relationship="other")
    assert case.round == 2
    arrival = load_arrival(repositories, case.round_id)
    assert set(arrival.carried) == set(PICTURES)
    assert verify(case).outcome == "in_review"
    assert repositories.reviews.find(case.round_id, APPLICATION) is not None


def test_even_what_the_machine_would_approve_now_a_person_decides(send, verify):
    rejected(send, verify)
    assert verify(object_to(send)).outcome == "in_review"


def test_what_is_said_is_kept_and_the_log_names_only_which_outcome(repositories, send, verify):
    first = rejected(send, verify)
    case = object_to(send)
    assert load_arrival(repositories, case.round_id).application.objection.text == WORDS
    (event,) = [e for e in repositories.audit.events("A1") if "objection" in e.tag.value]
    assert event.details == {
        "round": 2,
        "to_round": first.round,
        "outcome": "rejected",
        "decided_by": "machine",
        "carried": 3,
        "late": False,
    }
    assert WORDS not in event.model_dump_json()
    assert "review:clock:resumed" not in tags(repositories)


def test_an_objection_to_a_return_keeps_what_was_complained_of(repositories, returned, send):
    case = object_to(send, pictures={"child-2.jpg": 9})
    arrival = load_arrival(repositories, case.round_id)
    assert {file.file for file in arrival.files} == {*PICTURES, "child-2.jpg"}


def test_the_term_of_an_objection_is_its_own(repositories, send, verify, with_policy):
    with_policy(("term_working_days: null", "term_working_days: 7"))
    rejected(send, verify)
    case = object_to(send)
    term = review_term(RoundContext.load(repositories, case.round_id))
    usual = review_term(RoundContext(repositories, case.model_copy(update={"round": 1})))
    assert term.day == usual.day
    assert (term.day - case.received_at.date()) >= dt.timedelta(days=7)


def test_a_late_objection_is_taken_and_said_to_be_late(repositories, send, verify, with_policy):
    with_policy(("days: null", "days: 1"))
    first = rejected(send, verify)
    long_ago = first.received_at - dt.timedelta(days=30)
    decided = repositories.cases.get(first.round_id).model_copy(update={"decided_at": long_ago})
    policy = RoundContext(repositories, decided).policy
    assert is_late(policy, decided, object_to(send))


def test_a_form_of_an_objection_is_made_from_the_last_round(repositories, send, verify):
    rejected(send, verify)
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    form = objection_form(repositories, "A1", WORDS, now)
    assert (form.round, form.objection.to_round, form.submitted_at) == (2, 1, now)


def test_an_approved_application_has_nothing_to_object_to(repositories, send, verify):
    assert verify(send(PICTURES), PAPERS).outcome == "approved"
    assert objection_form(repositories, "A1", WORDS, dt.datetime.now(dt.UTC)) is None
    assert objection_form(repositories, "A2", WORDS, dt.datetime.now(dt.UTC)) is None
