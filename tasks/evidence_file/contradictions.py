"""Nothing is signed that the audit log contradicts."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.errors import IntegrityError
from storage.bootstrap import Repositories
from tasks.reconciliation.compare_history import compare_history

_TOLD: Final = frozenset(
    {
        DiscrepancyKind.FORM_LOST,
        DiscrepancyKind.UPLOAD_LOST,
        DiscrepancyKind.READINGS_LOST,
        DiscrepancyKind.FACES_LOST,
        DiscrepancyKind.CHECKS_LOST,
        DiscrepancyKind.BINDING_LOST,
        DiscrepancyKind.TOMBSTONE_LOST,
    }
)


class ContradictedRecordError(IntegrityError):
    """What is kept of an application is not what the audit log says.

    Attributes:
        discrepancies: What does not agree.
    """

    def __init__(self, discrepancies: Sequence[Discrepancy]) -> None:
        """Say which parts disagree, in both languages, and what to do."""
        zh = "；".join(dict.fromkeys(_told(d.fault.zh, d.detail) for d in discrepancies))
        en = "; ".join(dict.fromkeys(_told(d.fault.value, d.detail) for d in discrepancies))
        super().__init__(
            f"未签发：所存内容与审计记录矛盾（{zh}）。请运行 kinbind reconcile 并按审计手册处理。"
            f" Not signed: what is kept contradicts the audit log ({en})."
            " Run kinbind reconcile and follow docs/audit.md."
        )
        self.discrepancies = tuple(discrepancies)


def _told(name: str, detail: str) -> str:
    return f"{name} {detail}" if detail else name


def _is_told(fault: Discrepancy) -> bool:
    """Whether the file itself says that this is missing: a loss is no contradiction."""
    return fault.fault in _TOLD and not fault.detail


def refuse_contradictions(repositories: Repositories, application_id: str) -> None:
    """Hold everything that is kept of an application against its events; rounds under way too.

    Raises:
        ContradictedRecordError: Something does not agree.
    """
    found = compare_history(
        repositories,
        application_id,
        lambda case: case.outcome is not None,
        dt.datetime.now(dt.UTC),
        pictures=True,
    )
    if discrepancies := tuple(fault for fault in found if not _is_told(fault)):
        raise ContradictedRecordError(discrepancies)
