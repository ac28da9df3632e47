"""Where database, object store and audit log do not tell the same."""

from enum import StrEnum

from models.record import Record


class DiscrepancyKind(StrEnum):
    """What does not agree."""

    ROUND_LOST = "round_lost"
    ROUND_DIFFERS = "round_differs"
    ROUND_UNDECIDED = "round_undecided"
    ROW_UNREADABLE = "row_unreadable"
    FORM_LOST = "form_lost"
    FORM_CHANGED = "form_changed"
    UPLOAD_LOST = "upload_lost"
    UPLOAD_CHANGED = "upload_changed"
    READINGS_LOST = "readings_lost"
    READINGS_CHANGED = "readings_changed"
    STATED_LOST = "stated_lost"
    STATED_CHANGED = "stated_changed"
    FACES_LOST = "faces_lost"
    FACES_CHANGED = "faces_changed"
    CHECKS_LOST = "checks_lost"
    CHECKS_CHANGED = "checks_changed"
    DECISION_LOST = "decision_lost"
    DECISION_CHANGED = "decision_changed"
    DECISION_DIFFERS = "decision_differs"
    FINDINGS_DIFFER = "findings_differ"
    DOCUMENTS_DIFFER = "documents_differ"
    PORTRAIT_LOST = "portrait_lost"
    PORTRAIT_CHANGED = "portrait_changed"
    FIGURES_DIFFER = "figures_differ"
    MATCH_KEYS_DIFFER = "match_keys_differ"
    WITHDRAWAL_LOST = "withdrawal_lost"
    CORRECTIONS_DIFFER = "corrections_differ"
    REMARK_LOST = "remark_lost"
    DRAFT_CHANGED = "draft_changed"
    VIEW_LOST = "view_lost"
    SUBMISSION_LOST = "submission_lost"
    NOTICE_LOST = "notice_lost"
    NOTICE_CHANGED = "notice_changed"
    NOTICE_UNKNOWN = "notice_unknown"
    DELIVERY_UNRECORDED = "delivery_unrecorded"
    ACCOUNT_LOST = "account_lost"
    ACCOUNT_DIFFERS = "account_differs"
    ACCOUNT_UNKNOWN = "account_unknown"
    SESSION_UNKNOWN = "session_unknown"
    API_KEY_LOST = "api_key_lost"
    API_KEY_DIFFERS = "api_key_differs"
    API_KEY_UNKNOWN = "api_key_unknown"
    POLICY_LOST = "policy_lost"
    POLICY_CHANGED = "policy_changed"
    REVIEW_LOST = "review_lost"
    REVIEW_DIFFERS = "review_differs"
    OPINIONS_DIFFER = "opinions_differ"
    BINDING_LOST = "binding_lost"
    BINDING_CHANGED = "binding_changed"
    BINDING_DIFFERS = "binding_differs"
    BINDING_UNKNOWN = "binding_unknown"
    BINDING_UNFINISHED = "binding_unfinished"
    BINDING_NOT_APPROVED = "binding_not_approved"
    TOMBSTONE_LOST = "tombstone_lost"
    TOMBSTONE_CHANGED = "tombstone_changed"
    DELETION_UNRECORDED = "deletion_unrecorded"
    EVENT_LOST = "event_lost"
    EVENT_CHANGED = "event_changed"
    OBJECT_UNKNOWN = "object_unknown"
    CHAIN_BROKEN = "chain_broken"
    ROOT_LOST = "root_lost"

    @property
    def zh(self) -> str:
        """The fault in Chinese."""
        return _ZH[self]


