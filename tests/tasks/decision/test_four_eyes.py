import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from models.intake.application import Product
from tasks.decision.four_eyes import needs_second_person, overrules
from tests.tasks.checks.dossiers import SHELF_POLICY, child_in_book, dossier, judged

RULES = SHELF_POLICY.review
PROVEN = judged(child_in_book())


@pytest.mark.parametrize(
    ("codes", "chosen", "needed"),
    [
        pytest.param(["Q05"], Outcome.APPROVED, False, id="a doubt that was cleared"),
        pytest.param(["X20"], Outcome.APPROVED, True, id="a reason that policy names"),
        pytest.param(["X20"], Outcome.REJECTED, True, id="and for a rejection too"),
        pytest.param([f"Q{n}" for n in range(6)], Outcome.RETURNED, True, id="many doubts"),
        pytest.param(["Q05"], Outcome.RETURNED, False, id="a return"),
    ],
)
def test_policy_says_when_two_people_are_needed(codes, chosen, needed):
    product = Product.FAMILY_ACCOUNT
    assert needs_second_person(RULES, codes, product, chosen, PROVEN) is needed


def test_what_is_not_proven_is_never_approved_by_one_person():
    form = child_in_book().application
    unproven = judged(dossier(form.model_dump()))
    given = (RULES, (), Product.FAMILY_ACCOUNT)
    assert needs_second_person(*given, Outcome.APPROVED, unproven)
    assert not needs_second_person(*given, Outcome.RETURNED, unproven)


def test_a_product_can_be_one_for_two_people():
    strict = RULES.model_copy(update={"four_eyes_products": frozenset({Product.MUTUAL_AID})})
    given = (strict, (), Product.MUTUAL_AID, Outcome.APPROVED, PROVEN)
    assert needs_second_person(*given)
    assert Reason.DOCUMENT_USED_ELSEWHERE in strict.four_eyes_codes


@pytest.mark.parametrize(
    ("verdict", "severity", "overruled"),
    [
        (CheckVerdict.FAILED, Severity.ERROR, True),
        (CheckVerdict.FAILED, Severity.WARNING, False),
        (CheckVerdict.CANNOT_TELL, Severity.ERROR, False),
    ],
)
def test_only_a_failed_check_that_is_an_error_is_overruled(verdict, severity, overruled):
    update = {"verdict": verdict, "severity": severity}
    found = finding(Reason.PICTURE_BLURRED).model_copy(update=update)
    assert overrules(PROVEN.model_copy(update={"findings": (found,)})) is overruled
