"""A province's draft of a policy, and what is said about it."""

from pathlib import Path

from models.policy.policy_fault import FaultLevel, PolicyFault
from tasks.policy.check.check_policies import check_policies

FOLDER = Path(__file__).parents[4] / "policies"
HEAD = 'name: zhejiang\nregion: "33"\neffective_from: 2021-04-22\nextends: national\n'
LIMITS = (
    "limits:\n  source: a notice\n  effective_from: 2021-04-22\n"
    "  max_bound_per_applicant: 3\n  sources: {max_bound_per_applicant: limits-weak}\n"
)


def found(folder: Path, body: str, *, head: str = HEAD) -> list[PolicyFault]:
    """What is said about a province's draft, notes left out."""
    draft = folder / "zhejiang.yaml"
    draft.write_text(head + body, "utf-8")
    faults = check_policies([draft], folder).faults
    return [fault for fault in faults if fault.level is not FaultLevel.NOTE]


def group(name: str, *lines: str, first: str = "2021-04-22", cite: str = '"*": design') -> str:
    body = "".join(f"  {line}\n" for line in lines)
    return f"{name}:\n  source: a notice\n  effective_from: {first}\n  sources: {{{cite}}}\n{body}"
