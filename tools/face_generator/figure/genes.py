"""What makes a face one's own: shape and colouring, drawn at random or inherited."""

from typing import Final, NamedTuple

import numpy as np

from specimens.faces.cast import Sex
from tools.face_generator.figure.mesh import ShapeData

_REGIONS: Final = (
    "head",
    "forehead",
    "eyebrows",
    "eyes",
    "nose",
    "cheek",
    "mouth",
    "chin",
    "neck",
    "ears",
)
_OPPOSITES: Final = {
    "decr": "incr",
    "down": "up",
    "in": "out",
    "backward": "forward",
    "concave": "convex",
    "compress": "uncompress",
}
_STILL: Final = (
    "head-age",
    "head-trans",
    "head-angle",
    "neck-trans",
    "mouth-trans-in",
    "nose-trans-in",
    "ear-trans",
    "measure",
    "ear-rot",
    "ear-shape",
    "cupidsbow-width",
)
"""Targets that age, move or distort a head rather than tell people apart."""
_CALM: Final = {
    "mouth": 0.75, "nose": 0.8, "chin": 0.75, "eyebrows-angle": 0.5, "scale": 0.7, "trans": 0.6,
    "neck": 0.4, "dimples": 0.6, "prognathism": 0.5, "prominent": 0.6, "hump": 0.6, "head-": 0.8,
    "back-scale": 0.5, "push": 0.6, "nubian": 0.5, "jaw-drop": 0.6, "double": 0.5, "ear": 0.6,
    "laugh": 0.5, "bag": 0.6,
}  # fmt: skip
"""Factors on the strength of targets whose name holds the word: what soon looks unnatural."""
_OUTLINES: Final = ("head-oval", "head-round", "head-rectangular", "head-square", "head-triangular",
                    "head-invertedtriangular", "head-diamond", "chin-triangle")  # fmt: skip
_SPREAD: Final = 0.5
_LIMIT: Final = 1.0
_MIXTURE: Final = 0.4


class Looks(NamedTuple):
    """Colour and hair; numbers without a unit run from about -1 to 1.

    Attributes:
        tone: Fair (-1) to dark (1) skin.
        warmth: Pink (-1) to yellow (1) skin.
        brow_width: Thickness of the eyebrows.
        brow_height: How far above the eye they stand.
        brow_slope: Their outer end down (-1) or up (1).
        brow_curve: Straight (-1) or arched (1).
        brow_length: Their length.
        lip_colour: Pale (-1) to red (1).
        hairline: High (-1) to low (1).
        fold: A single (-1) to a clear double eyelid (1).
        shade: Shadow around the eyes.
        blush: Colour of the cheeks.
        weight: Lean (-1) to full (1) face.
        mixture: Share of another form of head than the East Asian one; the sign says which.
    """

    tone: float
    warmth: float
    brow_width: float
    brow_height: float
    brow_slope: float
    brow_curve: float
    brow_length: float
    lip_colour: float
    hairline: float
    fold: float
    shade: float
    blush: float
    weight: float
    mixture: float


class Relief(NamedTuple):
    """A pattern of small bumps and how much of it one has."""

    seed: int
    share: float


class Genes(NamedTuple):
    """One person's own shape and looks, the same at every age.

    Attributes:
        shape: Value of each shape gene, about -1 to 1.
        looks: Colours and brows.
        reliefs: Patterns of bumps and shades; half of each parent's and some of one's own.
        marks: Seed of moles, blotches and strands; nobody inherits it.
    """

    shape: dict[str, float]
    looks: Looks
    reliefs: tuple[Relief, ...]
    marks: int


def invent_genes(data: ShapeData, rng: np.random.Generator) -> Genes:
    """A new person, related to nobody."""
    shape = {
        name: float(np.clip(rng.normal(0, _SPREAD), -_LIMIT, _LIMIT)) for name in _gene_names(data)
    }
    for name in _OUTLINES:
        shape[name] = 0.0
    for name in rng.choice(_OUTLINES, 2, replace=False):
        shape[str(name)] = float(rng.uniform(0.15, 0.65))
    values = np.clip(rng.normal(0, 0.7, len(Looks._fields)), -1, 1)
    looks = Looks(*(float(value) for value in values))
    marks = _seed(rng)
    return Genes(shape, looks, (Relief(_seed(rng), 1.0),), marks)


