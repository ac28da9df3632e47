"""Hair of the head: where it grows and how it is combed."""

from typing import Final, Literal, NamedTuple

import cv2
import numpy as np

from tools.face_generator.figure.mesh import Floats, Ints
from tools.face_generator.figure.noise import value_noise
from tools.face_generator.picture.strands import MIDDLE_OF_HEAD, Strands

Comb = Literal["away", "side", "forward", "back", "down"]

_CROWN: Final = np.array([0.1, 1.05, -1.05])
_STEPS: Final = 14


class HairStyle(NamedTuple):
    """A way to wear one's hair; lengths in decimetres.

    Attributes:
        comb: Which way the hair of the top lies.
        top: Length on the top.
        sides: Length on the sides and at the back.
        part: Where it is parted, left (-) to right (+) of the middle.
        volume: How far it stands off the head.
        fringe: Length of the hair over the forehead; 0 for none.
        receding: How far the hairline has gone back, 0 to 1.
        wave: Straight (0) to wavy (1).
    """

    comb: Comb
    top: float
    sides: float
    part: float = 0.3
    volume: float = 0.1
    fringe: float = 0.0
    receding: float = 0.0
    wave: float = 0.1


class Scalp(NamedTuple):
    """The skin that hair may grow from.

    Attributes:
        triangles: The body's.
        vertices: Where their corners are.
        share: How much each corner belongs to the scalp, 0 to 1.
    """

    triangles: Ints
    vertices: Floats
    share: Floats


def scalp_share(rest: Floats, ears: Floats, hairline: float, style: HairStyle) -> Floats:
    """How much each place belongs to the scalp, 0 to 1.

    Args:
        rest: Places at rest.
        ears: How much each belongs to an ear.
        hairline: High (-1) to low (1).
        style: Only its receding counts.
    """
    x, y, z = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    ragged = 0.035 * value_noise(rest, 9, 17)
    edge = 0.70 - 0.07 * hairline - 0.75 * np.clip(x - 0.36, 0, 1) ** 1.4 + ragged
    edge = edge + style.receding * (0.28 * np.exp(-(((x - 0.38) / 0.25) ** 2)) + 0.22)
    front = _soft(y - edge, 0.05)
    temple = _soft(-0.36 - 0.2 * style.receding - z + ragged, 0.05) * _soft(y - 0.14, 0.06)
    burn = _soft(-0.46 - z + ragged, 0.04) * _soft(z + 0.66, 0.04) * _soft(y + 0.10, 0.08)
    behind = _soft(-0.90 - z, 0.04) * _soft(y + 0.62 + ragged, 0.08)
    return np.asarray(np.max([front, temple, burn, behind], axis=0) * (1 - ears))


def grow(scalp: Scalp, style: HairStyle, count: int, seed: int) -> Strands:
    """Strands from the scalp, combed in this style.

    Args:
        scalp: Where hair grows.
        style: How it is worn.
        count: How many strands.
        seed: The same seed, the same hair.
    """
    rng = np.random.default_rng(seed)
    roots, normals = _roots(scalp, count, rng)
    shell = _shell(scalp.vertices[np.unique(scalp.triangles)])
    points = _Combing(style, roots, normals, shell, rng).points()
    shine = 1 + 0.16 * rng.normal(size=count) + 0.1 * value_noise(roots, 12, seed)
    return Strands(points, shine)