_ZH = {
    DiscrepancyKind.ROUND_LOST: "案件记录缺失",
    DiscrepancyKind.ROUND_DIFFERS: "案件记录与审计记录不一致",
    DiscrepancyKind.ROW_UNREADABLE: "数据库中有读不出的值",
    DiscrepancyKind.ROUND_UNDECIDED: "收件后超过一天仍无办理结果",
    DiscrepancyKind.FORM_LOST: "申请表缺失",
    DiscrepancyKind.FORM_CHANGED: "申请表被改动",
    DiscrepancyKind.UPLOAD_LOST: "上传文件缺失",
    DiscrepancyKind.UPLOAD_CHANGED: "上传文件被改动",
    DiscrepancyKind.READINGS_LOST: "识读结果缺失",
    DiscrepancyKind.READINGS_CHANGED: "识读结果被改动",
    DiscrepancyKind.STATED_LOST: "申报值比对结果缺失",
    DiscrepancyKind.STATED_CHANGED: "申报值比对结果被改动",
    DiscrepancyKind.FACES_LOST: "人脸比对结果缺失",
    DiscrepancyKind.FACES_CHANGED: "人脸比对结果被改动",
    DiscrepancyKind.CHECKS_LOST: "核验结果缺失",
    DiscrepancyKind.CHECKS_CHANGED: "核验结果被改动",
    DiscrepancyKind.DECISION_LOST: "决定缺失",
    DiscrepancyKind.DECISION_CHANGED: "决定被改动",
    DiscrepancyKind.DECISION_DIFFERS: "决定与案件库不一致",
    DiscrepancyKind.FINDINGS_DIFFER: "案件库中的问题清单与决定不一致",
    DiscrepancyKind.DOCUMENTS_DIFFER: "案件库中的材料清单与识读结果不一致",
    DiscrepancyKind.PORTRAIT_LOST: "证件人像缺失",
    DiscrepancyKind.PORTRAIT_CHANGED: "证件人像被改动",
    DiscrepancyKind.FIGURES_DIFFER: "统计数据与审计记录不一致",
    DiscrepancyKind.MATCH_KEYS_DIFFER: "比对索引与审计记录不一致",
    DiscrepancyKind.WITHDRAWAL_LOST: "撤回同意的记录缺失或被改动",
    DiscrepancyKind.CORRECTIONS_DIFFER: "人工更正与审计记录不一致",
    DiscrepancyKind.REMARK_LOST: "办理说明缺失",
    DiscrepancyKind.DRAFT_CHANGED: "审核草稿被改动",
    DiscrepancyKind.VIEW_LOST: "查阅记录缺失",
    DiscrepancyKind.SUBMISSION_LOST: "接口提交记录缺失或被改动",
    DiscrepancyKind.NOTICE_LOST: "通知缺失",
    DiscrepancyKind.NOTICE_CHANGED: "通知被改动",
    DiscrepancyKind.NOTICE_UNKNOWN: "通知在审计记录中无依据",
    DiscrepancyKind.DELIVERY_UNRECORDED: "标为已送达或已放弃，审计记录中却没有",
    DiscrepancyKind.ACCOUNT_LOST: "人员账号缺失",
    DiscrepancyKind.ACCOUNT_DIFFERS: "人员账号与审计记录不一致",
    DiscrepancyKind.ACCOUNT_UNKNOWN: "人员账号在审计记录中无依据",
    DiscrepancyKind.SESSION_UNKNOWN: "登录会话在审计记录中无依据",
    DiscrepancyKind.API_KEY_LOST: "接口密钥缺失",
    DiscrepancyKind.API_KEY_DIFFERS: "接口密钥与审计记录不一致",
    DiscrepancyKind.API_KEY_UNKNOWN: "接口密钥在审计记录中无依据",
    DiscrepancyKind.POLICY_LOST: "政策文件缺失",
    DiscrepancyKind.POLICY_CHANGED: "政策文件自上次核对后有改动，请确认是否经批准",
    DiscrepancyKind.REVIEW_LOST: "待审核却不在审核队列",
    DiscrepancyKind.REVIEW_DIFFERS: "审核记录与审计记录不一致",
    DiscrepancyKind.OPINIONS_DIFFER: "审核意见与审计记录不一致",
    DiscrepancyKind.BINDING_LOST: "绑定记录缺失",
    DiscrepancyKind.BINDING_CHANGED: "绑定记录被改动",
    DiscrepancyKind.BINDING_DIFFERS: "绑定登记与审计记录不一致",
    DiscrepancyKind.BINDING_UNKNOWN: "绑定记录不在案件库",
    DiscrepancyKind.BINDING_UNFINISHED: "绑定未写完",
    DiscrepancyKind.BINDING_NOT_APPROVED: "绑定的申请未获通过",
    DiscrepancyKind.TOMBSTONE_LOST: "解绑记录缺失",
    DiscrepancyKind.TOMBSTONE_CHANGED: "解绑记录被改动",
    DiscrepancyKind.DELETION_UNRECORDED: "标为已删除，审计记录中却无删除",
    DiscrepancyKind.EVENT_LOST: "审计记录缺失",
    DiscrepancyKind.EVENT_CHANGED: "审计记录被改动",
    DiscrepancyKind.OBJECT_UNKNOWN: "对象无对应案件",
    DiscrepancyKind.CHAIN_BROKEN: "审计链不完整",
    DiscrepancyKind.ROOT_LOST: "已公布的树根缺失",
}


class Discrepancy(Record):
    """One disagreement.

    Attributes:
        subject: A random identifier: a round, a binding, an object's key.
        detail: Which part of it, e.g. the column that differs; empty where the whole is meant.
    """

    fault: DiscrepancyKind
    subject: str
    detail: str = ""
