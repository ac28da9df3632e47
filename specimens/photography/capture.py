"""From a flat page to a picture of it.

Every picture is one dense remap of the page plus cheap shading, so it stays under a second or two.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.photography.backgrounds import lay_background
from specimens.photography.light_and_lens import develop, shine
from specimens.photography.shot import Shot
from specimens.printing.print_sheet import Corners, Pixels

Floats = NDArray[np.float32]


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
    image, glare = shine(image, cover, shot, dice.fork("light"))
    image = develop(image, shot, dice.fork("lens"))
    finished = np.clip(image, 0, 255).astype(np.uint8)
    moved = {name: _carry(quad, forward, bend) for name, quad in quads.items()}
    return _turned(finished, moved, corners, glare, shot)


def snapshot(picture: Pixels, shot: Shot, dice: Dice) -> Photo:
    """A picture that is a photograph already, with this shot's size, noise and blur."""
    factor = min(1.0, shot.long_side * 0.7 / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    soft = shot._replace(blur=min(shot.blur, 0.8), noise=min(shot.noise, 4))
    image = np.clip(develop(small.astype(np.float32), soft, dice), 0, 255).astype(np.uint8)
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
