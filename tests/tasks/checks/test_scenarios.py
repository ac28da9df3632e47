"""Facts on the left, the codes and the outcome that must follow on the right: scenarios.yaml."""

from collections import Counter

import pytest

from models.decision import Outcome
from models.kinship import KinshipAnswer
from tasks.checks.rule_table import DECLARED
from tests.tasks.checks.dossiers import codes
from tests.tasks.checks.scenario import BOOK, ROWS, checked, judged


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in ROWS])
def test_facts_lead_to_their_codes_and_outcome(row):
    decision = judged(row)
    told = f"{decision.outcome.value} {sorted(codes(decision))}"
    assert codes(decision) == set(row.get("codes", [])), told
    assert decision.outcome is Outcome(row["then"]), told
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
