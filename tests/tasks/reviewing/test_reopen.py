import datetime as dt

import pytest

from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.reviews.decision_rules import OpinionDraft
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimState
from models.staff.staff_member import StaffMember, StaffRole
from tasks.reviewing.assign import CannotAssignError, assign, release_all
from tasks.reviewing.claims import MayNotJudgeError, claim, claim_next, escalate, skip
from tasks.reviewing.give_opinion import give_opinion
from tasks.reviewing.reopen import CannotReopenError, reopen
from tasks.reviewing.settle_review import settle_review
from tasks.rounds.round_context import RoundContext
from tests.review_steps import opine
from tests.tasks.checks.dossiers import child_in_book, spouse
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

NOW = dt.datetime.now(dt.UTC)
SU = StaffMember(name="su", role=StaffRole.SENIOR, created_at=NOW)
LIN = StaffMember(name="lin", role=StaffRole.REVIEWER, created_at=NOW)
WHY = "家属来电，材料已核实"


@pytest.fixture
def rejected(repositories):
    """An application that one person rejected, in effect."""
    case = decide_dossier(repositories, spouse(identity_route="non_face"), "A1", RECEIVED)
    review_id = repositories.reviews.find(case.round_id, "application").review_id
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    opine(repositories, review_id, "lin", Outcome.REJECTED, ["X20"])
    settle_review(repositories, review_id)
    assert repositories.cases.get(case.round_id).outcome is Outcome.REJECTED
    return review_id


def test_a_rejection_that_a_senior_reopens_is_decided_anew(repositories, rejected):
    review = reopen(repositories, "A1", SU, WHY, now=dt.datetime.now(dt.UTC))
    assert (review.review_id, review.state, review.turn) == (rejected, ReviewState.OPEN, 2)
    assert repositories.cases.find("A1")[0].outcome is Outcome.REJECTED  # until then it stands
    (remark,) = repositories.remarks.of(rejected)
    assert (remark.staff, remark.words) == ("su", WHY)
    with pytest.raises(CannotReopenError):
        reopen(repositories, "A1", SU, WHY, now=dt.datetime.now(dt.UTC))
    claim(repositories, rejected, "wang", StaffRole.REVIEWER)
    opine(repositories, rejected, "wang", Outcome.APPROVED)
    settle_review(repositories, rejected)
    assert repositories.cases.find("A1")[0].outcome is Outcome.APPROVED
    assert len(repositories.bindings.in_force()) == 1
    reopened = [e for e in repositories.audit.events("A1") if e.tag is EventTag.CASE_REOPENED]
    assert [event.actor for event in reopened] == ["su"]
    assert repositories.audit.verify(repositories.archive).intact


def test_who_had_it_reopened_does_not_decide_it_alone(repositories):
    case = decide_dossier(repositories, spouse(identity_route="non_face"), "A1", RECEIVED)
    review_id = repositories.reviews.find(case.round_id, "application").review_id
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    opine(repositories, review_id, "lin", Outcome.RETURNED, ["D01"])
    settle_review(repositories, review_id)
    reopen(repositories, "A1", SU, WHY, now=dt.datetime.now(dt.UTC))
    again = OpinionDraft(outcome=Outcome.RETURNED, codes=("D01",))
    assert claim(repositories, review_id, "su", StaffRole.SENIOR)
    assert give_opinion(repositories, review_id, SU, again).state is ClaimState.NEEDS_SECOND
    assert claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    now = dt.datetime.now(dt.UTC)
    given = give_opinion(repositories, review_id, LIN, again, now=now)
    hold = dt.timedelta(minutes=RoundContext(repositories, case).policy_or_none.review.undo_minutes)
    assert hold
    assert (given.state, given.undo_until) == (ClaimState.DECIDED, now + hold)
    assert repositories.reviews.decided(now + hold - dt.timedelta(seconds=1)) == ()
    assert [r.review_id for r in repositories.reviews.decided(now + hold)] == [review_id]


def test_who_is_a_senior_no_more_decides_no_senior_s_case(repositories, waiting):
    review_id = waiting(1)[0].review_id
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    escalate(repositories, review_id, "lin")
    assert claim(repositories, review_id, "su", StaffRole.SENIOR)
    demoted = SU.model_copy(update={"role": StaffRole.REVIEWER})
    with pytest.raises(MayNotJudgeError):
        give_opinion(repositories, review_id, demoted, OpinionDraft(outcome=Outcome.RETURNED))


def test_a_binding_in_force_is_looked_at_again_and_rests_if_that_is_asked(repositories):
    decide_dossier(repositories, child_in_book(), "A1", RECEIVED)
    (binding,) = repositories.bindings.in_force()
    review = reopen(repositories, "A1", SU, WHY, suspend=True, now=dt.datetime.now(dt.UTC))
    assert repositories.bindings.state(binding).status == "suspended"
    claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)
    opine(repositories, review.review_id, "lin", Outcome.REJECTED, review.codes)
    settle_review(repositories, review.review_id)
    assert repositories.bindings.state(binding).status == "ended"
    with pytest.raises(CannotReopenError):
        reopen(repositories, "A1", SU, WHY, now=dt.datetime.now(dt.UTC))


@pytest.mark.parametrize(
    ("member", "application", "words"),
    [(LIN, "A1", WHY), (SU, "A1", " "), (SU, "A9", WHY)],
    ids=["no senior", "no reason", "no such application"],
)
def test_what_cannot_be_reopened_says_why(repositories, rejected, member, application, words):
    with pytest.raises(CannotReopenError) as refused:
        reopen(repositories, application, member, words, now=NOW)
    assert refused.value.next_step[0].endswith("。")


def test_a_case_goes_to_whom_a_senior_names_and_to_nobody_else(repositories, waiting):
    first, second = (case.review_id for case in waiting(2))
    for name in ("lin", "wang"):
        repositories.staff.add(name, StaffRole.REVIEWER)
    repositories.staff.add("he", StaffRole.AUDITOR)
    with pytest.raises(CannotAssignError):
        assign(repositories, first, LIN, "wang")
    for nobody in ("ghost", "he"):
        with pytest.raises(CannotAssignError):
            assign(repositories, first, SU, nobody)
    claim(repositories, first, "lin", StaffRole.REVIEWER)
    assert assign(repositories, first, SU, "wang").review.holder is None
    assert claim(repositories, first, "lin", StaffRole.REVIEWER) is None
    assert claim_next(repositories, "lin", StaffRole.REVIEWER).review.review_id == second
    assert claim_next(repositories, "wang", StaffRole.REVIEWER).review.review_id == first
    assert release_all(repositories, [first, second], LIN, now=NOW) == 1
    assert release_all(repositories, [first, second], SU, now=NOW) == 1


def test_a_skipped_case_comes_back_the_next_day_and_to_others_at_once(repositories, waiting):
    review_id = waiting(1)[0].review_id
    skip(repositories, review_id, "lin", now=NOW)
    assert claim_next(repositories, "lin", StaffRole.REVIEWER, now=NOW) is None
    tomorrow = NOW + dt.timedelta(days=1)
    assert claim_next(repositories, "lin", StaffRole.REVIEWER, now=tomorrow) is not None
    repositories.claims.free(review_id)
    assert claim_next(repositories, "wang", StaffRole.REVIEWER, now=NOW) is not None
