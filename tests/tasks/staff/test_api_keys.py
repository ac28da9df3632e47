"""Keys that are given out and ended stand in the audit log by identifier, never in clear."""

import datetime as dt

from models.audit.event import EventTag
from models.intake.application import Channel
from tasks.staff.api_keys import issue_key, revoke_keys

NOW = dt.datetime.now(dt.UTC)


def test_a_key_is_recognised_until_it_is_revoked_and_both_are_recorded(repositories):
    issued = issue_key(repositories, "cityapp", [Channel.KIOSK], actor="ops")
    assert repositories.api_keys.recognise(issued.secret, NOW).channels == (Channel.KIOSK,)
    assert revoke_keys(repositories, "cityapp", NOW, actor="ops") == (issued.key.key_id,)
    assert repositories.api_keys.recognise(issued.secret, NOW) is None
    events = repositories.audit.system_events((EventTag.API_KEY_CHANGED,), 10)
    assert [(e.actor, e.details["key"], e.details["change"]) for e in events] == [
        ("ops", issued.key.key_id, "revoked"),
        ("ops", issued.key.key_id, "given out"),
    ]
    assert issued.secret not in str(events)
