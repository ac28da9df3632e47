import datetime as dt
import itertools
from typing import Any

import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from models.intake.application import Product
from models.kinship.claim import Ambiguity
from models.policy.review_rules import DECISIONS
from models.reviews.claim_rules import Involvement, may_claim
from models.reviews.decision_faults import DecisionFault, FaultKind
from models.reviews.decision_rules import (
    OpinionDraft,
    Standing,
    decision_faults,
    likely_codes,
    needs_second_person,
    newly_in_force,
)
from models.reviews.grounds import (
    AskedPerson,
    Ground,
    GroundKind,
    ManualVerification,
    VerificationChannel,
)
from models.reviews.opinion_rules import ReasonedOutcome, weigh_opinion
from models.reviews.review import ReviewCase, ReviewState
from models.reviews.review_work import ClaimedReview, ClaimState, ReviewNote
from models.staff.staff_member import StaffRole
from tests.tasks.checks.dossiers import SHELF_POLICY, child_in_book, dossier, judged

RULES = SHELF_POLICY.review
PROVEN = judged(child_in_book()).relationship
APPROVED, RETURNED, REJECTED = Outcome.APPROVED, Outcome.RETURNED, Outcome.REJECTED
FAILED, CANNOT_TELL = CheckVerdict.FAILED, CheckVerdict.CANNOT_TELL
NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
HANDED_IN = NOW - dt.timedelta(days=1)


def standing(*found, queued=(), **changed):
    """A case with these findings: (code, verdict)."""
    findings = tuple(finding(Reason(code), verdict=verdict) for code, verdict in found)
    given = {"rules": RULES, "kinship": PROVEN, "product": Product.FAMILY_ACCOUNT}
    return Standing(queued=queued, findings=findings, submitted_at=HANDED_IN, **given | changed)


@pytest.mark.parametrize(
    ("found", "queued", "chosen", "needed"),
    [
        pytest.param([], ["Q05"], APPROVED, False, id="a doubt that was cleared"),
        pytest.param([], ["X20"], APPROVED, True, id="a reason that policy names, cleared by one"),
        pytest.param([("X20", CANNOT_TELL)], ["P01"], APPROVED, True, id="it came to stand later"),
        pytest.param([("X20", CANNOT_TELL)], [], RETURNED, True, id="and for a return too"),
        pytest.param([("P01", FAILED)], ["P01"], APPROVED, True, id="a failed warning"),
        pytest.param([("D14", FAILED)], ["D14"], APPROVED, True, id="another one"),
        pytest.param([("D12", FAILED)], ["D12"], APPROVED, False, id="policy leaves it to one"),
        pytest.param([("P01", CANNOT_TELL)], ["P01"], APPROVED, False, id="a doubt"),
        pytest.param([("X01", FAILED)], [], APPROVED, True, id="a failed error"),
        pytest.param([], [f"Q{n}" for n in range(6)], RETURNED, True, id="many doubts"),
        pytest.param([("D14", FAILED)], [], RETURNED, False, id="a return"),
        pytest.param([("B06", FAILED)], [], REJECTED, True, id="any rejection"),
    ],
)
def test_what_is_in_force_says_when_two_people_are_needed(found, queued, chosen, needed):
    assert needs_second_person(standing(*found, queued=queued), chosen) is needed


ANYBODY = {
    "ann": StaffRole.REVIEWER,
    "bob": StaffRole.REVIEWER,
    "su": StaffRole.SENIOR,
    "wu": StaffRole.SENIOR,
}
SAYINGS = (
    ReasonedOutcome(APPROVED),
    ReasonedOutcome(RETURNED, ("Q05",)),
    ReasonedOutcome(RETURNED, ("D01", "D11")),
    ReasonedOutcome(REJECTED, ("X20",)),
    ReasonedOutcome(REJECTED, ("B06", "X20")),
)  # fmt: skip
SITUATIONS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a doubt": {"found": [("P01", CANNOT_TELL)]},
    "overruled by one": {"found": [("D12", FAILED)]},
    "failed": {"found": [("P01", FAILED)]},
    "grave": {"queued": ["X20"]},
    "many": {"queued": [f"Q{n}" for n in range(6)]},
    "unproven": {"kinship": None},
    "no policy": {"rules": None},
    "corrected": {"sure_reading_corrected": True},
    "returns too": {"rules": RULES.model_copy(update={"four_eyes_outcomes": DECISIONS})},
}


