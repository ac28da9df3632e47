"""Understand an employer's list (`batch.json`), as far as one application needs it."""

import json
from collections.abc import Collection
from typing import Any, Final

from models.intake.arrival import EmployerBatch
from models.intake.employer import EmployerList

_ID_LISTS: Final = ("application_ids", "applications")


def parse_batch(text: str | None, names: Collection[str]) -> EmployerBatch | None:
    """What the list beside an application says about it; None where there is no list.

    A list that cannot be understood names nobody.

    Args:
        text: The list as it stands there.
        names: The application's own identifier and its folder's name; either may be listed.
    """
    if text is None:
        return None
    whole = parse_list(text)
    return EmployerBatch(
        employer_id=whole.employer_id,
        batch_id=whole.batch_id,
        listed=any(name in names for name in whole.application_ids),
    )


def parse_list(text: str) -> EmployerList:
    """The whole list; empty where it cannot be understood."""
    try:
        body = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return EmployerList(employer_id="", batch_id="", application_ids=())
    listed: list[Any] = next((body[k] for k in _ID_LISTS if isinstance(body.get(k), list)), [])
    names = dict.fromkeys(name for name in map(_listed_name, listed) if name)
    return EmployerList(
        employer_id=_text(body.get("employer_id")),
        batch_id=_text(body.get("batch_id")),
        application_ids=tuple(names),
    )


def _listed_name(entry: Any) -> str:  # noqa: ANN401 - whatever an employer wrote
    """An entry is the identifier itself, or an object that holds it."""
    return _text(entry.get("application_id") if isinstance(entry, dict) else entry)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever an employer wrote
    return value.strip()[:64] if isinstance(value, str) else ""
