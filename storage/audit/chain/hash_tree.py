"""The audit log as a tree of plain hashes, which anybody can recompute (RFC 9162, section 2.1).

The chain itself is keyed: only the office can check it. The tree needs no key: who holds its root
for some number of events can be shown that an event was among them, by a few dozen hashes and
without seeing any other event. A leaf holds the event's keyed hash too, which nobody can guess:
so the hashes of other events tell nothing about them.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"
LEFT: Final = "L"
RIGHT: Final = "R"


def leaf(record: str) -> bytes:
    """The leaf of one event, given as its one JSON text."""
    return hashlib.sha256(_LEAF + record.encode()).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


class GrowingRoot:
    """The root of a tree that leaves are added to; holds no more than one hash for each level."""

    def __init__(self, size: int = 0, subtrees: Sequence[str] = ()) -> None:
        """Begin with no leaf, or go on where another one ended.

        Args:
            size: How many leaves there were.
            subtrees: What `subtrees` gave then.
        """
        heights = [bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]
        self._whole = [  # complete subtrees, the largest first
            (height, bytes.fromhex(root)) for height, root in zip(heights, subtrees, strict=True)
        ]
        self.size = size

    @property
    def subtrees(self) -> tuple[str, ...]:
        """Roots of the complete subtrees, the largest first, hexadecimal."""
        return tuple(root.hex() for _, root in self._whole)

    def add(self, digest: bytes) -> None:
        """Add a leaf."""
        self.size += 1
        height = 0
        while self._whole and self._whole[-1][0] == height:
            digest = _join(self._whole.pop()[1], digest)
            height += 1
        self._whole.append((height, digest))

    @property
    def root(self) -> str:
        """The root over all leaves so far, hexadecimal; of none, the hash of nothing."""
        if not self._whole:
            return hashlib.sha256().hexdigest()
        digest = self._whole[-1][1]
        for _, left in reversed(self._whole[:-1]):
            digest = _join(left, digest)
        return digest.hex()


def paths(leaves: Sequence[bytes], places: Iterable[int]) -> list[tuple[str, ...]]:
    """For each place the hashes that lead from its leaf to the root, the lowest first.

    Args:
        leaves: All leaves, in their order.
        places: Which ones, from 0.

    Returns:
        Each hash hexadecimal, after `L` or `R` for the side on which it stands.
    """
    spots = list(places)
    found: list[list[str]] = [[] for _ in spots]
    level = list(leaves)
    while len(level) > 1:
        for number, spot in enumerate(spots):
            other = spot ^ 1
            if other < len(level):
                side = LEFT if other < spot else RIGHT
                found[number].append(side + level[other].hex())
        spots = [spot // 2 for spot in spots]
        last = level[-1:] if len(level) % 2 else []
        level = [_join(*level[i : i + 2]) for i in range(0, len(level) - 1, 2)] + last
    return [tuple(path) for path in found]


def leads_to(record: str, path: Sequence[str], root: str) -> bool:
    """Whether an event's path leads to a root."""
    digest = leaf(record)
    for step in path:
        try:
            other = bytes.fromhex(step[1:])
        except ValueError:
            return False
        digest = _join(other, digest) if step[:1] == LEFT else _join(digest, other)
    return digest.hex() == root
