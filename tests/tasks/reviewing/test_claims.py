import contextlib
import datetime as dt
import functools
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.audit.event import EventTag
from models.clock import CHINA
from models.decision.decision import Outcome
from models.errors import StorageUnavailableError
from models.reviews.claim_rules import (
    LEASE,
    NotHolderError,
    PastTermError,
    lease_is_over,
    may_claim,
)
from models.reviews.review import ReviewState
from models.staff.staff_member import StaffRole
from storage.reviews.queue_queries import QueueOrder
from storage.reviews.review_repository import ReviewMissingError
from tasks.reviewing import claims
from tests.review_steps import opine

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


@pytest.fixture
def claim(repositories):
    def claimed(review_id, staff, role=StaffRole.REVIEWER, now=NOW):
        return claims.claim(repositories, review_id, staff, role, now=now)

    return claimed


@pytest.fixture
def claim_next(repositories):
    def claimed(staff, role=StaffRole.REVIEWER, now=NOW):
        case = claims.claim_next(repositories, staff, role, now=now)
        return case and case.review.review_id

    return claimed


def test_the_case_that_is_due_first_is_next(waiting, claim_next):
    cases = waiting(3)
    taken = [claim_next("ann") for _ in range(4)]
    assert taken == [*(case.review_id for case in cases), None]


def test_eight_reviewers_empty_the_queue_and_each_case_is_one_s(waiting, claim_next):
    opened = [case.review_id for case in waiting(96)]

    def work(name):
        taken = []
        while review_id := claim_next(name):
            taken.append(review_id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(work, "abcdefgh"))
    taken = list(itertools.chain.from_iterable(claimed))
    assert sorted(taken) == sorted(opened)


def test_of_eight_who_claim_one_case_one_has_it(repositories, waiting, claim):
    (case,) = waiting(1)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda who: claim(case.review_id, who), "abcdefgh"))
    (winner,) = [case for case in taken if case]
    assert repositories.reviews.get(case.review_id).holder == winner.review.holder


def test_a_lease_that_ran_out_frees_the_case(repositories, waiting, claim, claim_next):
    review_id = waiting(1)[0].review_id
    claim(review_id, "ann")
    early, late = NOW + LEASE / 2, NOW + LEASE * 2
    assert claim(review_id, "bob", now=early) is None
    assert claim_next("bob", now=early) is None
    assert claim_next("bob", now=late) == review_id
    assert claims.renew_claim(repositories, review_id, "ann", now=late) is None
    with pytest.raises(NotHolderError):
        claims.release(repositories, review_id, "ann")


def test_an_expired_lease_that_nobody_took_is_renewed(repositories, waiting, claim):
    review_id = waiting(1)[0].review_id
    claim(review_id, "ann")
    late = NOW + LEASE * 2
    assert claims.renew_claim(repositories, review_id, "ann", now=late) == late + LEASE
    assert claim(review_id, "bob", now=late) is None


def test_a_holder_can_keep_a_case_longer_and_put_it_back(repositories, waiting, claim, claim_next):
    review_id = waiting(1)[0].review_id
    claim(review_id, "ann")
    later = claim(review_id, "ann", now=NOW + LEASE / 2)
    assert later.review.lease_until == NOW + LEASE * 1.5
    with pytest.raises(NotHolderError):
        claims.release(repositories, review_id, "bob")
    assert repositories.reviews.get(review_id).state is ReviewState.CLAIMED
    claims.release(repositories, review_id, "ann")
    assert repositories.reviews.get(review_id).state is ReviewState.OPEN
    assert claim_next("bob") == review_id


def test_a_postponed_case_is_handed_out_after_its_pause(repositories, waiting, claim, claim_next):
    review_id = waiting(1)[0].review_id
    claim(review_id, "ann")
    with pytest.raises(PastTermError, match="2026-11-20"):
        claims.postpone(repositories, review_id, "ann", 2, now=NOW)
    claims.postpone(repositories, review_id, "ann", 2, past_term=True, now=NOW)  # a Friday
    until = dt.datetime(2026, 11, 24, 9, tzinfo=CHINA)
    assert claim_next("bob", now=until - LEASE) is None
    assert claim_next("bob", now=until) == review_id


@pytest.mark.parametrize(
    ("due", "over"),
    [
        (NOW - dt.timedelta(seconds=1), False),
        (NOW, True),
        (dt.datetime(2026, 11, 23, 8, 59, tzinfo=CHINA), True),
        (dt.datetime(2026, 11, 23, 9, tzinfo=CHINA), False),
    ],
    ids=["over already", "over now", "over before Monday's start", "over as Monday starts"],
)
def test_a_case_rests_past_its_term_only_if_somebody_says_so(repositories, claim, due, over):
    case = repositories.cases.register("A0", "d", batch_id="b", received_at=NOW).round
    review = repositories.reviews.open(case.round_id, ["R03"], opened_at=NOW, due_at=due)
    claim(review.review_id, "ann")
    with pytest.raises(PastTermError) if over else contextlib.nullcontext():
        claims.postpone(repositories, review.review_id, "ann", 1, now=NOW)
    rests = repositories.claims.get(review.review_id).postponed_until is not None
    assert rests is not over


