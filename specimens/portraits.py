"""The faces that invented people wear on their papers and in their selfies."""

from functools import lru_cache
from typing import Final, Literal

import cv2
import numpy as np

from specimens.people import Person
from specimens.sheet import Pixels

Shot = Literal["portrait", "selfie", "selfie2"]
_SIZE: Final = (441, 358)


@lru_cache(maxsize=64)
def face_picture(person: Person, shot: Shot) -> Pixels:
    """A picture of this person: the card's portrait, or one of two selfies."""
    return _oval(person, shot)


def _oval(person: Person, shot: Shot) -> Pixels:
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
