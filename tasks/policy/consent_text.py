"""The text that somebody is asked to agree to in one place on one day."""

import datetime as dt

from models.intake.application import ConsentKind
from models.intake.consent_text import ConsentText
from storage.policy.policies import PolicyRepository


def find_consent_text(
    shelf: PolicyRepository,
    kind: ConsentKind,
    *,
    region: str,
    on: dt.date,
    version: str | None = None,
) -> ConsentText | None:
    """One text; None where the product holds none of that kind and version.

    Args:
        shelf: The policies with their texts.
        kind: What is agreed to.
        region: GB/T 2260 code of the place.
        on: The day.
        version: A certain one; None: the newest that may be agreed to there on that day. Where a
            policy lists no versions of a kind, every text of it may be.

    Raises:
        SettingError: No policy is in force there and then, or a text cannot be read.
    """
    if version is not None:
        return shelf.consent_texts.get((kind, version))
    rules = shelf.for_case(region, on, None).consents
    found = [
        text
        for (of_kind, name), text in shelf.consent_texts.items()
        if of_kind is kind and rules.accepts_version(kind, name, on)
    ]
    first = {v.version: v.first_day for v in rules.versions if v.kind is kind}
    newest = dt.date.min
    return max(found, key=lambda t: (first.get(t.version, newest), t.version), default=None)
