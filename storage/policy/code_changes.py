"""Single codes that a file moves to another list, without writing the lists again."""

from typing import Any, Final

LISTS: Final = ("rejected", "returned", "reviewed", "noted")
"""What a code can lead to, as the lists of the group `codes` name it."""


def with_changes(body: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Rules whose lists of codes hold what a file changes.

    Args:
        body: The rules so far, this file's included.
        own: What this file says.
    """
    codes = own.get("codes")
    changes = codes.get("changes") if isinstance(codes, dict) else None
    if not isinstance(changes, dict) or not changes:
        return body
    lists = {
        name: [code for code in body["codes"].get(name, ()) if code not in changes]
        + [code for code, leads_to in changes.items() if leads_to == name]
        for name in LISTS
    }
    return body | {"codes": body["codes"] | lists}
