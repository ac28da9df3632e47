"""Whether one person is enough."""

from collections.abc import Collection

from models.checks.finding import CheckVerdict
from models.checks.reason import Severity
from models.decision.decision import Decision, Outcome
from models.intake.application import Product
from models.kinship.claim import KinshipAnswer
from models.policy.measures import ReviewRules


def needs_second_person(
    rules: ReviewRules,
    reasons: Collection[str],
    product: Product | None,
    chosen: Outcome,
    machine: Decision,
) -> bool:
    """Whether policy, or what an approval would overrule, asks for a second person.

    Args:
        rules: The policy's.
        reasons: The codes for which the case lies before people.
        product: What the binding is for.
        chosen: What the first person decided.
        machine: What the checks say now, corrections included.
    """
    by_policy = bool(rules.four_eyes_codes & set(reasons))
    by_policy |= len(reasons) >= rules.four_eyes_from_reasons
    if chosen is not Outcome.APPROVED:
        return by_policy
    return by_policy or product in rules.four_eyes_products or overrules(machine)


def overrules(machine: Decision) -> bool:
    """Whether an approval would go against a failed check or without a proof of kinship."""
    failed = any(
        f.verdict is CheckVerdict.FAILED and f.severity is Severity.ERROR for f in machine.findings
    )
    proven = machine.relationship is not None and (
        machine.relationship.answer is KinshipAnswer.PROVEN
    )
    return failed or not proven
