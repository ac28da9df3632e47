"""Which data key seals what: one for each subject and class of what is kept.

A class is what retention deletes together (`models.cases.retention`); its subject is the round, the
picture, or the case that it is about. A person's data is that of their rounds: when the last class
of the last one is deleted, no key to it is left, and before that each class loses its own.
"""

from types import MappingProxyType
from typing import Final

_CLASSES: Final = MappingProxyType(
    {
        "uploads": "pictures",
        "portraits": "pictures",
        "readings": "readings",
        "faces": "readings",
        "corrections": "readings",
        "arrivals": "records",
        "checks": "records",
        "decisions": "records",
        "withdrawals": "records",
        "opinions": "opinions",
        "reviews": "opinions",
        "drafts": "opinions",
        "remarks": "opinions",
        "notices": "notices",
        "bindings": "bindings",
        "intake": "intake",
        "parcels": "intake",
    }
)
"""The first part of a place to its class; what is not here is the office's own."""
_OFFICE: Final = "office"


def key_scope(context: str) -> str:
    """What the data key of a place is for, as `class/subject`.

    Args:
        context: Where something lies: an object's key, or what a sealed column is for.
    """
    first, _, rest = context.partition("/")
    kept_as = _CLASSES.get(first)
    return f"{kept_as}/{rest.partition('/')[0]}" if kept_as and rest else _OFFICE
