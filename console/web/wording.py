"""What the chain's events are called on the pages, and which of them a reviewer may see."""

from types import MappingProxyType
from typing import Final

from models.audit import AuditEvent, EventTag
from models.desk import DeskCase
from models.review import ReviewState
from models.staff import Role, Session
from storage.open import Office

_WORDS: Final = MappingProxyType(
    {
        EventTag.APPLICATION_RECEIVED: ("收件", "taken in"),
        EventTag.APPLICATION_REFUSED: ("收件，表单不可用", "taken in, form unusable"),
        EventTag.APPLICATION_HANDED_IN: ("接口提交", "handed in by a program"),
        EventTag.FILE_KEPT: ("存档文件", "file kept"),
        EventTag.DOCUMENT_READ: ("读取材料", "paper read"),
        EventTag.SELFIE_COMPARED: ("人脸比对", "faces compared"),
        EventTag.RELATION_DERIVED: ("推导关系", "kinship derived"),
        EventTag.APPLICATION_CHECKED: ("核验规则", "rules checked"),
        EventTag.APPLICATION_DECIDED: ("机器判定", "machine decided"),
        EventTag.CASE_OPENED: ("转人工", "put before people"),
        EventTag.CASE_VIEWED: ("查看案件", "case viewed"),
        EventTag.CASE_CLAIMED: ("领取", "claimed"),
        EventTag.CASE_RELEASED: ("放回", "put back"),
        EventTag.CASE_POSTPONED: ("暂缓", "postponed"),
        EventTag.CASE_SAMPLED: ("抽检", "sampled"),
        EventTag.OPINION_GIVEN: ("提出意见", "opinion given"),
        EventTag.FIELD_REVEALED: ("查看完整号码", "number revealed"),
        EventTag.FIELD_CORRECTED: ("更正字段", "field corrected"),
        EventTag.CASE_DECIDED: ("人工决定", "people decided"),
        EventTag.CASE_SETTLED: ("决定生效", "decision in effect"),
        EventTag.CASE_ESCALATED: ("上报", "escalated"),
        EventTag.RETURN_EXPIRED: ("补件逾期", "return expired"),
        EventTag.BINDING_WRITTEN: ("写入绑定", "binding written"),
        EventTag.BINDING_ENDED: ("绑定终止", "binding ended"),
        EventTag.OBJECT_DELETED: ("删除对象", "object deleted"),
        EventTag.DATASET_PUBLISHED: ("发布数据表", "dataset published"),
        EventTag.EVIDENCE_EXPORTED: ("导出证据", "evidence exported"),
        EventTag.BATCH_STARTED: ("批次开始", "batch started"),
        EventTag.BATCH_FINISHED: ("批次结束", "batch finished"),
        EventTag.STAFF_CHANGED: ("账户变更", "account changed"),
        EventTag.API_KEY_CHANGED: ("接口密钥变更", "API key changed"),
        EventTag.NOTICE_DELIVERED: ("结果已送达", "outcome delivered"),
        EventTag.NOTICE_GIVEN_UP: ("结果未能送达", "outcome could not be delivered"),
    }
)

_BLIND: Final = frozenset(
    {
        EventTag.APPLICATION_DECIDED,
        EventTag.BINDING_WRITTEN,
        EventTag.CASE_SAMPLED,
        EventTag.CASE_OPENED,
        EventTag.NOTICE_DELIVERED,
        EventTag.NOTICE_GIVEN_UP,
    }
)
"""What would tell a reviewer what the machine had made of a case that was drawn for the sample."""


def event_words(tag: EventTag) -> tuple[str, str]:
    """An event in Chinese and English; a tag without words stands for itself."""
    return _WORDS.get(tag, (tag.value, tag.value))


def history_of(office: Office, case: DeskCase, session: Session) -> tuple[AuditEvent, ...]:
    """A round's events; of an undecided case without what must not sway a reviewer."""
    events = [
        event
        for event in office.audit.events(case.review.application_id)
        if event.round_id == case.review.round_id
    ]
    waiting = case.review.state in {ReviewState.OPEN, ReviewState.CLAIMED}
    if waiting and session.staff.role is not Role.AUDITOR:
        events = [event for event in events if event.tag not in _BLIND]
    return tuple(event for event in events if event.tag is not EventTag.DOCUMENT_READ)
