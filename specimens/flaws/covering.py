"""Parts that are missing: cut off, under a finger, under a clip or another paper."""

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.flaws.places import a_field
from specimens.photography.capture import Photo
from specimens.printing.print_sheet import Corners


def cut_sides(photo: Photo, dice: Dice) -> Photo:
    """One or two sides of the page, with text on them, lie outside the picture."""
    side = dice.whole(0, 3)
    sides = {side, (side + 1) % 4} if dice.chance(0.35) else {side}
    return _crop(photo, {s: dice.real(0.16, 0.3) for s in sides})


def cut_margin(photo: Photo, dice: Dice) -> Photo:
    """One side runs just along the text: the edge is gone, hardly any text is."""
    return _crop(photo, {dice.whole(0, 3): dice.real(0.05, 0.09)})


def finger_over_field(photo: Photo, dice: Dice) -> Photo:
    """A finger from the nearest border over a field that matters."""
    x, y = photo.quads[a_field(photo, dice)].mean(0)
    return _finger(photo, np.array([x, y]), dice)


def finger_on_edge(photo: Photo, dice: Dice) -> Photo:
    """Two fingers that hold the page by its edge and hide what stands there."""
    for _ in range(2):
        corner = dice.whole(0, 3)
        along = dice.real(0.15, 0.85)
        start, end = photo.outline[corner], photo.outline[(corner + 1) % 4]
        spot = start + (end - start) * along
        inner = spot + (photo.outline.mean(0) - spot) * dice.real(0.16, 0.3)
        photo = _finger(photo, inner, dice)
    return photo


def clip_over_field(photo: Photo, dice: Dice) -> Photo:
    """A steel paper clip across a field."""
    x, y = photo.quads[a_field(photo, dice)].mean(0)
    image = photo.image.copy()
    size = max(image.shape[:2]) * dice.real(0.035, 0.05)
    angle = dice.real(0, 180)
    thick = max(2, round(size * 0.11))
    shade = (dice.whole(120, 170),) * 3
    for factor in (1.0, 0.7, 0.42):
        axes = (round(size * factor * 1.6), round(size * factor * 0.55))
        centre = (round(float(x)), round(float(y)))
        under = (centre[0] + thick, centre[1] + thick)
        cv2.ellipse(image, under, axes, angle, 0, 330, (60, 60, 60), thick, cv2.LINE_AA)
        cv2.ellipse(image, centre, axes, angle, 0, 330, shade, thick, cv2.LINE_AA)
        cv2.ellipse(image, centre, axes, angle, 20, 120, (235, 235, 235), thick // 2, cv2.LINE_AA)
    return photo._replace(image=image)


def paper_over_corner(photo: Photo, dice: Dice) -> Photo:
    """Another paper or a wallet lies over a corner of the page."""
    corner = dice.whole(0, 3)
    image = photo.image.copy()
    middle = photo.outline.mean(0)
    inner = photo.outline[corner] + (middle - photo.outline[corner]) * dice.real(0.45, 0.7)
    away = (photo.outline[corner] - middle) * 1.6
    across = np.array([-away[1], away[0]]) * 0.9
    quad = np.array([inner - across, inner + across, inner + across + away, inner - across + away])
    colour = dice.pick(
        ((60, 45, 40), (35, 60, 120), (150, 160, 90), (230, 232, 235), (70, 30, 110))
    )
    shadow = image.copy()
    cv2.fillPoly(shadow, [np.rint(quad - away * 0.02).astype(np.int32)], (30, 30, 30))
    image = np.asarray(cv2.addWeighted(image, 0.5, shadow, 0.5, 0), np.uint8)
    cv2.fillPoly(image, [np.rint(quad).astype(np.int32)], colour, cv2.LINE_AA)
    noisy = image.astype(np.float32) + dice.rng.normal(0, 3, image.shape)
    return photo._replace(image=np.clip(noisy, 0, 255).astype(np.uint8))


def _crop(photo: Photo, shares: dict[int, float]) -> Photo:
    """Cut shares of the page off: 0 left, 1 top, 2 right, 3 bottom."""
    height, width = photo.image.shape[:2]
    (left, top), (right, bottom) = photo.outline.min(0), photo.outline.max(0)
    wide, high = right - left, bottom - top
    x0 = round(max(0, left) + wide * shares[0]) if 0 in shares else 0
    y0 = round(max(0, top) + high * shares[1]) if 1 in shares else 0
    x1 = round(min(width, right) - wide * shares[2]) if 2 in shares else width
    y1 = round(min(height, bottom) - high * shares[3]) if 3 in shares else height
    shift = np.array([x0, y0], dtype=np.float64)
    return Photo(
        np.ascontiguousarray(photo.image[y0:y1, x0:x1]),
        {name: quad - shift for name, quad in photo.quads.items()},
        photo.outline - shift,
        photo.glare,
    )


def _finger(photo: Photo, tip: Corners, dice: Dice) -> Photo:
    """A finger with a nail, coming in over the nearest border of the picture."""
    image = photo.image
    height, width = image.shape[:2]
    size = max(height, width) * dice.real(0.04, 0.065)
    exits = np.array([(tip[0], -size * 3), (tip[0], height + size * 3), (-size * 3, tip[1]),
                      (width + size * 3, tip[1])])  # fmt: skip
    root = exits[np.argmin(np.linalg.norm(exits - tip, axis=1))] + dice.rng.normal(0, size, 2)
    cover = np.zeros((height, width), np.uint8)
    ends = [tuple(np.rint(p).astype(int).tolist()) for p in (tip, root)]
    cv2.line(cover, ends[0], ends[1], 255, round(size * 2))
    soft = _soften(cover, size * 0.05)
    shade = _soften(cover, size * 0.4)
    tone = dice.real(0.5, 1.05)
    skin = np.array([dice.whole(125, 160), dice.whole(155, 190), dice.whole(205, 235)], np.float32)
    flesh = skin * tone * (0.72 + 0.3 * shade) + dice.rng.normal(0, 4, image.shape)
    under = image * (1 - 0.35 * np.clip(_soften(cover, size * 0.25) - soft, 0, 1))
    painted = under * (1 - soft) + flesh * soft
    back = (root - tip) / max(1.0, float(np.linalg.norm(root - tip)))
    nail = tuple(np.rint(tip + back * size * 0.1).astype(int).tolist())
    angle = float(np.degrees(np.arctan2(back[1], back[0])))
    mark = np.zeros((height, width), np.uint8)
    cv2.ellipse(mark, nail, (round(size * 0.75), round(size * 0.55)), angle, 0, 360, 255, -1)
    gloss = _soften(mark, size * 0.06) * soft * 0.6
    pink = np.array([190, 190, 240], np.float32) * tone
    painted = painted * (1 - gloss) + pink * gloss
    return photo._replace(image=np.clip(painted, 0, 255).astype(np.uint8))


def _soften(cover: NDArray[np.uint8], sigma: float) -> NDArray[np.float32]:
    small = cv2.resize(cover, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.6, sigma / 4))
    full = cv2.resize(soft, (cover.shape[1], cover.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(full, np.float32)[:, :, None] / np.float32(255)
