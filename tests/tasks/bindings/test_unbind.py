"""A binding is undone, or looked at again when what it rests on has changed."""

import datetime as dt

import pytest

from models.bindings.unbinding import EndReason
from models.clock import CHINA
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from tasks.bindings.due_bindings import REVERIFIED_WITHIN, due_within_month
from tasks.bindings.reverify_bindings import reverify_bindings
from tasks.bindings.unbind import unbind
from tasks.reviewing.claims import claim
from tasks.reviewing.settle_review import settle_review
from tasks.rounds.round_context import RoundContext
from tests.review_steps import opine
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    application,
    birth,
    card,
    emblem,
    field,
    reading,
)
from tests.tasks.conftest import BOOK, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]
NOW = dt.datetime.now(dt.UTC)
TODAY = NOW.astimezone(CHINA).date()
GROWN_UP = dt.datetime(2035, 6, 1, tzinfo=dt.UTC)
BIRTHDAY = dt.datetime(2035, 5, 6, 12, tzinfo=CHINA)
"""The child of the book is sixteen then."""


@pytest.fixture
def bound(send, verify, repositories):
    assert verify(send(PICTURES), PAPERS).outcome is Outcome.APPROVED
    (binding_id,) = repositories.bindings.in_force()
    return binding_id


@pytest.fixture
def undo(repositories):
    def asked(name, reason=EndReason.REQUESTED, consents=(PersonRole.APPLICANT,), now=NOW):
        return unbind(repositories, name, by="lin", reason=reason, consents=list(consents), now=now)

    return asked


def test_a_binding_ends_at_once_and_leaves_a_tombstone_beside_it(repositories, bound, undo):
    before = repositories.bindings.get(bound)
    done = undo("A1")
    assert (done.refused, done.unbinding.effective_date) == (None, TODAY)
    assert repositories.bindings.in_force() == ()
    assert repositories.bindings.get(bound) == before
    assert repositories.bindings.tombstone(bound) == done.unbinding
    assert tags(repositories)[-2:] == ["binding:end:announced", "binding:record:ended"]
    assert repositories.audit.verify(repositories.archive).intact
    json_files = [
        key for key in repositories.archive.store.keys("bindings/") if key.endswith(".json")
    ]
    assert len(json_files) == 1


def test_what_is_not_bound_cannot_be_undone(bound, undo):
    assert undo("A9").refused.code == "B04"
    assert undo(bound).refused is None
    assert undo(bound).refused.code == "B04"


@pytest.mark.parametrize(
    ("rule", "consents", "refused"),
    [
        ("either", (), "C04"),
        ("either", ("member",), None),
        ("applicant", ("member",), "C04"),
        ("both", ("applicant",), "C04"),
        ("both", ("applicant", "member"), None),
    ],
)
def test_those_agree_whom_the_policy_asks(with_policy, bound, undo, rule, consents, refused):
    with_policy(("consent: either", f"consent: {rule}"))
    done = undo(bound, consents=[PersonRole(c) for c in consents])
    assert (done.refused.code if done.refused else None) == refused


def test_before_its_least_term_a_binding_stays_unless_it_was_an_error(with_policy, bound, undo):
    with_policy(("min_days: 0", "min_days: 90"))
    refused = undo(bound).refused
    assert refused.code == "B04"
    assert str(TODAY + dt.timedelta(days=90)) in refused.message.en
    assert undo(bound, reason=EndReason.ERROR, consents=()).unbinding is not None


@pytest.mark.parametrize("rule", ["next_day", "next_month"])
def test_an_end_in_the_future_counts_from_its_day(repositories, with_policy, bound, undo, rule):
    with_policy(("effective: at_once", f"effective: {rule}"))
    end = undo(bound).unbinding
    assert end.effective_date > TODAY
    assert rule != "next_month" or end.effective_date.day == 1
    assert undo(bound).unbinding == end, "asked again, the first one stands"
    assert repositories.bindings.in_force() == (bound,)
    eve = dt.datetime.combine(end.effective_date, dt.time(0, 30), CHINA) - dt.timedelta(days=1)
    assert reverify_bindings(repositories, eve).ended == 0
    day = dt.datetime.combine(end.effective_date, dt.time(0, 30), CHINA)
    assert [reverify_bindings(repositories, day).ended for _ in range(2)] == [1, 0]
    assert repositories.bindings.in_force() == ()


