from pathlib import Path

from console.rules_page import rules_page
from models.checks.reason import Reason
from models.checks.rule import RULES, Rule
from tasks.checks import CHECK_NAMES, CHECKS
from tasks.checks.rule_exceptions import ELSEWHERE, NO_DOCUMENT_CHECK
from tasks.checks.rule_table import DECLARED

ROOT = Path(__file__).parents[3]


def test_every_check_declares_itself_in_the_order_of_asking():
    assert tuple(DECLARED) == CHECK_NAMES
    assert len(CHECKS) == len(set(CHECK_NAMES))


def test_every_code_is_raised_by_a_check_or_said_to_come_from_elsewhere():
    raised = {code for said in DECLARED.values() for code in said.codes}
    assert raised | set(ELSEWHERE) == set(Reason)
    assert not raised & set(ELSEWHERE)
    assert len(Reason) == 70


def test_every_rule_is_enforced_by_a_check_or_said_to_need_none():
    enforced = {rule for said in DECLARED.values() for rule in said.rules}
    assert enforced | set(NO_DOCUMENT_CHECK) == set(Rule) == set(RULES)
    assert not enforced & set(NO_DOCUMENT_CHECK)
    assert len(Rule) == 35


def test_the_page_of_the_rules_is_up_to_date():
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert page == rules_page(), "run: python -m console.rules_page > docs/rules.md"
