"""The last answer about each of the cases that people work on, given again while it holds.

A case is opened, claimed, corrected, opened again: mostly nothing that its checks rest on has
changed between. Nothing is guessed from ages, versions or digests: an answer is given again where
every value that it was made of equals what it would be made of now, and only there. So the
functions that are asked have to be pure.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple, ParamSpec, TypeVar

from models.reviews.claim_rules import LEASE

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

CASES: Final = 64
"""Two functions about 32 cases: the desks of an office of ten and what seniors look into; the
two take 158 kB (`tracemalloc` around `recheck`: the mean of 60 whole cases of
`benchmarks.console`)."""
SECONDS: Final = LEASE.total_seconds()
"""People's data stays in memory as long as a case on a desk that nobody touches, or until the next
question after."""


class _Kept(NamedTuple):
    made_of: tuple[object, ...]
    answer: object
    until: float


class KeptAnswers:
    """The last answer of each function about each case; for all threads of a process."""

    def __init__(self, most: int = CASES, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing was asked yet.

        Args:
            most: How many answers are kept; the one that was not asked for longest goes first.
            clock: Seconds.
        """
        self._most, self._clock = most, clock
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def about(self, case: str, function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        """The function, which is not run where its last answer about the case holds."""
        place = (case, function.__qualname__)

        def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
            made_of = (*arguments, named)
            kept = self._find(place)
            if kept is not None and kept.made_of == made_of:
                return kept.answer  # type: ignore[return-value]  # by this very function
            answer = function(*arguments, **named)
            self._keep(place, _Kept(made_of, answer, self._clock() + SECONDS))
            return answer

        return asked

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def _find(self, place: tuple[str, str]) -> _Kept | None:
        with self._lock:
            self._drop_old()
            if place in self._kept:
                self._kept.move_to_end(place)
            return self._kept.get(place)

    def _keep(self, place: tuple[str, str], kept: _Kept) -> None:
        with self._lock:
            self._kept[place] = kept
            self._kept.move_to_end(place)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def _drop_old(self) -> None:
        now = self._clock()
        for place in [place for place, kept in self._kept.items() if kept.until < now]:
            del self._kept[place]
