"""Where database, object store and audit chain do not tell the same."""

from enum import StrEnum

from models.record import Record


class DiscrepancyKind(StrEnum):
    """What does not agree."""

    FORM_LOST = "form_lost"
    UPLOAD_LOST = "upload_lost"
    READINGS_LOST = "readings_lost"
    DECISION_LOST = "decision_lost"
    DECISION_DIFFERS = "decision_differs"
    REVIEW_LOST = "review_lost"
    BINDING_LOST = "binding_lost"
    BINDING_CHANGED = "binding_changed"
    BINDING_UNKNOWN = "binding_unknown"
    BINDING_UNFINISHED = "binding_unfinished"
    BINDING_NOT_APPROVED = "binding_not_approved"
    TOMBSTONE_LOST = "tombstone_lost"
    EVENT_LOST = "event_lost"
    OBJECT_UNKNOWN = "object_unknown"
    CHAIN_BROKEN = "chain_broken"

    @property
    def zh(self) -> str:
        """The fault in Chinese."""
        return _ZH[self]


_ZH = {
    DiscrepancyKind.FORM_LOST: "申请表缺失",
    DiscrepancyKind.UPLOAD_LOST: "上传文件缺失",
    DiscrepancyKind.READINGS_LOST: "识读结果缺失",
    DiscrepancyKind.DECISION_LOST: "决定缺失",
    DiscrepancyKind.DECISION_DIFFERS: "决定与案件库不一致",
    DiscrepancyKind.REVIEW_LOST: "待审核却不在审核队列",
    DiscrepancyKind.BINDING_LOST: "绑定记录缺失",
    DiscrepancyKind.BINDING_CHANGED: "绑定记录被改动",
    DiscrepancyKind.BINDING_UNKNOWN: "绑定记录不在案件库",
    DiscrepancyKind.BINDING_UNFINISHED: "绑定未写完",
    DiscrepancyKind.BINDING_NOT_APPROVED: "绑定的申请未获通过",
    DiscrepancyKind.TOMBSTONE_LOST: "解绑记录缺失",
    DiscrepancyKind.EVENT_LOST: "审计记录缺失",
    DiscrepancyKind.OBJECT_UNKNOWN: "对象无对应案件",
    DiscrepancyKind.CHAIN_BROKEN: "审计链不完整",
}


class Discrepancy(Record):
    """One disagreement.

    Attributes:
        subject: A random identifier: a round, a binding, an object's key.
    """

    fault: DiscrepancyKind
    subject: str
