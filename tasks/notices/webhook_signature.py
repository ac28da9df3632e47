"""Signing a notice, so that its receiver knows who sent it and that nobody changed it.

The way of Standard Webhooks: HMAC-SHA256 over identifier, time and body.
"""

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence


def signed_headers(
    notice_id: str, body: bytes, keys: Sequence[bytes], at: dt.datetime
) -> dict[str, str]:
    """The headers that a notice is sent with.

    Args:
        notice_id: The same at every try: the receiver drops what it has already.
        body: What is sent, byte for byte.
        keys: Each signs; a receiver that knows one of them is content.
        at: Now; a receiver refuses what is minutes old, so that nobody can send it again later.
    """
    seconds = str(int(at.timestamp()))
    signed = b".".join((notice_id.encode(), seconds.encode(), body))
    marks = (hmac.new(key, signed, hashlib.sha256).digest() for key in keys)
    return {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": notice_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(mark).decode()}" for mark in marks),
    }
