"""The faces that invented people wear on their papers and in their selfies."""

from functools import lru_cache
from typing import Final, Literal

import cv2
import numpy as np

from specimens.faces.gallery import FOLDER
from specimens.people.person import InventedPerson
from specimens.printing.print_sheet import Pixels

Shot = Literal["portrait", "selfie", "selfie2"]
_SIZE: Final = (441, 358)


@lru_cache(maxsize=64)
def face_picture(person: InventedPerson, shot: Shot) -> Pixels:
    """A picture of this person: the card's portrait, or one of two selfies."""
    path = FOLDER / f"{person.face}_{shot}.jpg"
    picture = cv2.imread(str(path)) if path.is_file() else None
    if picture is None:
        return _oval(person, shot)
    whole = np.asarray(picture, dtype=np.uint8)
    return _trimmed(whole) if shot == "portrait" else whole


def _trimmed(picture: Pixels) -> Pixels:
    """The middle of a portrait in the card's proportions (26 x 32 mm)."""
    height, width = picture.shape[:2]
    shape = _SIZE[1] / _SIZE[0]
    w, h = min(width, round(height * shape)), min(height, round(width / shape))
    left, top = (width - w) // 2, (height - h) // 2
    return np.ascontiguousarray(picture[top : top + h, left : left + w])


def _oval(person: InventedPerson, shot: Shot) -> Pixels:
    """A plain drawn head, where no gallery of faces is at hand."""
    height, width = _SIZE if shot == "portrait" else (960, 720)
    ground = (250, 250, 250) if shot == "portrait" else (190, 200, 205)
    image = np.full((height, width, 3), ground, np.uint8)
    skin = (150 + sum(map(ord, person.face)) % 40, 180 + sum(map(ord, person.face)) * 7 % 30, 225)
    middle = (width // 2, round(height * 0.46))
    cv2.ellipse(
        image, (width // 2, height), (width // 2 - 20, height // 3), 0, 180, 360, (70, 60, 60), -1
    )
    cv2.ellipse(image, middle, (width // 4, height // 4), 0, 0, 360, skin, -1)
    cv2.ellipse(image, middle, (width // 4, height // 4), 0, 180, 360, (30, 30, 35), height // 12)
    for side in (-1, 1):
        cv2.circle(
            image, (middle[0] + side * width // 10, middle[1]), width // 40, (40, 40, 40), -1
        )
    cv2.ellipse(
        image, (middle[0], middle[1] + height // 9), (width // 14, 4), 0, 0, 180, (90, 90, 190), 4
    )
    return image
