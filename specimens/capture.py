"""From a flat page to a picture of it: scanner or phone, good light or bad.

Every picture is one dense remap of the page plus cheap shading, so it stays under a second or two.
"""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.backgrounds import lay_background
from specimens.dice import Dice
from specimens.sheet import Corners, Pixels

LEVELS: Final = ("scan", "phone", "hard", "bad", "sketch")
SKETCH: Final = 3.0
"""Pixels a millimetre of the level "sketch": nothing to read, but quick to draw."""
Floats = NDArray[np.float32]


class Shot(NamedTuple):
    """How a picture is taken; lengths as shares of the picture's longer side.

    Attributes:
        long_side: Pixels of the picture's longer side.
        fill: Share of the picture that the page may span.
        tilt: How far corners move by perspective, share of the page.
        skew: Rotation in degrees.
        bend: How far paper waves and folds displace, pixels at 2,000.
        light: How uneven the light is, 0 to 0.6.
        shadow: Darkness of a cast shadow, 0 to 0.7.
        glare: Strength of burnt-out blobs, 0 to 1.
        blur: Sigma of defocus, pixels.
        motion: Length of motion blur, pixels.
        noise: Sigma of the sensor's noise, grey levels.
        quality: Of the JPEG, 1 to 100.
        turn: Quarter turns clockwise of the page in the picture, 0 to 3.
        exif: Whether the turn is told in EXIF (the picture then shows upright).
        flat: A scan: no background around, no perspective.
    """

    long_side: int = 2200
    fill: float = 0.86
    tilt: float = 0.02
    skew: float = 0.0
    bend: float = 0.0
    light: float = 0.1
    shadow: float = 0.0
    glare: float = 0.0
    blur: float = 0.0
    motion: float = 0.0
    noise: float = 2.0
    quality: int = 90
    turn: int = 0
    exif: bool = False
    flat: bool = False


class Photo(NamedTuple):
    """A picture before it is encoded.

    Attributes:
        image: As a viewer shows it (after EXIF).
        quads: The page's fields in pixels of `image`.
        outline: The page's corners, same pixels.
        glare: Share of the page that is burnt out, 0 to 1.
    """

    image: Pixels
    quads: dict[str, Corners]
    outline: Corners
    glare: float


def invent_shot(level: str, width: float, dice: Dice) -> Shot:
    """A way of taking the picture, within what a level allows.

    Args:
        level: One of LEVELS.
        width: Of the sheet, millimetres; a scanner's picture follows from it.
        dice: Chance.

    Raises:
        ValueError: No such level.
    """
    match level:
        case "scan":
            return _scan(width, dice)
        case "phone":
            return _phone(dice)
        case "hard":
            return _hard(dice)
        case "sketch":
            return Shot(long_side=round(width * SKETCH), fill=1.0, tilt=0, noise=0, flat=True)
        case "bad":
            return _hard(dice)._replace(
                long_side=dice.whole(520, 800), blur=dice.real(2.2, 3.5), motion=dice.real(6, 12)
            )
    message = f"no capture level {level!r}; there are {', '.join(LEVELS)}"
    raise ValueError(message)


def _scan(width: float, dice: Dice) -> Shot:
    dots = dice.whole(200, 300)
    return Shot(
        long_side=round(width / 25.4 * dots),
        fill=1.0,
        tilt=0,
        skew=dice.sway(0.6),
        light=0.02,
        noise=dice.real(0.5, 2),
        blur=dice.real(0, 0.5),
        quality=dice.whole(82, 95),
        flat=True,
    )


def _phone(dice: Dice) -> Shot:
    turn = dice.weighted({0: 8, 1: 1, 3: 1})
    return Shot(
        long_side=dice.whole(1600, 3000),
        fill=dice.real(0.74, 0.95),
        tilt=dice.real(0.005, 0.035),
        skew=dice.sway(2.2),
        bend=dice.real(0, 5),
        light=dice.real(0.05, 0.25),
        shadow=dice.real(0, 0.25) if dice.chance(0.4) else 0,
        glare=dice.real(0.2, 0.5) if dice.chance(0.2) else 0,
        blur=dice.real(0.2, 0.9),
        noise=dice.real(1.5, 4.5),
        quality=dice.whole(78, 94),
        turn=turn,
        exif=dice.chance(0.6),
    )


