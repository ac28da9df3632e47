"""Hair as strands: where they grow, how they are combed, and how they catch the light."""

from typing import Final, Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.faces.camera import Camera
from specimens.faces.light import Light
from specimens.faces.mesh import Floats, Ints
from specimens.faces.noise import value_noise

Comb = Literal["away", "side", "forward", "back", "down"]

_CROWN: Final = np.array([0.1, 1.05, -1.05])
_CENTRE: Final = np.array([0.0, 0.15, -0.75])
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


class Strands(NamedTuple):
    """Hairs as lines in space.

    Attributes:
        points: Strands x steps x 3, relative to the point between the eyes.
        shine: Own brightness of each strand, about 1.
    """

    points: Floats
    shine: Floats


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


def grow(
    triangles: Ints, vertices: Floats, share: Floats, style: HairStyle, count: int, seed: int
) -> Strands:
    """Strands from the scalp, combed in this style.

    Args:
        triangles: The body's.
        vertices: Where its corners are now.
        share: How much each vertex belongs to the scalp.
        style: How it is worn.
        count: How many strands.
        seed: The same seed, the same hair.
    """
    rng = np.random.default_rng(seed)
    roots, normals = _roots(triangles, vertices, share, count, rng)
    comb = _Combing(style, roots, normals, _shell(vertices[np.unique(triangles)]), rng)
    return Strands(
        comb.points(), 1 + 0.16 * rng.normal(size=count) + 0.1 * value_noise(roots, 12, seed)
    )


def draw(
    picture: NDArray[np.uint8],
    strands: Strands,
    colour: Floats,
    light: Light,
    camera: Camera,
    depth: Floats,
    exposure: float,
    *,
    filled: bool = True,
) -> None:
    """Draw strands over a picture (blue-green-red), hidden by what stands before them.

    Args:
        picture: Is changed.
        strands: What to draw.
        colour: Of the hair, linear red-green-blue.
        light: The scene's lamps.
        camera: The scene's.
        depth: Nearness of what is already there.
        exposure: Factor from linear light to the screen.
        filled: Lay a darker, thicker copy below, so that nothing shines through between strands.
    """
    screen, near = camera.seen(strands.points)
    middle, nearness = (screen[:, 1:] + screen[:, :-1]) / 2, (near[:, 1:] + near[:, :-1]) / 2
    visible = nearness > _at(depth, middle) - 0.05
    shades = _shades(strands, colour, light, camera) * exposure
    bgr = np.clip(np.clip(shades, 0, 1) ** (1 / 2.2) * 255, 0, 255)[..., ::-1]
    owner, step = np.nonzero(visible)
    order = np.argsort(nearness[owner, step])
    lines = np.stack([screen[:, :-1], screen[:, 1:]], 2)
    ends = np.round(lines[owner, step] * 16).astype(int)[order].tolist()
    tints = bgr[owner, step][order]
    for width, dim in ((2, 0.7), (1, 1.0)) if filled else ((1, 1.0),):
        for (start, stop), tint in zip(ends, (tints * dim).tolist(), strict=True):
            cv2.line(picture, start, stop, tint, width, cv2.LINE_AA, 4)


def shadow(strands: Strands, light: Light, camera: Camera) -> Floats:
    """How much of the main lamp reaches each pixel past the hair, 0 to 1."""
    mask = np.zeros(camera.size, np.uint8)
    towards = np.asarray(light.direction) / np.linalg.norm(light.direction)
    screen, near = camera.seen(strands.points[::4])
    shift = np.array([-towards[0], towards[1]]) * 0.10 * camera.scale
    front = (near > -0.9).all(1)
    lines = [line.astype(np.int32) for line in screen[front] + shift]
    cv2.polylines(
        mask, lines, isClosed=False, color=255, thickness=max(2, round(camera.scale / 40))
    )
    soft = cv2.GaussianBlur(mask.astype(float) / 255, (0, 0), camera.scale * 0.07)
    return np.asarray(1 - 0.32 * soft)


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
        around = place - _CENTRE
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
        around = place - _CENTRE
        distance = np.linalg.norm(around, axis=1)
        least = _shell_at(self._shell, around / distance[:, None]) + height
        # On the head hair lies on its shell; below the jaw it hangs freely.
        hanging = np.clip((-0.45 - place[:, 1]) / 0.3, 0, 1)
        pushed = least * (1 - hanging) + distance * hanging
        return np.asarray(_CENTRE + around * (pushed / distance)[:, None])


def _soft(value: Floats, width: float) -> Floats:
    return np.asarray(np.clip(value / width + 0.5, 0, 1))


def _roots(
    triangles: Ints, vertices: Floats, share: Floats, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    corners = vertices[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(across, axis=1)
    weight = area * (share[triangles].mean(1) > 0.5)
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
    around = vertices[vertices[:, 1] > -0.75] - _CENTRE
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


def _at(depth: Floats, points: Floats) -> Floats:
    column = np.clip(points[..., 0].astype(int), 0, depth.shape[1] - 1)
    row = np.clip(points[..., 1].astype(int), 0, depth.shape[0] - 1)
    return np.asarray(depth[row, column])


def _shades(strands: Strands, colour: Floats, light: Light, camera: Camera) -> Floats:
    along = np.diff(strands.points, axis=1)
    along = camera.directions(along / (np.linalg.norm(along, axis=2, keepdims=True) + 1e-9))
    outward = strands.points[:, 1:] - _CENTRE
    outward = camera.directions(outward / np.linalg.norm(outward, axis=2, keepdims=True))
    towards = np.asarray(light.direction) / np.linalg.norm(light.direction)
    half = towards + np.array([0, 0, 1.0])
    half /= np.linalg.norm(half)
    across = np.sqrt(np.clip(1 - (along @ towards) ** 2, 0, 1))
    glint = np.clip(1 - (along @ half) ** 2, 0, 1) ** 30
    facing = np.clip(0.35 + 0.65 * (outward @ towards), 0.05, 1)
    around = np.asarray(light.sky) * 0.8
    lamp = np.asarray(light.key) * (0.75 * across * facing)[..., None]
    bright = strands.shine[:, None, None] * np.linspace(0.75, 1.05, along.shape[1])[None, :, None]
    gleam = 0.055 * (glint * facing)[..., None] * np.asarray(light.key)
    return np.asarray((colour * (lamp + around) + gleam) * bright)