def inherit(mother: Genes, father: Genes, rng: np.random.Generator) -> Genes:
    """A child: most features lean to one of the parents, some are new."""
    shape = {name: _mix(mother.shape[name], father.shape[name], 0.16, rng) for name in mother.shape}
    pairs = zip(mother.looks, father.looks, strict=True)
    looks = Looks(*(_mix(one, other, 0.2, rng) for one, other in pairs))
    inherited = tuple(
        Relief(relief.seed, relief.share * float(rng.uniform(0.45, 0.8)))
        for relief in mother.reliefs + father.reliefs
    )
    return Genes(shape, looks, (*inherited, Relief(_seed(rng), 0.4)), _seed(rng))


def weights(genes: Genes, sex: Sex, age: float) -> dict[str, float]:
    """Targets and their weights for this person at an age in years."""
    return _years(sex, age, genes.looks) | _features(genes, age)


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(1 << 30))


def _mix(one: float, other: float, spread: float, rng: np.random.Generator) -> float:
    share = rng.beta(0.5, 0.5)
    return float(np.clip(share * one + (1 - share) * other + rng.normal(0, spread), -1, 1))


def _years(sex: Sex, age: float, looks: Looks) -> dict[str, float]:
    word = "male" if sex == "男" else "female"
    stages = {"baby": 1.0, "child": 10.0, "young": 25.0, "old": 85.0}
    shares = np.interp(age, list(stages.values()), range(4))
    low = min(int(shares), 2)
    pair = list(stages)[low : low + 2]
    kept: dict[str, float] = {}
    weight, other = looks.weight, _MIXTURE * looks.mixture
    body = "minweight" if weight < 0 else "maxweight"
    for stage, share in zip(pair, (1 - (shares - low), shares - low), strict=True):
        universal = f"universal-{word}-{stage}-averagemuscle"
        kept[f"asian-{word}-{stage}"] = float(share) * (1 - abs(other))
        kept[f"{'caucasian' if other > 0 else 'african'}-{word}-{stage}"] = float(share) * abs(
            other
        )
        kept[f"{universal}-averageweight"] = float(share) * (1 - abs(weight))
        kept[f"{universal}-{body}"] = float(share) * abs(weight)
    return kept


def _features(genes: Genes, age: float) -> dict[str, float]:
    strength = float(np.interp(age, (1, 6, 18), (0.35, 0.6, 1.0)))
    kept: dict[str, float] = {}
    for name, value in genes.shape.items():
        calm = float(np.prod([factor for key, factor in _CALM.items() if key in name]))
        for target in _targets(name, value):
            kept[target] = abs(value) * calm * strength
    return kept


def _targets(name: str, value: float) -> list[str]:
    """The files of a gene: the side of its value, on both halves of the face."""
    if name in _OUTLINES:
        return [name] if value > 0 else []
    stem, ends = name.split("|")
    low, high = ends.split("/")
    target = f"{stem}-{high if value > 0 else low}"
    return [f"l-{target[2:]}", f"r-{target[2:]}"] if target.startswith("*-") else [target]


def _gene_names(data: ShapeData) -> list[str]:
    """Each pair of opposite targets as one gene; those of the two halves of a face are one."""
    names: set[str] = set()
    for region in _REGIONS:
        known = set(data.names(region))
        for name in known:
            stem, _, end = name.rpartition("-")
            other = _OPPOSITES.get(end)
            if other and f"{stem}-{other}" in known and not any(word in name for word in _STILL):
                both_halves = "*-" + stem[2:] if stem[:2] in {"l-", "r-"} else stem
                names.add(f"{both_halves}|{end}/{other}")
    return sorted(names)