def _hard(dice: Dice) -> Shot:
    return Shot(
        long_side=dice.whole(900, 1400),
        fill=dice.real(0.7, 0.97),
        tilt=dice.real(0.02, 0.07),
        skew=dice.sway(5),
        bend=dice.real(3, 13),
        light=dice.real(0.15, 0.45),
        shadow=dice.real(0.25, 0.55) if dice.chance(0.6) else 0,
        glare=dice.real(0.5, 0.95) if dice.chance(0.45) else 0,
        blur=dice.real(0.5, 1.15),
        motion=dice.real(2, 4) if dice.chance(0.3) else 0,
        noise=dice.real(3, 8),
        quality=dice.whole(55, 85),
        turn=dice.weighted({0: 5, 1: 2, 2: 1.5, 3: 2}),
        exif=dice.chance(0.3),
    )


def photograph(
    page: Pixels, quads: dict[str, Corners], shot: Shot, dice: Dice, *, rounded: bool = False
) -> Photo:
    """Take the picture.

    Args:
        page: The flat page.
        quads: Its fields.
        shot: How.
        dice: Chance for place, light, background and noise.
        rounded: The page has a card's rounded corners.
    """
    height, width = page.shape[:2]
    size = _canvas(width, height, shot, dice)
    corners = _place(width, height, size, shot, dice)
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    page, quads, source = _shrink(page, quads, source, corners)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    forward = np.asarray(matrix, dtype=np.float64)
    bend = _bend(size, shot, dice.fork("bend"))
    image, cover = _project(page, forward, size, bend, rounded=rounded)
    if not shot.flat:
        ground = lay_background(size, dice.fork("background"))
        ground = _drop_shadow(ground, cover, dice)
        image = ground + (image - ground) * cover[:, :, None]
    image, glare = _light(image, cover, shot, dice.fork("light"))
    image = _lens(image, shot, dice.fork("lens"))
    finished = np.clip(image, 0, 255).astype(np.uint8)
    moved = {name: _carry(quad, forward, bend) for name, quad in quads.items()}
    return _turned(finished, moved, corners, glare, shot)


