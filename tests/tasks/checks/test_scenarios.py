"""Facts on the left, the codes and the outcome that must follow on the right: scenarios.yaml."""

from collections import Counter
from pathlib import Path

import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.kinship.claim import KinshipAnswer
from tasks.checks.rule_exceptions import ELSEWHERE, NEVER_CERTAIN, NEVER_IN_DOUBT
from tasks.checks.rule_table import DECLARED
from tests.tasks.checks.dossiers import codes
from tests.tasks.checks.scenario import BOOK, ROWS, checked, judged


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in ROWS])
def test_facts_lead_to_their_codes_and_outcome(row):
    decision = judged(row)
    told = f"{decision.outcome.value} {sorted(codes(decision))}"
    assert codes(decision) == set(row.get("codes", [])), told
    assert decision.outcome is Outcome(row["then"]), told
    assert decision.findings or decision.outcome is Outcome.APPROVED, "no reason is told"
    notes = {f.code.value for f in decision.findings if f.severity.value == "info"}
    assert set(row.get("notes", [])) <= notes


def test_the_names_of_the_scenarios_are_their_own():
    assert [name for name, n in Counter(row["name"] for row in ROWS).items() if n > 1] == []
    assert len(ROWS) >= 200


def test_every_base_is_an_honest_application():
    for name, base in BOOK["bases"].items():
        decision = judged({"base": name})
        assert decision.outcome is Outcome.APPROVED, (name, codes(decision))
        assert decision.relationship is not None
        assert decision.relationship.answer is KinshipAnswer.PROVEN
        assert decision.relationship.claimed == base["claims"]


def test_checks_raise_what_they_declare_and_nothing_else():
    raised: dict[str, set[str]] = {name: set() for name in DECLARED}
    for row in ROWS:
        for result in checked(row).results:
            raised[result.check] |= {f.code.value for f in result.findings}
    undeclared = {n: c - {k.value for k in DECLARED[n].codes} for n, c in raised.items()}
    assert {n: c for n, c in undeclared.items() if c} == {}
    unseen = {n: {k.value for k in said.codes} - raised[n] for n, said in DECLARED.items()}
    assert {n: c for n, c in unseen.items() if c} == {}


def test_every_code_has_a_row_that_raises_it_one_that_nearly_does_and_one_that_cannot_tell():
    raised, doubted, neared = set[Reason](), set[Reason](), set[Reason]()
    for row in ROWS:
        decision = judged(row)
        near = {Reason(code) for code in row.get("near", [])}
        assert not {code.value for code in near} & codes(decision), row["name"]
        neared |= near
        for found in decision.findings:
            as_note = found.severity is Severity.INFO
            if as_note and REASONS[found.code].severity is not Severity.INFO:
                continue
            (doubted if found.verdict is CheckVerdict.CANNOT_TELL else raised).add(found.code)
    here = set(Reason) - set(ELSEWHERE)
    warnings = {code for code in here if REASONS[code].severity is Severity.WARNING}
    assert here - raised == set(NEVER_CERTAIN)
    assert here - doubted - (raised & warnings) == set(NEVER_IN_DOUBT)
    assert here - neared == set()


def test_codes_that_no_check_raises_have_tests_of_their_own():
    """Raised, and nearly raised: the names of the tests, held to the files."""
    folder = Path(__file__).parents[1]
    told = {
        Reason.REVIEW_OVERDUE: ("a_review_whose_term_is_over_is_escalated_once",),
        Reason.RETURN_NOT_ANSWERED: (
            "an_unanswered_return_expires_once_and_the_applicant_is_told_why",
            "a_return_that_was_answered_does_not_expire",
            "a_policy_may_put_an_expired_return_before_a_person",
        ),
        Reason.NOTHING_TO_UNBIND: (
            "what_is_not_bound_cannot_be_undone",
            "before_its_least_term_a_binding_stays_unless_it_was_an_error",
        ),
    }
    text = "".join(path.read_text("utf-8") for path in folder.rglob("test_*.py"))
    assert set(told) == set(ELSEWHERE)
    assert [t for names in told.values() for t in names if f"def test_{t}(" not in text] == []
