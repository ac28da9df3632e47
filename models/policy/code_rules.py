"""What each reason leads to."""

from collections.abc import Set as AbstractSet
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from models.checks.reason import Reason
from models.policy.rule_group import RuleGroup

MACHINE_MAY_REJECT: Final = frozenset(
    {
        *(
            Reason.RELATIONSHIP_NOT_ELIGIBLE,
            Reason.CHANNEL_NOT_OFFERED,
            Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT,
            Reason.APPLICANT_LIMIT_REACHED,
            Reason.MEMBER_LIMIT_REACHED,
            Reason.ALREADY_BOUND,
            Reason.NOTHING_TO_UNBIND,
            Reason.BINDING_ONESELF,
        ),
        # Nobody answered: there is nothing that a person could see differently.
        Reason.RETURN_NOT_ANSWERED,
    }
)
"""No policy file can let the machine reject for anything else."""


def _listed(codes: AbstractSet[Reason]) -> str:
    return " ".join(sorted(codes)) or "none"


CodeList = Literal["rejected", "returned", "reviewed", "noted"]


class CodeRules(RuleGroup):
    """What a failed reason leads to. Every code stands in exactly one list.

    Attributes:
        rejected: Final, by the machine alone.
        returned: The applicant can mend it.
        reviewed: A person decides.
        noted: Changes nothing.
        changes: Single codes that a file moves to another list; the lists above hold them there
            already (see `storage.policy.merge`).
    """

    rejected: frozenset[Reason]
    returned: frozenset[Reason]
    reviewed: frozenset[Reason]
    noted: frozenset[Reason]
    changes: dict[Reason, CodeList] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        lists = (self.rejected, self.returned, self.reviewed, self.noted)
        missing = set(Reason) - frozenset().union(*lists)
        doubled = {c for c in Reason if sum(c in one for one in lists) > 1}
        if missing or doubled:
            msg = (
                f"未列入的代码：{_listed(missing)}；重复的代码：{_listed(doubled)}。"
                "只改个别代码时，用 changes 代替整个列表，如 changes: {D12: returned}。"
                f" / codes in no list: {_listed(missing)}; in several: {_listed(doubled)};"
                " to move single codes write changes: {D12: returned} instead of a list"
            )
            raise ValueError(msg)
        if forbidden := self.rejected - MACHINE_MAY_REJECT:
            msg = (
                f"不得由机器直接拒绝：{_listed(forbidden)}；请移至 returned 或 reviewed。"
                f" / the machine alone must not reject for {_listed(forbidden)}"
            )
            raise ValueError(msg)
        return self