def test_an_escalated_case_is_for_a_senior(repositories, waiting, claim, claim_next):
    review_id = waiting(1)[0].review_id
    claim(review_id, "ann")
    claims.escalate(repositories, review_id, "ann")
    assert claim_next("bob") is None
    assert claim(review_id, "bob") is None
    assert claim_next("su", StaffRole.SENIOR) == review_id


def test_a_case_that_is_not_there_cannot_be_claimed(repositories, claim):
    with pytest.raises(ReviewMissingError):
        claim("0" * 32, "ann")
    with pytest.raises(ReviewMissingError):
        repositories.claims.get("0" * 32)


def test_a_claim_leaves_its_event_and_ten_minutes(repositories, waiting, claim):
    (case,) = waiting(1)
    claim(case.review_id, "ann")
    (event,) = repositories.audit.events("A0")
    assert (event.tag, event.actor) == (EventTag.CASE_CLAIMED, "ann")
    until = (NOW + dt.timedelta(minutes=10)).isoformat()
    assert event.details == {"review_id": case.review_id, "lease_until": until}


def test_each_way_to_give_a_case_back_leaves_its_event(repositories, waiting, claim):
    review_id = waiting(1)[0].review_id
    for give_back, tag in (
        (claims.release, EventTag.CASE_RELEASED),
        (
            functools.partial(claims.postpone, working_days=1, past_term=True, now=NOW),
            EventTag.CASE_POSTPONED,
        ),
        (claims.escalate, EventTag.CASE_ESCALATED),
    ):
        assert claim(review_id, "su", StaffRole.SENIOR)
        give_back(repositories, review_id, "su")
        assert repositories.audit.events("A0")[-1].tag is tag
    (postponed,) = [e for e in repositories.audit.events("A0") if "until" in e.details]
    assert postponed.details["until"] == "2026-11-23"


def test_a_claim_whose_event_cannot_be_written_is_none(repositories, waiting, claim, monkeypatch):
    review_id = waiting(1)[0].review_id

    def fails(*_):
        raise StorageUnavailableError("the disk is full")

    monkeypatch.setattr(repositories.audit, "append_many", fails)
    with pytest.raises(StorageUnavailableError):
        claim(review_id, "ann")
    assert repositories.reviews.get(review_id).holder is None


@pytest.mark.parametrize("role", [StaffRole.REVIEWER, StaffRole.SENIOR])
def test_the_queue_hands_out_what_the_rule_allows(repositories, waiting, role):
    for review in waiting(12):
        number = int(review.application_id[1:])
        if number % 2:
            repositories.claims.hold(review.review_id, "bob", NOW + LEASE * (number % 3 - 1))
        if number % 4 > 1:
            opine_as(repositories, review.review_id, "ann")
        later = NOW + LEASE if number % 5 == 0 else None
        if number % 2 == 0:
            repositories.claims.free(
                review.review_id, postponed_until=later, senior=number % 3 == 0
            )
    for review in repositories.reviews.list():
        case = repositories.claims.get(review.review_id)
        involvement = repositories.claims.involvement(review.review_id, "ann")
        pause_over = case.postponed_until is None or case.postponed_until <= NOW
        expected = (
            may_claim(case, "ann", role, involvement, NOW)
            and lease_is_over(case, NOW)
            and pause_over
        )
        assert handed_out(repositories, review.review_id, role) is expected, review.application_id


def opine_as(repositories, review_id, staff):
    """Give an opinion that decides nothing, whoever holds the case."""
    before = repositories.claims.get(review_id).review
    repositories.claims.hold(review_id, staff, NOW + LEASE)
    opine(repositories, review_id, staff, Outcome.APPROVED, four_eyes=True, at=NOW + LEASE)
    if before.holder and before.lease_until:
        repositories.claims.hold(review_id, before.holder, before.lease_until)


def handed_out(repositories, review_id, role):
    """Whether the queue would ever come to this case: all before it are held meanwhile."""
    handed = set()
    with contextlib.suppress(_RolledBackError), repositories.unit_of_work():
        while found := repositories.claims.next_free("ann", role, QueueOrder.DUE, NOW):
            handed.add(found)
            repositories.claims.hold(found, "eve", NOW + LEASE)
        raise _RolledBackError
    return review_id in handed


class _RolledBackError(Exception):
    """Ends a unit of work that must leave nothing behind."""
