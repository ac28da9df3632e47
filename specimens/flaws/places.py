"""Where on a picture something is done."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.photography.capture import Photo
from specimens.printing.print_sheet import Corners, Pixels

_TELLING = ("number", "name", "date", "time", "until", "address")


def to_bytes(image: NDArray[Any]) -> Pixels:
    """Levels of any type as a picture: 0 to 255."""
    return np.asarray(np.clip(image, 0, 255), np.uint8)


def a_field(photo: Photo, dice: Dice) -> str:
    """The name of some field that matters and stands on the picture; the first one otherwise."""
    names = sorted(photo.quads)
    telling = [name for name in names if name.endswith(_TELLING)]
    return dice.pick(telling or names)


def outline_mask(photo: Photo) -> NDArray[np.uint8]:
    """1 where the page is."""
    mask = np.zeros(photo.image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(photo.outline).astype(np.int32)], 1)
    return mask


def flat_patch(image: Pixels, quad: Corners, *, border: float = 0.0) -> tuple[Pixels, Corners]:
    """The content of a quad face on, at its own size, and the matrix that cut it out.

    Args:
        image: The picture.
        quad: Four corners from the text's upper left.
        border: What is added on every side, as a share of the quad's height.
    """
    wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    edge = high * border
    size = (max(4, round(wide + 2 * edge)), max(4, round(high + 2 * edge)))
    target = np.array(
        [(edge, edge), (edge + wide, edge), (edge + wide, edge + high), (edge, edge + high)],
        np.float32,
    )
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    patch = cv2.warpPerspective(
        image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(patch, np.uint8), np.asarray(matrix, np.float64)


def lay_patch(
    image: Pixels, patch: Pixels, matrix: Corners, *, cover: NDArray[np.float32] | None = None
) -> Pixels:
    """A changed patch back in its place; `cover` (0 to 1) says how much of it is laid."""
    height, width = image.shape[:2]
    back = np.linalg.inv(matrix)
    full = np.ones(patch.shape[:2], np.float32) if cover is None else cover
    flags = cv2.INTER_CUBIC
    moved = cv2.warpPerspective(patch, back, (width, height), flags=flags)
    mask = cv2.warpPerspective(full, back, (width, height), flags=cv2.INTER_LINEAR)[:, :, None]
    mixed = image.astype(np.float32) * (1 - mask) + moved.astype(np.float32) * mask
    return np.clip(mixed, 0, 255).astype(np.uint8)
