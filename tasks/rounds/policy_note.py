"""Which policy files there were when the log noted them last."""

import hashlib
from typing import Final
from urllib.parse import quote

from models.audit.event import EventTag
from storage.bootstrap import Repositories

POLICIES: Final = "policies"
"""Under this detail an event lists the files with their digests."""
_TAGS: Final = (EventTag.BATCH_STARTED, EventTag.POLICIES_NOTED)
_LOOKED_AT: Final = 200
"""Events: runs of an older version noted none."""
_DIGITS: Final = 16


def policy_files(repositories: Repositories) -> dict[str, str]:
    """Every file of the policies, texts and calendars too, with the beginning of its SHA-256."""
    folder = repositories.policies.folder
    return {
        quote(path.relative_to(folder).as_posix()): hashlib.sha256(path.read_bytes()).hexdigest()[
            :_DIGITS
        ]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def listed_policies(repositories: Repositories) -> list[str]:
    """The same as an event lists them."""
    return [f"{name}={digest}" for name, digest in policy_files(repositories).items()]


def noted_policies(repositories: Repositories) -> dict[str, str]:
    """The files that the log noted last; empty where it never did."""
    for event in repositories.audit.system_events(_TAGS, _LOOKED_AT):
        listed = event.details.get(POLICIES)
        if isinstance(listed, list):
            return {name: digest for name, _, digest in (one.rpartition("=") for one in listed)}
    return {}
