"""Everything that the checks of one application answered, under one policy."""

from models.checks.finding import CheckResult
from models.kinship.claim import KinshipVerdict
from models.record import Record


class CheckReport(Record):
    """The answers of all checks, in their numbered order.

    Attributes:
        policy_version: The policy under which they were asked.
        results: One answer per check.
        kinship: What the papers say about the relation; None where the form claims none that
            could be bound.
    """

    policy_version: str
    results: tuple[CheckResult, ...]
    kinship: KinshipVerdict | None = None
