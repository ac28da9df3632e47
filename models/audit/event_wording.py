"""What the audit log's events are called where people read them."""

from types import MappingProxyType
from typing import Final

from models.audit.event import EventTag

_WORDS: Final = MappingProxyType(
    {
        EventTag.APPLICATION_RECEIVED: ("收件", "taken in"),
        EventTag.APPLICATION_REFUSED: ("收件，表单不可用", "taken in, form unusable"),
        EventTag.APPLICATION_SUBMITTED: ("接口提交", "handed in by a program"),
        EventTag.FILE_KEPT: ("存档文件", "file kept"),
        EventTag.CONSENT_WITHDRAWN: ("撤回同意", "consent taken back"),
        EventTag.OBJECTION_RECEIVED: ("收到异议", "objection received"),
        EventTag.OBJECTION_ENTERED: ("代录异议", "objection entered by a clerk"),
        EventTag.RETURN_ANSWERED: ("收到补件", "return answered"),
        EventTag.CLOCK_PAUSED: ("期限中止", "clock paused"),
        EventTag.CLOCK_RESUMED: ("期限恢复", "clock resumed"),
        EventTag.CASE_REOPENED: ("重新审核", "put before people again"),
        EventTag.TERM_MOVED: ("期限调整", "term moved"),
        EventTag.DOCUMENT_READ: ("读取材料", "paper read"),
        EventTag.SELFIE_COMPARED: ("人脸比对", "faces compared"),
        EventTag.RELATION_DERIVED: ("推导关系", "kinship derived"),
        EventTag.APPLICATION_CHECKED: ("核验规则", "rules checked"),
        EventTag.APPLICATION_RETRIED: ("重新交由机器核验", "given to the machine again"),
        EventTag.APPLICATION_DECIDED: ("机器判定", "machine decided"),
        EventTag.CASE_OPENED: ("转人工", "put before people"),
        EventTag.CASE_VIEWED: ("查看案件", "case viewed"),
        EventTag.CASE_CLAIMED: ("领取", "claimed"),
        EventTag.CASE_RELEASED: ("退回待办", "put back"),
        EventTag.CASE_POSTPONED: ("暂缓", "postponed"),
        EventTag.CASE_SAMPLED: ("抽检", "sampled"),
        EventTag.DISAGREEMENT_CLOSED: ("分歧处理", "disagreement closed"),
        EventTag.OPINION_GIVEN: ("提出意见", "opinion given"),
        EventTag.OPINION_WITHDRAWN: ("撤回意见", "opinion taken back"),
        EventTag.CASE_ASSIGNED: ("指派", "assigned"),
        EventTag.CASE_SKIPPED: ("本人跳过", "skipped by one person"),
        EventTag.SESSION_OPENED: ("登录", "signed in"),
        EventTag.SESSION_REFUSED: ("登录未成功", "sign-in refused"),
        EventTag.FIELD_REVEALED: ("查看完整号码", "number revealed"),
        EventTag.FIELD_CORRECTED: ("更正字段", "field corrected"),
        EventTag.CASE_DECIDED: ("人工决定", "people decided"),
        EventTag.CASE_SETTLED: ("决定生效", "decision in effect"),
        EventTag.CASE_ESCALATED: ("上报", "escalated"),
        EventTag.RETURN_EXPIRED: ("补件逾期", "return expired"),
        EventTag.BINDING_WRITTEN: ("写入绑定", "binding written"),
        EventTag.BINDING_ENDED: ("绑定终止", "binding ended"),
        EventTag.END_ANNOUNCED: ("预告解绑", "end announced"),
        EventTag.BINDING_SUSPENDED: ("绑定中止", "binding suspended"),
        EventTag.BINDING_RESUMED: ("绑定恢复", "binding resumed"),
        EventTag.DELETION_ORDERED: ("责令删除", "deletion ordered"),
        EventTag.OBJECT_DELETED: ("删除对象", "object deleted"),
        EventTag.BOOKS_RECONCILED: ("对账", "books reconciled"),
        EventTag.POLICIES_NOTED: ("政策文件登记", "policy files noted"),
        EventTag.ROOT_PUBLISHED: ("公布树根", "root published"),
        EventTag.DATASET_PUBLISHED: ("发布数据表", "dataset published"),
        EventTag.EVIDENCE_EXPORTED: ("导出证据", "evidence exported"),
        EventTag.EMPLOYER_TOLD: ("告知单位", "employer told"),
        EventTag.BATCH_STARTED: ("批次开始", "batch started"),
        EventTag.BATCH_FINISHED: ("批次结束", "batch finished"),
        EventTag.STAFF_CHANGED: ("账户变更", "account changed"),
        EventTag.API_KEY_CHANGED: ("接口密钥变更", "API key changed"),
        EventTag.DELETION_REQUESTED: ("申请删除", "deletion asked for"),
        EventTag.MASTER_KEY_ROTATED: ("更换主密钥", "master key rotated"),
        EventTag.BACKUP_MADE: ("备份", "backed up"),
        EventTag.LOG_ACCEPTED: ("接受审计链现状", "log accepted as it is"),
        EventTag.NOTICE_DELIVERED: ("结果已送达", "outcome delivered"),
        EventTag.NOTICE_GIVEN_UP: ("结果未能送达", "outcome could not be delivered"),
    }
)


def event_words(tag: EventTag) -> tuple[str, str]:
    """An event in Chinese and English."""
    return _WORDS[tag]
