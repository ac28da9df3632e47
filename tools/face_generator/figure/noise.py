"""Smooth random values in space, the same each time for the same seed."""

from itertools import product

import numpy as np

from tools.face_generator.figure.mesh import Floats, Ints


def value_noise(points: Floats, frequency: float, seed: int) -> Floats:
    """Values from -1 to 1 that change smoothly over about 1/frequency.

    Args:
        points: N x 3.
        frequency: Cells in a unit of length.
        seed: Another seed, another pattern.
    """
    scaled = points * frequency
    cell = np.floor(scaled).astype(np.int64)
    share = scaled - cell
    share = share * share * (3 - 2 * share)
    total = np.zeros(len(points))
    for corner in product((0, 1), repeat=3):
        at = np.array(corner)
        total += np.where(at, share, 1 - share).prod(1) * _hash(cell + at, seed)
    return total


def _hash(cell: Ints, seed: int) -> Floats:
    mixed = (cell * np.array([73856093, 19349663, 83492791])).sum(1) + seed * 2654435761
    mixed = (mixed ^ (mixed >> 13)) * 1274126177 & 0xFFFFFFFF
    mixed = (mixed ^ (mixed >> 16)) * 668265263 & 0xFFFFFFFF
    return np.asarray((mixed / 0xFFFFFFFF) * 2 - 1)
