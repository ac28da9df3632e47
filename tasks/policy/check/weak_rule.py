"""A rule that holds and yet is not what its author can have meant, as a fault of its file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.intake.application import Product
from models.policy.policy import Rules
from models.policy.policy_fault import FaultLevel, PolicyFault
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import PolicyFile


class WeakRule(NamedTuple):
    """A key of a policy file, and in both languages what is wrong and how to mend it."""

    where: tuple[str, ...]
    zh: str
    en: str


Judge = Callable[[PolicyFile, Rules], Iterator[WeakRule]]
"""Looks at what a file writes in one group, and at the rules in force with it."""


def judge_groups(
    policies: PolicyRepository, checked: Sequence[PolicyFile], judges: Mapping[str, Judge]
) -> Iterator[PolicyFault]:
    """What judges find in the groups that some files write, for each product.

    Args:
        policies: These files and all others beside them; each of these must resolve.
        checked: The files that are asked about.
        judges: By the group of rules that each looks at.
    """
    for file in checked:
        day = file.body["effective_from"]
        for product in (None, *Product):
            own = file.at(day, product)
            rules = policies.resolve(file, day, product)
            for group, judge in judges.items():
                if group in own.body:
                    found = judge(own, rules)
                    yield from (weak_fault(own, one) for one in found if own.line(one.where))


def weak_fault(file: PolicyFile, weak: WeakRule) -> PolicyFault:
    """A weak rule as a fault on its line."""
    return PolicyFault(
        file=file.path.name,
        line=file.line(weak.where),
        key=".".join(weak.where),
        level=FaultLevel.WEAK,
        zh=weak.zh,
        en=weak.en,
    )
