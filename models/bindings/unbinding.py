"""The end of a binding: who asked for it, why, and from when."""

import datetime as dt
from enum import StrEnum

from pydantic import AwareDatetime

from models.intake.application import PersonRole
from models.record import Record


class EndReason(StrEnum):
    """Why a binding ends."""

    REQUESTED = "requested"  # 本人申请
    DIVORCED = "divorced"  # 离婚
    DECEASED = "deceased"  # 死亡
    ERROR = "error"  # 绑定有误
    REVERIFIED = "reverified"  # 复核不通过

    @property
    def zh(self) -> str:
        """The reason in Chinese."""
        return {
            "requested": "本人申请",
            "divorced": "离婚",
            "deceased": "死亡",
            "error": "绑定有误",
            "reverified": "复核不通过",
        }[self.value]

    @property
    def asks_nobody(self) -> bool:
        """Whether it ends without anybody's consent and before any least term."""
        return self in {EndReason.DECEASED, EndReason.ERROR, EndReason.REVERIFIED}


class Unbinding(Record):
    """The tombstone (解绑记录) that lies beside a binding's object, written once.

    Attributes:
        effective_date: The first day on which the binding no longer counts.
        by: The member of staff who took the request.
        consents: Who of the two agreed.
        audit_head: Hash of the application's last audit event before it.
    """

    binding_id: str
    application_id: str
    reason: EndReason
    effective_date: dt.date
    asked_at: AwareDatetime
    by: str
    consents: tuple[PersonRole, ...]
    policy_version: str
    audit_head: str


class BindingState(Record):
    """Where a binding stands.

    Attributes:
        applicant_hash: Keyed hash of the person, as in the binding's object; the next likewise.
        object_digest: SHA-256 of the binding's object, hexadecimal; None while it is reserved.
        status: "reserved", "active", "suspended" or "ended".
        ends_on: The first day on which it no longer counts, once its end is announced.
    """

    binding_id: str
    round_id: str
    application_id: str
    applicant_hash: str
    member_hash: str
    product: str
    relationship: str
    region: str
    object_digest: str | None = None
    status: str
    effective_date: dt.date
    ends_on: dt.date | None = None
    end_reason: EndReason | None = None
