import datetime as dt

import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from models.intake.application import Product
from models.kinship.claim import Ambiguity
from models.reviews.decision_faults import DecisionFault, FaultKind
from models.reviews.decision_rules import (
    OpinionDraft,
    Standing,
    decision_faults,
    needs_second_person,
)
from models.reviews.grounds import (
    AskedPerson,
    Ground,
    GroundKind,
    ManualVerification,
    VerificationChannel,
)
from models.reviews.review_work import ReviewNote
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
        ([], {}, {FaultKind.CODES}),
    ],
)
def test_a_return_tells_the_applicant_what_to_do(codes, advice, wrong):
    draft = OpinionDraft(outcome=RETURNED, codes=codes, words=ReviewNote(advice=advice))
    assert faults(draft, standing()) == wrong


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
