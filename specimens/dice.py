"""Seeded chance: every drawing takes its own named stream, so one change does not move others."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np

T = TypeVar("T")


class Dice:
    """Random choices that follow from a seed and a path of names alone."""

    def __init__(self, seed: int, *path: str) -> None:
        """Open the stream of this seed and path; the seed must not be negative."""
        self._seed = seed
        self._path = path
        self.rng = np.random.default_rng([seed, crc32("/".join(path).encode())])

    def fork(self, name: str) -> "Dice":
        """An independent stream for one part of the work."""
        return Dice(self._seed, *self._path, name)

    def common(self, name: str) -> "Dice":
        """A stream of the seed itself: the same wherever in the set it is asked for."""
        return Dice(self._seed, "common", name)

    def pick(self, options: Sequence[T]) -> T:
        """One of several, each as likely."""
        return options[int(self.rng.integers(len(options)))]

    def weighted(self, table: Mapping[T, float]) -> T:
        """One of several by weight; the weights need not add up to one."""
        weights = np.array(list(table.values()), dtype=float)
        return list(table)[int(self.rng.choice(len(weights), p=weights / weights.sum()))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Several different ones in random order."""
        return [options[int(i)] for i in self.rng.permutation(len(options))[:count]]

    def chance(self, probability: float) -> bool:
        """True with this probability (0 to 1)."""
        return bool(self.rng.random() < probability)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.rng.integers(low, high + 1))

    def real(self, low: float, high: float) -> float:
        """A real number between two bounds."""
        return float(self.rng.uniform(low, high))

    def sway(self, sigma: float) -> float:
        """A small deviation around nought, cut off at 2.5 sigma."""
        return float(np.clip(self.rng.normal(0, sigma), -2.5 * sigma, 2.5 * sigma))