def decided(repositories, review, outcome, codes=()):
    claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)
    opine(
        repositories, review.review_id, "lin", outcome, codes, ReviewNote(), four_eyes=False, at=NOW
    )
    settle_review(repositories, review.review_id)


def about_binding(repositories):
    (review,) = [r for r in repositories.reviews.list() if r.subject != "application"]
    return review


def test_a_minor_who_grew_up_is_put_before_a_person_once(repositories, bound):
    assert reverify_bindings(repositories, NOW).reviews == 0
    found = [reverify_bindings(repositories, GROWN_UP) for _ in range(2)]
    assert [f.reviews for f in found] == [1, 0]
    review = about_binding(repositories)
    assert (review.subject, review.codes) == ("turned_adult", ("P04",))
    assert review.due_provisional
    decided(repositories, review, Outcome.APPROVED)
    assert repositories.bindings.in_force() == (bound,)
    assert reverify_bindings(repositories, GROWN_UP).reviews == 0


def test_a_night_looks_at_new_bindings_and_those_that_fall_due_within_a_month(repositories, bound):
    """What is far from its day costs nothing until the month is over; a wrong clock sets none."""

    def looked_at(moment):
        return repositories.bindings.due_for_reverification(moment.date(), REVERIFIED_WITHIN)

    day = dt.timedelta(days=1)
    assert looked_at(NOW) == (bound,)
    reverify_bindings(repositories, NOW)
    assert looked_at(NOW + day) == ()
    assert looked_at(NOW + 31 * day) == (bound,)
    reverify_bindings(repositories, BIRTHDAY - 20 * day)
    assert looked_at(BIRTHDAY - 19 * day) == (bound,)
    assert looked_at(NOW) == (bound,), "its night was set by a clock that stood years ahead"
    reverify_bindings(repositories, BIRTHDAY)
    assert looked_at(BIRTHDAY + day) == (), "it is before a person"


def test_a_policy_may_let_the_binding_rest_until_a_person_has_looked(
    repositories, with_policy, bound
):
    with_policy(("turned_adult: review", "turned_adult: suspend"))
    assert reverify_bindings(repositories, GROWN_UP).suspended == 1
    assert repositories.bindings.in_force() == ()
    assert repositories.bindings.state(bound).status == "suspended"
    decided(repositories, about_binding(repositories), Outcome.APPROVED)
    assert repositories.bindings.in_force() == (bound,)
    assert "binding:record:resumed" in tags(repositories)


def test_a_person_may_end_what_no_longer_holds(repositories, bound):
    reverify_bindings(repositories, GROWN_UP)
    decided(repositories, about_binding(repositories), Outcome.REJECTED, ["P04"])
    assert repositories.bindings.in_force() == ()
    end = repositories.bindings.tombstone(bound)
    (case,) = repositories.cases.find("A1")
    assert (end.reason, end.by, end.consents) == (EndReason.REVERIFIED, "lin", ())
    assert end.effective_date == dt.datetime.now(CHINA).date()
    assert end.policy_version == RoundContext(repositories, case).policy_or_none.version
    assert case.outcome is Outcome.APPROVED


