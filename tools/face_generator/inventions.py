"""The genes of everybody in the cast, the same each time."""

from typing import Final

import numpy as np

from specimens.faces.cast import CAST
from tools.face_generator.figure.genes import Genes, inherit, invent_genes
from tools.face_generator.figure.mesh import ShapeData

_SEED: Final = 20_261_120
_TAKES: Final = {
    "a1": 0, "a2": 1, "a4": 1, "b1": 0, "b2": 2, "b4": 1, "c1": 2, "c2": 0, "d1": 3, "d2": 0,
    "e1": 2, "e2": 1, "f1": 0, "f2": 3, "m1": 1, "m2": 2, "m3": 1, "m4": 1, "m5": 3, "m6": 3,
    "m7": 3, "w1": 0, "w2": 1, "w3": 3, "w4": 2, "w5": 0, "w6": 1, "w7": 3,
}  # fmt: skip
"""Of four inventions of each person, the one that is least like all the others before it."""


def all_genes(data: ShapeData) -> dict[str, Genes]:
    """Everybody's genes; children have their parents'."""
    genes: dict[str, Genes] = {}
    for number, role in enumerate(CAST):
        rng = np.random.default_rng(_SEED + 10 * number + _TAKES.get(role.id, 0))
        if role.mother and role.father:
            genes[role.id] = inherit(genes[role.mother], genes[role.father], rng)
        else:
            genes[role.id] = invent_genes(data, rng)
    return genes
