"""One tie between two pages, and all of them weighed together."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple


class TieKind(StrEnum):
    """What two pages of one book have in common."""

    SURNAME = "surname"  # 姓氏
    AGES = "ages"  # 年龄差
    NUMBER_PLACE = "number_place"  # 号码的地区码
    NATIVE_PLACE = "native_place"  # 籍贯
    STATION = "station"  # 户籍印章的派出所
    REGISTRATION_DAY = "registration_day"  # 登记日期
    ADDRESS = "address"  # 住址
    FORM = "form"  # 表式
    ONE_PICTURE = "one_picture"  # 同一张照片


OF_ONE_VILLAGE: Final = frozenset(
    {TieKind.SURNAME, TieKind.NUMBER_PLACE, TieKind.NATIVE_PLACE, TieKind.STATION}
)
"""What neighbours in a village of one surname have in common as much as a family has."""


class TieState(StrEnum):
    """How two pages stand to each other in one respect."""

    HOLDS = "holds"
    DIFFERS = "differs"
    NEUTRAL = "neutral"  # seen, and it says next to nothing between such relatives
    UNSEEN = "unseen"  # not on the pages, or not read surely


class Tie(NamedTuple):
    """One respect in which two pages were compared.

    Attributes:
        kind: Which.
        state: How they stand.
        weight: The natural logarithm of how many times likelier that is in one book than in two
            books of one city: above 0 for one book, below 0 against it, 0 where nothing was seen.
        excludes: It speaks surely against one book, whatever the others say.
        fields: The fields that were compared.
    """

    kind: TieKind
    state: TieState
    weight: float = 0.0
    excludes: bool = False
    fields: tuple[str, ...] = ()


class WeighedTies(NamedTuple):
    """All ties between two pages."""

    ties: tuple[Tie, ...]

    @property
    def weight(self) -> float:
        """Against a stranger of the same city, nats: each tie is weighed given those before it."""
        return sum(tie.weight for tie in self.ties)

    @property
    def among_namesakes(self) -> float:
        """Nats against a stranger who bears the surname: that they share it says nothing."""
        return self.weight - self._speaking_for(frozenset({TieKind.SURNAME}))

    @property
    def among_neighbours(self) -> float:
        """Nats against a neighbour of a one-name village: name, places and seal say nothing."""
        return self.weight - self._speaking_for(OF_ONE_VILLAGE)

    @property
    def excluded(self) -> bool:
        """Whether one of them speaks surely against one book."""
        return any(tie.excludes for tie in self.ties)

    def _speaking_for(self, kinds: frozenset[TieKind]) -> float:
        return sum(tie.weight for tie in self.ties if tie.kind in kinds and tie.weight > 0)

    def of_state(self, *states: TieState) -> tuple[Tie, ...]:
        """The ties that stand so."""
        return tuple(tie for tie in self.ties if tie.state in states)

    def state(self, kind: TieKind) -> TieState:
        """How the pages stand in one respect."""
        return next((t.state for t in self.ties if t.kind is kind), TieState.UNSEEN)


def weakest(pairs: Iterable[WeighedTies]) -> WeighedTies:
    """Of several pairs of pages the one that is tied least; an excluded one before all others."""
    return min(pairs, key=lambda ties: (not ties.excluded, ties.weight))