def test_papers_are_due_on_the_day_after_their_last(repositories, with_policy, send, verify):
    with_policy(("card_ended: keep", "card_ended: review"))
    form = application(FATHER, CHILD, "child")
    form["member"]["incapacitated"] = True
    certified = reading(
        DocumentKind.INCAPACITY_CERTIFICATE,
        "incapacity.jpg",
        {"name": CHILD.name, "id_number": field(CHILD.number, second=CHILD.number)}
        | {"issue_date": "2026-01-10"},
    )
    papers = [*PAPERS, card(CHILD), emblem("2024-05-10", "2029-05-09"), certified]
    case = send({p.file: n for n, p in enumerate(papers)}, member=form["member"])
    assert verify(case, papers).outcome is Outcome.IN_REVIEW
    decided(repositories, repositories.reviews.find(case.round_id, "application"), Outcome.APPROVED)
    (state,) = [repositories.bindings.state(b) for b in repositories.bindings.in_force()]
    days = RoundContext(repositories, case).policy_or_none.validity.incapacity_days

    def due(*, month_before):
        today = month_before - REVERIFIED_WITHIN
        return {d.subject: d.on for d in due_within_month(repositories, case, state, today)}

    incapacity = dt.date(2026, 1, 10) + dt.timedelta(days=days + 1)
    assert due(month_before=incapacity - dt.timedelta(days=1)) == {}
    assert due(month_before=incapacity) == {"incapacity_ended": incapacity}
    card_ended = dt.date(2029, 5, 10)
    assert "card_ended" not in due(month_before=card_ended - dt.timedelta(days=1))
    assert due(month_before=card_ended)["card_ended"] == card_ended


def test_a_policy_may_leave_grown_up_minors_alone(repositories, with_policy, bound):
    with_policy(("turned_adult: review", "turned_adult: keep"))
    assert reverify_bindings(repositories, GROWN_UP) == (0, 0, 0)


@pytest.fixture
def newborn(send, verify, repositories):
    """A child without a number, bound by the certificate of its birth on 6 May 2019."""

    agreed = {"version": "2026-01", "agreed_at": "2026-11-20T09:22:00+08:00"}

    number = "T330012345"

    def bound(**readings):
        form = {
            "binding_method": "birth_certificate",
            "member": {
                "name": CHILD.name,
                "id_number": None,
                "birth_certificate_number": number,
                "insured_region": "330100",
                "insurance_type": "resident",
            },
            "consents": [agreed | {"kind": kind} for kind in ("notice", "commitment")]
            + [agreed | {"kind": "guardian", "by": "mother"}],
        }
        case = send({"birth.jpg": 4}, **form)
        verify(case, [birth(CHILD, MOTHER, FATHER, certificate_number=number, **readings)])
        return case

    return bound


def test_a_member_bound_by_certificate_is_noticed_on_growing_up(repositories, newborn):
    newborn()
    (binding_id,) = repositories.bindings.in_force()
    names = repositories.bindings.names(repositories.bindings.get(binding_id))
    assert names.member_birth_date == CHILD.born
    assert CHILD.born.isoformat() not in repositories.bindings.get(binding_id).model_dump_json()
    day_before = dt.datetime(2035, 5, 5, 12, tzinfo=CHINA)
    assert reverify_bindings(repositories, day_before).reviews == 0
    assert reverify_bindings(repositories, day_before + dt.timedelta(days=1)).reviews == 1


def test_a_birth_date_that_nobody_read_is_noticed_late_rather_than_never(repositories, newborn):
    case = newborn(birth_time=field(None, 0.2))
    review = repositories.reviews.find(case.round_id, "application")
    assert repositories.cases.get(case.round_id).outcome is Outcome.IN_REVIEW
    decided(repositories, review, Outcome.APPROVED)
    (binding_id,) = repositories.bindings.in_force()
    first = repositories.bindings.get(binding_id).effective_date
    assert (
        repositories.bindings.names(repositories.bindings.get(binding_id)).member_birth_date is None
    )
    grown = dt.datetime(first.year + 16, first.month, first.day, 12, tzinfo=CHINA)
    assert reverify_bindings(repositories, grown - dt.timedelta(days=1)).reviews == 0
    assert reverify_bindings(repositories, grown).reviews == 1
