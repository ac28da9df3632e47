"""From what was seen to how strongly two pages are tied."""

import math
from typing import Final

from tasks.identity.ties.observe import DIFFERS, ObservedTie, has_common_surname, observe
from tasks.identity.ties.page_signs import PagePair
from tasks.identity.ties.rates import (
    CLUSTERING,
    LOCAL_SHARE,
    RATES,
    SURNAME_IN_FAMILY,
    TieRate,
)
from tasks.identity.ties.surnames import share_of
from tasks.identity.ties.tie import Tie, TieKind, TieState, WeighedTies

_AGAINST: Final = frozenset({"differs", "elsewhere"})
_EXCLUDING: Final = frozenset({TieKind.STATION})
"""What differs only between two books: pages of one book bear the seal of one office."""


def weigh_ties(pair: PagePair) -> WeighedTies:
    """Every tie between two pages with its weight; those that could not be compared are unseen."""
    ties = {o.kind: _tie(o) for o in observe(pair)}
    return WeighedTies(tuple(ties.get(kind) or _not_compared(kind, pair) for kind in TieKind))


def _not_compared(kind: TieKind, pair: PagePair) -> Tie:
    """Surnames of spouses, or of names that have none, are seen and say nothing."""
    silent = kind is TieKind.SURNAME and not has_common_surname(pair)
    return Tie(kind, TieState.NEUTRAL if silent else TieState.UNSEEN)


def _tie(seen: ObservedTie) -> Tie:
    against = seen.outcome in _AGAINST
    weight = _surname_weight(seen) if seen.surname else RATES[seen[:3]].weight
    return Tie(
        seen.kind,
        _state(seen, weight),
        weight,
        excludes=against and seen.kind in _EXCLUDING,
        fields=seen.fields,
    )


def _state(seen: ObservedTie, weight: float) -> TieState:
    """What says next to nothing either way holds nothing and is no difference.

    An age at which fewer people have children is no difference between two pages either.
    """
    if abs(weight) < math.log(1.1) or (seen.kind is TieKind.AGES and weight < 0):
        return TieState.NEUTRAL
    return TieState.HOLDS if weight > 0 else TieState.DIFFERS


def _surname_weight(seen: ObservedTie) -> float:
    """By how common the very surname is: two people called Wang are tied less than two Zang."""
    family = SURNAME_IN_FAMILY[seen.context]
    strangers = max(LOCAL_SHARE, CLUSTERING * share_of(seen.surname or ""))
    if seen.outcome == DIFFERS:
        family, strangers = 1 - family, 1 - strangers
    return TieRate(family, strangers).weight
