"""What the value of a setting may be: addresses, buckets, networks, locks and signing secrets.

Each function gives the value as it is kept, or raises ValueError with what is asked of it; none
quotes the value, which may be a secret.
"""

import base64
import ipaddress
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

_LOCKABLE: Final = ("bindings", "audit")
"""What is never deleted and tells nobody's name in clear. Pictures, readings and records go when
their time is over or somebody asks: a lock would hold them."""
_MOST_DAYS: Final = 36500
_SIGNING: Final = "whsec_"
_SHORTEST_KEY: Final = 24
_LONGEST_KEY: Final = 64


def absolute_path(path: Path | None) -> Path | None:
    """A worker may change its directory; the folders stay where they were meant."""
    return path.expanduser().absolute() if path else None


def absolute_location(location: str | Path) -> str:
    """A bucket as it is, or a folder from the root on."""
    if isinstance(location, str) and location.startswith("s3://"):
        return location
    return str(Path(location).expanduser().absolute())


def bucket(location: str | None) -> str | None:
    """Where objects are kept: a bucket, perhaps with a prefix."""
    if location and not re.match("s3://[^/]", location):
        msg = "应为 s3://bucket 或 s3://bucket/prefix must be s3://bucket or s3://bucket/prefix"
        raise ValueError(msg)
    return location or None


def lock_terms(lock: str) -> str:
    """Classes of objects with the days for which they are locked."""
    for one in lock.split():
        name, _, days = one.partition("=")
        if name not in _LOCKABLE or not days.isdecimal() or not 0 < int(days) <= _MOST_DAYS:
            classes = ", ".join(_LOCKABLE)
            msg = (
                f"应为 类别=天数，类别限 {classes} must be CLASS=DAYS with a class out of {classes}"
            )
            raise ValueError(msg)
    return lock


def networks(proxies: str) -> str:
    """Addresses or networks, with commas."""
    for one in proxies.split(","):
        if one.strip():
            ipaddress.ip_network(one.strip())
    return proxies


def page_address(address: str | None) -> str | None:
    """What becomes a link on pages: no other scheme than http and https."""
    if address and not re.match("https?://[^/]", address):
        msg = "应为 http://… 或 https://… must be http://… or https://…"
        raise ValueError(msg)
    return address.rstrip("/") if address else None


def plain_url(url: str | None) -> str | None:
    """Where notices go: an address without a user in it."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        msg = (
            "应为不含用户名的 http 或 https 地址"
            " must be an http or https URL without a user's name in it"
        )
        raise ValueError(msg)
    return url


def safe_address(address: str | None) -> str | None:
    """Where secrets are sent: nowhere that somebody could read along."""
    if address and not is_safe_address(address):
        msg = (
            "应以 https:// 开头（仅本机可用 http://）"
            " must begin with https:// (http:// on this machine only)"
        )
        raise ValueError(msg)
    return address or None


def is_safe_address(address: str) -> bool:
    """Whether what is sent there can be read by nobody on the way."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def signing_secret(secret: SecretStr | None) -> SecretStr | None:
    """With what notices are signed: one secret, or two while one replaces the other."""
    given = secret.get_secret_value().split() if secret else []
    if not all(map(_is_signing_key, given)):
        msg = (
            "应为 whsec_ 加 24 至 64 字节的 base64"
            " must be whsec_ followed by base64 of 24 to 64 bytes"
        )
        raise ValueError(msg)
    return secret if given else None


def signing_keys(secret: SecretStr | None) -> tuple[bytes, ...]:
    """The keys of a signing secret, the newest first; empty where none are sent."""
    given = secret.get_secret_value().split() if secret else ()
    return tuple(base64.b64decode(one.removeprefix(_SIGNING)) for one in given)


def _is_signing_key(secret: str) -> bool:
    try:
        key = base64.b64decode(secret.removeprefix(_SIGNING), validate=True)
    except ValueError:
        return False
    return secret.startswith(_SIGNING) and _SHORTEST_KEY <= len(key) <= _LONGEST_KEY
