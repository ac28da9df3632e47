"""Which outcome may follow which."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.decision.decision import Outcome

_FOLLOWS: Final[Mapping[Outcome | None, frozenset[Outcome]]] = MappingProxyType(
    {
        None: frozenset(Outcome),
        Outcome.IN_REVIEW: frozenset(Outcome),
        # A return that nobody answered in time ends in a rejection, or a person says how.
        Outcome.RETURNED: frozenset({Outcome.RETURNED, Outcome.REJECTED, Outcome.IN_REVIEW}),
        Outcome.APPROVED: frozenset({Outcome.APPROVED}),
        Outcome.REJECTED: frozenset({Outcome.REJECTED}),
    }
)

_CAN_BE_REOPENED: Final = frozenset({Outcome.RETURNED, Outcome.REJECTED})
"""What may be decided anew; an approval is ended at its binding."""


def may_become(current: Outcome | None, wanted: Outcome, *, reopened: bool) -> bool:
    """Whether a round of one outcome may be given another.

    Args:
        current: What it is; None while nothing was decided.
        wanted: What it shall be.
        reopened: A senior had it looked at again.
    """
    if reopened and current in _CAN_BE_REOPENED:
        return True
    return wanted in _FOLLOWS[current]
