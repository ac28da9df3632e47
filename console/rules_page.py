"""The page of the rules, written from the code: `python -m console.rules_page > docs/rules.md`."""

import sys
from collections.abc import Iterator

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.checks.rule import RULES, Rule
from tasks.checks import CHECK_NAMES
from tasks.checks.rule_exceptions import (
    ELSEWHERE,
    NEVER_CERTAIN,
    NEVER_IN_DOUBT,
    NO_DOCUMENT_CHECK,
)
from tasks.checks.rule_table import DECLARED

_SEVERITY_ZH = {Severity.ERROR: "错误", Severity.WARNING: "人工", Severity.INFO: "提示"}


def rules_page() -> str:
    """The whole page as Markdown."""
    return "\n".join([*_head(), *_rules(), *_codes(), *_answers(), *_checks()]) + "\n"


def _head() -> Iterator[str]:
    yield "# 规则、检查与原因代码 · Rules, checks and reason codes"
    yield ""
    yield "Written by `python -m console.rules_page > docs/rules.md`; a test keeps it up to date."
    yield "A rule (规则) is what is demanded, a reason code (原因代码) what an applicant is told."
    yield "Both are numbered R01 and on: in this page rules stand in the first table only."


def _rules() -> Iterator[str]:
    yield from (
        "",
        "## 规则 Rules",
        "",
        "| 规则 | 要求 | Demand | 检查 Checks |",
        "|---|---|---|---|",
    )
    for rule in Rule:
        checks = [name for name in CHECK_NAMES if rule in DECLARED[name].rules]
        raised_by = "<br>".join(f"`{name}`" for name in checks) or _why_not(rule)
        yield f"| {rule.value} | {RULES[rule].zh} | {RULES[rule].en} | {raised_by} |"


def _why_not(rule: Rule) -> str:
    why = NO_DOCUMENT_CHECK[rule]
    return f"无材料检查：{why.zh}。No document check: {why.en}."


def _codes() -> Iterator[str]:
    yield from ("", "## 原因代码 Reason codes", "")
    yield from (
        "| 代码 | 原因 | Reason | 级别 | 补件 | 由谁提出 Raised by |",
        "|---|---|---|---|---|---|",
    )
    for code in Reason:
        reason = REASONS[code]
        checks = [name for name in CHECK_NAMES if code in DECLARED[name].codes]
        raised_by = "<br>".join(f"`{name}`" for name in checks)
        if code in ELSEWHERE:
            raised_by = f"{ELSEWHERE[code].zh}。{ELSEWHERE[code].en}."
        mend = "是" if reason.repairable else "否"
        level = _SEVERITY_ZH[reason.severity]
        yield f"| {code.value} | {reason.zh} | {reason.en} | {level} | {mend} | {raised_by} |"


def _answers() -> Iterator[str]:
    """The codes that lack one of the two answers, and why; all others can be raised or doubted."""
    yield from ("", "## 从不存疑与从不认定 Codes that are always, or never, certain", "")
    yield from ("| 代码 | 回答 Answer | 原因 Why |", "|---|---|---|")
    for answer, table in (
        ("从不存疑 never in doubt", NEVER_IN_DOUBT),
        ("从不认定 never certain", NEVER_CERTAIN),
    ):
        for code in (c for c in Reason if c in table):
            yield f"| {code.value} | {answer} | {table[code].zh}。{table[code].en}. |"


def _checks() -> Iterator[str]:
    yield from ("", "## 检查 Checks, in the order in which they are asked", "")
    yield from ("| # | 检查 | Check | 规则 Rules | 代码 Codes |", "|---|---|---|---|---|")
    for number, name in enumerate(CHECK_NAMES, start=1):
        declared = DECLARED[name]
        rules, codes = " ".join(declared.rules), " ".join(declared.codes)
        yield f"| {number} | {declared.zh} | `{name}` | {rules} | {codes} |"


if __name__ == "__main__":
    sys.stdout.write(rules_page())
