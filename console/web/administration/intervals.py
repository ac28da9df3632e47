"""Shares and agreement with their intervals."""

from collections.abc import Sequence
from typing import NamedTuple

from models.reports.wilson import wilson_interval
from storage.reports.dashboard_counts import OpinionPair


class ShareInterval(NamedTuple):
    """A share with its 95 % interval (Wilson's), each from 0 to 1."""

    of: int
    share: float
    low: float
    high: float


class AgreementInterval(NamedTuple):
    """How far two people agree.

    Attributes:
        share: In how many cases both said the same, for a reason that both gave.
        kappa: What of the agreement is not chance, from -1 to 1 (Cohen, Educational and
            Psychological Measurement 20, 1960); None where everybody always said the same, so
            that chance explains all of it. No word such as "substantial" goes with it: the bands
            of Landis and Koch (Biometrics 33, 1977) are arbitrary by their own account.
        low: End of its 95 % interval: that of the share, chance taken as observed, as in
            Cohen's own approximation of the standard error.
        high: Likewise.
    """

    share: ShareInterval
    kappa: float | None
    low: float
    high: float


def share_of(part: int, whole: int) -> ShareInterval | None:
    """A share and how sure it is; None where nothing was counted."""
    if whole == 0:
        return None
    return ShareInterval(whole, part / whole, *wilson_interval(part, whole))


def agreement_of(pairs: Sequence[OpinionPair]) -> AgreementInterval | None:
    """How far first and second agree over all pairs; None where there is none."""
    whole = sum(pair.number for pair in pairs)
    share = share_of(sum(pair.agreed for pair in pairs), whole)
    if share is None:
        return None
    outcomes = {pair.first for pair in pairs} | {pair.second for pair in pairs}
    chance = sum(
        sum(p.number for p in pairs if p.first == one)
        * sum(p.number for p in pairs if p.second == one)
        for one in outcomes
    ) / (whole * whole)
    if chance == 1:
        return AgreementInterval(share, None, -1.0, 1.0)
    kappa, low, high = ((x - chance) / (1 - chance) for x in (share.share, share.low, share.high))
    return AgreementInterval(share, kappa, max(-1.0, low), high)