def snapshot(picture: Pixels, shot: Shot, dice: Dice) -> Photo:
    """A picture that is a photograph already, with this shot's size, noise and blur."""
    factor = min(1.0, shot.long_side * 0.7 / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    soft = shot._replace(blur=min(shot.blur, 0.8), noise=min(shot.noise, 4))
    image = np.clip(_lens(small.astype(np.float32), soft, dice), 0, 255).astype(np.uint8)
    height, width = image.shape[:2]
    outline = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
    return Photo(image, {}, outline, 0.0)


def _canvas(width: int, height: int, shot: Shot, dice: Dice) -> tuple[int, int]:
    """Width and height of the picture: a scan keeps the page's shape, a phone has its own."""
    if shot.flat:
        scale = shot.long_side / width
        return round(width * scale), round(height * scale)
    shape = dice.pick(
        (4 / 3, 4 / 3, 16 / 9, 3 / 2, width / height if width > height else height / width)
    )
    shape = max(1.0, min(2.0, shape))
    long_side, short_side = shot.long_side, round(shot.long_side / shape)
    return (long_side, short_side) if width >= height else (short_side, long_side)


def _place(width: int, height: int, size: tuple[int, int], shot: Shot, dice: Dice) -> Corners:
    scale = min(size[0] / width, size[1] / height) * shot.fill
    w, h = width * scale / 2, height * scale / 2
    corners = np.array([(-w, -h), (w, -h), (w, h), (-w, h)])
    corners += dice.rng.uniform(-shot.tilt, shot.tilt, (4, 2)) * 2 * np.array([w, h])
    angle = np.radians(shot.skew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ turn.T
    spare = np.maximum(0, (np.array(size) - np.ptp(corners, axis=0)) / 2 - 4)
    middle = np.array(size) / 2 + dice.rng.uniform(-0.7, 0.7, 2) * spare
    corners += middle - (corners.max(0) + corners.min(0)) / 2
    if not shot.flat:
        corners = _keep_inside(corners, size)
    return corners


def _keep_inside(corners: Corners, size: tuple[int, int]) -> Corners:
    room = np.array(size) - 8.0
    factor = min(1.0, float((room / np.ptp(corners, axis=0)).min()))
    centre = corners.mean(0)
    corners = centre + (corners - centre) * factor
    corners += np.maximum(0, 4 - corners.min(0))
    beyond = np.maximum(0, corners.max(0) - (np.array(size) - 4))
    return np.asarray(corners - beyond, dtype=np.float64)


def _shrink(
    page: Pixels, quads: dict[str, Corners], source: Floats, corners: Corners
) -> tuple[Pixels, dict[str, Corners], Floats]:
    """Bring the page near its final size first, so that fine lines do not alias."""
    factor = float(np.linalg.norm(corners[1] - corners[0]) / page.shape[1])
    if factor > 0.8:
        return page, quads, source
    factor = max(factor, 0.05)
    size = (round(page.shape[1] * factor), round(page.shape[0] * factor))
    ratio = np.array(size) / np.array([page.shape[1], page.shape[0]])
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    return (
        small.astype(np.uint8),
        {k: q * ratio for k, q in quads.items()},
        (source * ratio).astype(np.float32),
    )


def _bend(size: tuple[int, int], shot: Shot, dice: Dice) -> Floats | None:
    """Displacement in pixels, at an eighth of the picture's size: waves and sharp folds."""
    if shot.bend <= 0 or shot.flat:
        return None
    w, h = max(8, size[0] // 8), max(8, size[1] // 8)
    reach = shot.bend * max(size) / 2000
    field = np.zeros((h, w, 2), np.float32)
    for axis in range(2):
        coarse = dice.rng.normal(0, 1, (4, 5)).astype(np.float32)
        field[:, :, axis] = cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC) * reach
    if dice.chance(0.5):
        x, y = np.meshgrid(np.linspace(0, 1, w), np.linspace(0, 1, h))
        angle, offset = dice.real(0, np.pi), dice.real(0.3, 0.7)
        across = (x - offset) * np.cos(angle) + (y - offset) * np.sin(angle)
        ridge = np.exp(-np.abs(across) * 9) * reach * 1.3
        field[:, :, 0] += (ridge * np.cos(angle)).astype(np.float32)
        field[:, :, 1] += (ridge * np.sin(angle)).astype(np.float32)
    return field


def _project(
    page: Pixels,
    forward: NDArray[np.float64],
    size: tuple[int, int],
    bend: Floats | None,
    *,
    rounded: bool,
) -> tuple[Floats, Floats]:
    height, width = page.shape[:2]
    edge = np.full((height, width), 255, np.uint8)
    if rounded:
        edge = _rounded(width, height)
    if bend is None:
        border = cv2.BORDER_REPLICATE
        image = cv2.warpPerspective(page, forward, size, flags=cv2.INTER_CUBIC, borderMode=border)
        cover = cv2.warpPerspective(edge, forward, size, flags=cv2.INTER_LINEAR)
    else:
        x, y = _page_coordinates(forward, size, bend)
        border = cv2.BORDER_REPLICATE
        image = cv2.remap(page, x, y, cv2.INTER_CUBIC, borderMode=border)
        cover = cv2.remap(edge, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return image.astype(np.float32), (cover / 255).astype(np.float32)


def _page_coordinates(
    forward: NDArray[np.float64], size: tuple[int, int], bend: Floats
) -> tuple[Floats, Floats]:
    back = np.linalg.inv(forward).astype(np.float32)
    field = cv2.resize(bend, size, interpolation=cv2.INTER_LINEAR)
    x = np.arange(size[0], dtype=np.float32)[None, :] + field[:, :, 0]
    y = np.arange(size[1], dtype=np.float32)[:, None] + field[:, :, 1]
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    across = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    down = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    return across, down


def _rounded(width: int, height: int) -> NDArray[np.uint8]:
    radius = round(width * 0.037)
    edge = np.zeros((height, width), np.uint8)
    cv2.rectangle(edge, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(edge, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(edge, (x, y), radius, 255, -1, cv2.LINE_AA)
    return edge


def _drop_shadow(ground: Floats, cover: Floats, dice: Dice) -> Floats:
    small = cv2.resize(cover, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(1.0, small.shape[1] * 0.012))
    shift = np.array([[1, 0, dice.sway(3)], [0, 1, dice.real(0, 4)]], np.float32)
    soft = cv2.warpAffine(soft, shift, (small.shape[1], small.shape[0]))
    dark = cv2.resize(soft, (cover.shape[1], cover.shape[0])) * dice.real(0.2, 0.5)
    return np.asarray(ground * (1 - dark[:, :, None]), dtype=np.float32)


def _light(image: Floats, cover: Floats, shot: Shot, dice: Dice) -> tuple[Floats, float]:
    height, width = image.shape[:2]
    w, h = max(8, width // 16), max(8, height // 16)
    x, y = np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h))
    angle = dice.real(0, 2 * np.pi)
    shade = (
        1
        + shot.light * (x * np.cos(angle) + y * np.sin(angle))
        - shot.light * 0.25 * (x * x + y * y)
    )
    if shot.shadow:
        shade *= _cast_shadow(x, y, shot.shadow, dice)
    shade *= dice.real(0.86, 1.06) if not shot.flat else dice.real(0.97, 1.04)
    balance = np.array([dice.real(0.9, 1.05), 1.0, dice.real(0.95, 1.06)], np.float32)
    if shot.flat:
        balance = np.ones(3, np.float32)
    full = cv2.resize(shade.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    image = image * (full[:, :, None] * balance)
    if not shot.glare:
        return image, 0.0
    blobs = _glare(x, y, shot.glare, dice)
    full = cv2.resize(blobs.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    image = image + (275 - image) * full[:, :, None]
    return image, float(
        ((full > 0.85) & (cover > 0.5)).sum() / max(1.0, float((cover > 0.5).sum()))
    )


def _cast_shadow(
    x: NDArray[np.float64], y: NDArray[np.float64], depth: float, dice: Dice
) -> NDArray[np.float64]:
    """The soft edge of a hand's or head's shadow."""
    angle = dice.real(0, 2 * np.pi)
    across = x * np.cos(angle) + y * np.sin(angle) - dice.real(-0.3, 0.6)
    across += 0.12 * np.sin(dice.real(2, 6) * (x * np.sin(angle) - y * np.cos(angle)))
    edge = 1 / (1 + np.exp(-across * dice.real(8, 30)))
    return np.asarray(1 - depth * edge)


def _glare(
    x: NDArray[np.float64], y: NDArray[np.float64], strength: float, dice: Dice
) -> NDArray[np.float64]:
    blobs = np.zeros_like(x)
    for _ in range(dice.whole(1, 3)):
        cx, cy = dice.real(-0.7, 0.7), dice.real(-0.7, 0.7)
        rx, ry, angle = dice.real(0.05, 0.22), dice.real(0.04, 0.14), dice.real(0, np.pi)
        u = (x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)
        v = -(x - cx) * np.sin(angle) + (y - cy) * np.cos(angle)
        blobs = np.maximum(blobs, np.exp(-((u / rx) ** 2 + (v / ry) ** 2)))
    return np.clip(blobs * (0.4 + strength), 0, 1) * min(1.0, strength + 0.15)


def _lens(image: Floats, shot: Shot, dice: Dice) -> Floats:
    if shot.blur > 0.25:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), shot.blur), dtype=np.float32)
    if shot.motion >= 1.5:
        streak = _streak(shot.motion, dice.real(0, 180))
        image = np.asarray(cv2.filter2D(image, -1, streak), dtype=np.float32)
    if shot.noise > 0:
        image = image + _noise(image.shape[0], image.shape[1], shot.noise, dice)
    return np.asarray(image, dtype=np.float32)


def _streak(length: float, angle: float) -> Floats:
    size = round(length) * 2 + 1
    kernel = np.zeros((size, size), np.float32)
    reach = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * length / 2
    middle = np.array([size // 2, size // 2])
    start, end = middle - reach, middle + reach
    cv2.line(
        kernel,
        tuple(np.rint(start).astype(int).tolist()),
        tuple(np.rint(end).astype(int).tolist()),
        1.0,
        1,
    )
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _noise(height: int, width: int, sigma: float, dice: Dice) -> Floats:
    """Sensor noise: one tile of it, softly correlated, repeated over the picture."""
    tile = dice.rng.standard_normal((512, 512, 3), dtype=np.float32)
    tile = 0.75 * tile + 0.5 * tile.mean(axis=2, keepdims=True)
    reps = (-(-height // 512), -(-width // 512), 1)
    return np.tile(tile * sigma, reps)[:height, :width]


def _carry(quad: Corners, forward: NDArray[np.float64], bend: Floats | None) -> Corners:
    points = cv2.perspectiveTransform(quad.reshape(1, -1, 2).astype(np.float64), forward)[0]
    if bend is not None:
        column = np.clip(points[:, 0] / 8, 0, bend.shape[1] - 1).astype(int)
        row = np.clip(points[:, 1] / 8, 0, bend.shape[0] - 1).astype(int)
        points = points - bend[row, column]
    return np.asarray(points, dtype=np.float64)


def _turned(
    image: Pixels, quads: dict[str, Corners], outline: Corners, glare: float, shot: Shot
) -> Photo:
    """Quarter turns that a viewer sees; those told in EXIF are undone by the viewer."""
    if shot.exif or not shot.turn:
        return Photo(image, quads, outline, glare)
    height, width = image.shape[:2]
    turned = np.ascontiguousarray(np.rot90(image, -shot.turn))
    moved = {name: turn_points(quad, width, height, shot.turn) for name, quad in quads.items()}
    return Photo(turned, moved, turn_points(outline, width, height, shot.turn), glare)


def turn_points(points: Corners, width: int, height: int, turns: int) -> Corners:
    """Points of a picture of this size after quarter turns clockwise."""
    x, y = points[:, 0], points[:, 1]
    match turns % 4:
        case 1:
            return np.stack((height - y, x), axis=1)
        case 2:
            return np.stack((width - x, height - y), axis=1)
        case 3:
            return np.stack((y, width - x), axis=1)
    return points