def in_queue(*, senior=False, second=False, holder=None):
    review = ReviewCase(
        review_id="r", round_id="o", application_id="A1", codes=("R03",), opened_at=NOW,
        due_at=NOW, state=ReviewState.CLAIMED if holder else ReviewState.OPEN, holder=holder,
        lease_until=NOW if holder else None,
    )  # fmt: skip
    return ClaimedReview(review=review, senior=senior, second=second)


QUEUED = {(a, b): in_queue(senior=a, second=b) for a in (True, False) for b in (True, False)}


def ways_to_end(stands, *, senior=False, second=False, given=()):
    """Every order in which anybody who may says anything, until the case is decided."""
    for name, role in ANYBODY.items():
        involved = Involvement(gave_opinion=any(name == who for who, _ in given))
        if not may_claim(QUEUED[senior, second], name, role, involved, NOW):
            continue
        for said in SAYINGS:
            two = second or needs_second_person(stands, said.outcome)
            state = weigh_opinion([s for _, s in given], said, second_required=two)
            later = (*given, (name, said))
            if state is ClaimState.DECIDED:
                yield later
            else:
                to_senior = state is ClaimState.NEEDS_SENIOR
                yield from ways_to_end(stands, senior=to_senior, second=True, given=later)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("senior", [False, True], ids=["free", "escalated"])
def test_nothing_is_decided_by_one_person_where_the_policy_asks_for_two(situation, senior):
    changed = dict(SITUATIONS[situation])
    stands = standing(*changed.pop("found", ()), **changed)
    alone = set()
    for given in ways_to_end(stands, senior=senior):
        *before, (last, said) = given
        if not before:
            alone.add(said.outcome)
            continue
        assert last not in {name for name, _ in before}
        assert len(before) <= 2
        if not any(said.agrees_with(earlier) for _, earlier in before):
            # Two who differ leave it to a senior, who is a third person.
            (_, one), (_, other) = before
            assert ANYBODY[last] is StaffRole.SENIOR
            assert not one.agrees_with(other)
    assert alone == {o for o in DECISIONS if not needs_second_person(stands, o)}


def test_nobody_speaks_about_a_case_that_somebody_else_holds():
    for (holder, _), (other, role) in itertools.permutations(ANYBODY.items(), 2):
        held = in_queue(holder=holder)
        assert not may_claim(held, other, role, Involvement(), NOW)
        assert may_claim(held, holder, ANYBODY[holder], Involvement(), NOW)


def test_what_came_to_stand_after_one_person_approved_is_never_passed_over():
    verdicts = {"D12": FAILED, "P01": FAILED, "D14": CANNOT_TELL, "X20": CANNOT_TELL}
    lists = [n for k in range(5) for n in itertools.combinations(verdicts.items(), k)]
    from_two = RULES.model_copy(update={"four_eyes_from_reasons": 2})
    rules = (RULES, from_two, from_two.model_copy(update={"four_eyes_codes": frozenset()}))
    asked = 0
    for said, early, late in itertools.product(rules, lists, lists):
        before, after = standing(*early, rules=said), standing(*{*early, *late}, rules=said)
        if needs_second_person(before, APPROVED):
            continue
        new = newly_in_force(after, [code for code, _ in early])
        assert bool(new) is needs_second_person(after, APPROVED)
        assert new <= {code for code, _ in late}
        asked += bool(new)
    assert asked > 20


def test_one_person_does_not_approve_over_a_sure_reading_by_correcting_it():
    corrected = standing(queued=["R03"], sure_reading_corrected=True)
    assert needs_second_person(corrected, APPROVED)
    assert not needs_second_person(corrected, RETURNED)


def test_what_is_not_proven_is_never_approved_by_one_person():
    unproven = judged(dossier(child_in_book().application.model_dump())).relationship
    assert needs_second_person(standing(kinship=unproven), APPROVED)
    assert needs_second_person(standing(kinship=None), APPROVED)
    assert needs_second_person(standing(rules=None), RETURNED)
    assert not needs_second_person(standing(kinship=unproven), RETURNED)


