"""A row that holds what none can hold is one difference; the rest is compared all the same."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.errors import IntegrityError


def as_far_as_readable(
    subject: str, compare: Callable[[], Iterable[Discrepancy]]
) -> Iterator[Discrepancy]:
    """What a comparison finds, up to the first row that cannot be read, which is named.

    Args:
        subject: What is compared.
        compare: Asks the database only while its answer is taken.
    """
    try:
        yield from compare()
    except (ValueError, IntegrityError) as error:  # no such word, no JSON, not what was sealed
        kind = DiscrepancyKind.ROW_UNREADABLE
        yield Discrepancy(fault=kind, subject=subject, detail=_column(error))


def _column(error: Exception) -> str:
    """The column whose value nothing can be made of; its value is told nowhere."""
    if not isinstance(error, ValidationError):
        return ""
    return ".".join(str(part) for part in error.errors()[0]["loc"])