class _Combing:
    """Lets strands grow step by step over the head's shell."""

    def __init__(
        self,
        style: HairStyle,
        roots: Floats,
        normals: Floats,
        shell: Floats,
        rng: np.random.Generator,
    ) -> None:
        self._style, self._roots, self._normals, self._shell = style, roots, normals, shell
        self._rng = rng
        top = np.clip((roots[:, 1] - 0.30) / 0.35, 0, 1)
        ahead = (roots[:, 2] > -0.45) & (roots[:, 1] > 0.45) & (np.abs(roots[:, 0]) < 0.55)
        self._fringe = ahead & (style.fringe > 0)
        length = style.sides + (style.top - style.sides) * top
        length = np.where(self._fringe, style.fringe, length)
        self._length = length * rng.uniform(0.78, 1.0, len(roots))
        self._top = top

    def points(self) -> Floats:
        """Strands x steps x 3."""
        rng, count = self._rng, len(self._roots)
        height = self._style.volume * rng.uniform(0.15, 1.0, count) * (0.45 + 0.55 * self._top)
        phase, place = rng.uniform(0, 6.3, count), self._roots + 0.01 * self._normals
        heading = self._normals * self._style.volume * 2 + self._flow(place)
        stray = rng.normal(0, 0.10, (count, 3))
        kept = [place]
        for step in range(1, _STEPS):
            share = step / (_STEPS - 1)
            heading = 0.55 * heading + 0.45 * (self._flow(place) + stray)
            heading /= np.linalg.norm(heading, axis=1, keepdims=True)
            place = place + heading * (self._length / (_STEPS - 1))[:, None]
            swing = 0.05 * self._style.wave * np.sin(phase * 0.15 + share * 9)
            place = self._outside(place, height * min(1.0, 4 * share) + swing * share)
            kept.append(place)
        return np.stack(kept, 1)

    def _flow(self, place: Floats) -> Floats:
        around = place - MIDDLE_OF_HEAD
        outward = around / np.linalg.norm(around, axis=1, keepdims=True)
        wish = self._wish(place)
        tangent = wish - (wish * outward).sum(1, keepdims=True) * outward
        free = (place[:, 1] < -0.5)[:, None]
        wish = np.where(free, np.array([0.0, -1.0, 0.0]), tangent)
        return np.asarray(wish / (np.linalg.norm(wish, axis=1, keepdims=True) + 1e-9))

    def _wish(self, place: Floats) -> Floats:
        side = np.tanh((self._roots[:, 0] - self._style.part) * 14)[:, None]
        low = np.clip((0.55 - place[:, 1]) / 0.4, 0, 1)[:, None]
        aside = np.clip((np.abs(place[:, 0:1]) - 0.45) / 0.25, 0, 1)
        ahead = np.clip((place[:, 2:3] + 0.5) / 0.3, 0, 1)
        x, y, z = np.eye(3)
        down = -y - 0.35 * z + 0.0 * side
        wishes: dict[str, Floats] = {
            "away": place - _CROWN + 0.25 * side * x,
            "side": (side * x * 1.0 + 0.25 * z) * (1 - low) + down * low,
            "forward": (z + 0.3 * side * x) * (1 - low) + down * low,
            "back": -z - 0.35 * y * low + 0.0 * side,
            "down": side * x * 1.3 * (1 - aside) - y * 1.2 * aside - (0.55 + 0.3 * ahead) * z,
        }
        wish = wishes[self._style.comb]
        falling = z * 0.8 - y * 0.9 + 0.25 * side * x
        return np.where(self._fringe[:, None], falling, wish)

    def _outside(self, place: Floats, height: Floats) -> Floats:
        around = place - MIDDLE_OF_HEAD
        distance = np.linalg.norm(around, axis=1)
        least = _shell_at(self._shell, around / distance[:, None]) + height
        # On the head hair lies on its shell; below the jaw it hangs freely.
        hanging = np.clip((-0.45 - place[:, 1]) / 0.3, 0, 1)
        pushed = least * (1 - hanging) + distance * hanging
        return np.asarray(MIDDLE_OF_HEAD + around * (pushed / distance)[:, None])


def _soft(value: Floats, width: float) -> Floats:
    return np.asarray(np.clip(value / width + 0.5, 0, 1))


def _roots(scalp: Scalp, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    triangles = scalp.triangles
    corners = scalp.vertices[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(across, axis=1)
    weight = area * (scalp.share[triangles].mean(1) > 0.5)
    chosen = rng.choice(len(triangles), count, p=weight / weight.sum())
    weights = rng.dirichlet((1, 1, 1), count)
    places = (weights[..., None] * corners[chosen]).sum(1)
    return places, across[chosen] / area[chosen][:, None]


def _grid(outward: Floats) -> tuple[Ints, Ints]:
    row = np.clip((np.arcsin(np.clip(outward[..., 1], -1, 1)) / np.pi + 0.5) * 59, 0, 59).astype(
        int
    )
    column = ((np.arctan2(outward[..., 0], outward[..., 2]) / (2 * np.pi) + 0.5) * 119).astype(int)
    return row, column


def _shell(vertices: Floats) -> Floats:
    """The head's radius in each direction from its centre, 60 x 120."""
    around = vertices[vertices[:, 1] > -0.75] - MIDDLE_OF_HEAD
    radius = np.linalg.norm(around, axis=1)
    near = radius < 1.3
    rows, columns = _grid(around[near] / radius[near, None])
    largest, known = np.zeros((60, 120)), np.zeros((60, 120))
    np.maximum.at(largest, (rows, columns), radius[near])
    known[rows, columns] = 1
    wide = np.hstack([largest] * 3), np.hstack([known] * 3)
    total, weight = (cv2.GaussianBlur(part, (0, 0), 1.3) for part in wide)
    return np.asarray((total / np.maximum(weight, 1e-6))[:, 120:240])


def _shell_at(shell: Floats, outward: Floats) -> Floats:
    rows, columns = _grid(outward)
    return np.asarray(shell[rows, columns])
