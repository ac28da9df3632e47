"""What events tell, in words."""

import datetime as dt

import pytest

from console.web.audit.event_details import event_details
from models.audit.event import AuditEvent, EventTag

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("told", "name", "zh"),
    [
        ({"grounds": ["X20:original"]}, "认定依据", "X20 核对原件"),
        (
            {"verified": ["member", "video", "2026-11-20T15:30:00+08:00"]},
            "人工核验",
            "被绑定人本人 视频核验 2026-11-20 15:30",
        ),
        ({"consents": ["applicant", "member"]}, "同意人", "申请人 被绑定人"),
        ({"reason": "divorced"}, "说明", "离婚"),
        ({"readings": "0" * 64}, "识别结果", "000000000000…"),
    ],
)
def test_what_an_event_tells_is_in_the_reader_s_words(told, name, zh):
    event = AuditEvent(
        sequence=1, tag=EventTag.OPINION_GIVEN, application_id="A1", round_id=None, actor="lin",
        details=told, recorded_at=NOW, idempotency_key="k", previous_hash="", hash="",
        previous_application_hash="",
    )  # fmt: skip
    (detail,) = event_details(event)
    assert (detail.name[0], detail.value[0]) == (name, zh)
    assert detail.value[1].isascii() or "…" in detail.value[1]