@pytest.mark.parametrize(
    "stricter",
    [
        {"four_eyes_products": frozenset({Product.FAMILY_ACCOUNT})},
        {"four_eyes_doubts": frozenset({Ambiguity.K6})},
        {"four_eyes_outcomes": frozenset({APPROVED})},
    ],
    ids=["product", "doubt", "outcome"],
)
def test_a_policy_can_ask_for_two_people(stricter):
    doubted = PROVEN.model_copy(update={"presumed": (Ambiguity.K6,)})
    assert not needs_second_person(standing(kinship=doubted), APPROVED)
    strict = RULES.model_copy(update=stricter)
    assert needs_second_person(standing(kinship=doubted, rules=strict), APPROVED)


def ground(code, kind=GroundKind.ORIGINAL, seen="原件与照片一致", register=""):
    return Ground(code=code, kind=kind, seen=seen, register_name=register)


def asked(at=NOW, shown="出示身份证，同意绑定"):
    return ManualVerification(
        asked=AskedPerson.MEMBER, channel=VerificationChannel.VIDEO, at=at, shown=shown
    )


def faults(draft, at, role=StaffRole.REVIEWER, advised=()):
    return {f.kind for f in decision_faults(draft, at, role, advised=advised, now=NOW)}


@pytest.mark.parametrize(
    ("found", "words", "wrong"),
    [
        ([], {}, set()),
        ([("P01", CANNOT_TELL)], {}, {FaultKind.NOTE}),
        ([("P01", CANNOT_TELL)], {"note": "比对图片为同一人"}, set()),
        ([("P01", FAILED)], {"note": "比对图片为同一人"}, {FaultKind.GROUNDS}),
        ([("P01", FAILED)], {"grounds": (ground("D14"),)}, {FaultKind.GROUNDS}),
        ([("P01", FAILED)], {"grounds": (ground("P01", seen="好"),)}, {FaultKind.GROUNDS}),
        ([("P01", FAILED)], {"grounds": (ground("P01", seen="......"),)}, {FaultKind.GROUNDS}),
        ([("P01", CANNOT_TELL)], {"note": "    "}, {FaultKind.NOTE}),
        ([("P01", FAILED)], {"grounds": (ground("P01"),)}, set()),
        (
            [("X02", FAILED)],
            {"grounds": (ground("X02", GroundKind.REGISTER),)},
            {FaultKind.REGISTER},
        ),
        (
            [("X02", FAILED)],
            {"grounds": (ground("X02", GroundKind.REGISTER, register="人口库"),)},
            set(),
        ),
        ([("P06", FAILED)], {"note": "已核实"}, {FaultKind.VERIFICATION}),
        ([("P06", FAILED)], {"verification": asked(shown="好")}, {FaultKind.VERIFICATION}),
        ([("P06", FAILED)], {"verification": asked(shown="－－－－")}, {FaultKind.VERIFICATION}),
        ([("P06", FAILED)], {"verification": asked()}, set()),
        (
            [("P06", FAILED)],
            {"verification": asked(NOW + dt.timedelta(hours=1))},
            {FaultKind.VERIFICATION_TIME},
        ),
        (
            [("P06", FAILED)],
            {"verification": asked(HANDED_IN - dt.timedelta(hours=1))},
            {FaultKind.VERIFICATION_TIME},
        ),
    ],
)
def test_an_approval_says_how_what_failed_was_verified(found, words, wrong):
    draft = OpinionDraft(outcome=APPROVED, words=ReviewNote(**words))
    assert faults(draft, standing(*found)) == wrong


def test_a_form_that_cannot_be_judged_is_not_approved():
    assert faults(OpinionDraft(outcome=APPROVED), standing(has_form=False)) == {FaultKind.FORM}


@pytest.mark.parametrize(
    ("codes", "note", "changed", "wrong"),
    [
        (["Q05"], "看不清楚", {}, {FaultKind.MENDABLE}),
        (["D01", "X02"], "材料不全", {}, {FaultKind.MENDABLE}),
        (["X20"], "", {}, {FaultKind.REJECTION_NOTE}),
        (["X20"], "。。。。", {}, {FaultKind.REJECTION_NOTE}),
        (["X20", "Q05"], "材料与他人相同", {}, set()),
        (["D01"], "三次仍未补齐", {"last_round": True}, set()),
        (["C01"], "已撤回同意", {"about_binding": True, "queued": ("C01",)}, set()),
        (["C01"], "已撤回同意", {}, {FaultKind.MENDABLE}),
        ([], "没有原因", {}, {FaultKind.CODES}),
        (["X20"], "政策缺失", {"rules": None}, set()),
        (["A08"], "无职工账户", {}, set()),
        (["A08"], "当地可补正", {"returned": frozenset({Reason("A08")})}, {FaultKind.MENDABLE}),
    ],
)
def test_a_rejection_rests_on_what_nobody_can_mend_and_says_why(codes, note, changed, wrong):
    draft = OpinionDraft(outcome=REJECTED, codes=codes, words=ReviewNote(note=note))
    assert faults(draft, standing(**changed)) == wrong


@pytest.mark.parametrize(
    ("codes", "advice", "wrong"),
    [
        (["Q05"], {}, {FaultKind.WORDS}),
        (["Q05"], {"Q05": " . "}, {FaultKind.WORDS}),
        (["X08"], {"X08": "请补充更名证明"}, set()),
        (["P06"], {"P06": "请改用人脸核验"}, set()),
        (["D01"], {"D01": "您的号码是330102198803120011"}, {FaultKind.ADVICE}),
        (["X20"], {"X20": "请说明"}, {FaultKind.NOT_MENDABLE}),
        (["X20"], {}, {FaultKind.NOT_MENDABLE}),
        ([], {}, {FaultKind.CODES}),
    ],
)
def test_a_return_tells_the_applicant_what_to_do(codes, advice, wrong):
    draft = OpinionDraft(outcome=RETURNED, codes=codes, words=ReviewNote(advice=advice))
    assert faults(draft, standing()) == wrong


@pytest.mark.parametrize(
    ("found", "returned", "rejected"),
    [
        pytest.param([("R03", CANNOT_TELL)], {"R03"}, set(), id="the only doubt, to be mended"),
        pytest.param([("Q05", CANNOT_TELL), ("X01", CANNOT_TELL)], set(), set(), id="of two, none"),
        pytest.param([("X20", FAILED), ("Q05", FAILED)], {"Q05"}, {"X20"}, id="each its outcome"),
        pytest.param([("P01", FAILED), ("X22", FAILED)], {"P01"}, {"P01", "X22"}, id="a face"),
        pytest.param([("X20", FAILED), ("Q01", CANNOT_TELL)], set(), {"X20"}, id="what failed"),
    ],
)
def test_a_form_ticks_only_what_can_carry_the_outcome(found, returned, rejected):
    stands = standing(*found)
    assert likely_codes(stands, RETURNED) == returned
    assert likely_codes(stands, REJECTED) == rejected


def test_a_role_decides_what_policy_lets_it_decide():
    narrow = RULES.model_copy(update={"role_outcomes": {StaffRole.REVIEWER: frozenset({RETURNED})}})
    draft = OpinionDraft(outcome=APPROVED)
    assert faults(draft, standing(rules=narrow)) == {FaultKind.ROLE}
    assert faults(draft, standing(), StaffRole.AUDITOR) == {FaultKind.ROLE}
    assert faults(OpinionDraft(outcome=Outcome.IN_REVIEW), standing()) == {FaultKind.OUTCOME}


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("codes", [(), ("X20", "Q05")])
def test_every_fault_says_in_both_languages_what_to_do(kind, codes):
    fault = DecisionFault(kind=kind, codes=codes)
    assert (fault.zh[-1], fault.en[-1]) == ("。", ".")
    assert fault.en.isascii()
    assert all(code in fault.zh and code in fault.en for code in codes)


def test_a_note_is_no_obstacle_and_a_warning_is():
    shown = finding(Reason.MINOR_WITHOUT_FACE)
    assert shown.severity is Severity.INFO
    case = standing(("P05", FAILED), ("D14", FAILED))
    assert case.failed == ("D14",)
