"""The bare-headed photo (本人自拍照), and pictures that pretend to be one."""

import cv2
import numpy as np

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.people.person import InventedPerson
from specimens.people.portraits import Shot, face_picture
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Pixels


def take_selfie(person: InventedPerson, bench: Bench, *, shot: Shot = "selfie") -> PrintedPaper:
    """This person before some wall."""
    return _paper(face_picture(person, shot), {"face": person.face})


def take_group_selfie(people: tuple[InventedPerson, ...], bench: Bench) -> PrintedPaper:
    """Several people in one picture."""
    faces = [face_picture(person, "selfie") for person in people]
    height = min(face.shape[0] for face in faces)
    scaled = [
        cv2.resize(face, (round(face.shape[1] * height / face.shape[0]), height)) for face in faces
    ]
    return _paper(np.hstack(scaled).astype(np.uint8), {"faces": str(len(people))})


def copy_portrait(person: InventedPerson, bench: Bench) -> PrintedPaper:
    """A close picture of the portrait on this person's own card, passed off as a selfie."""
    portrait = face_picture(person, "portrait")
    large = cv2.resize(portrait, None, fx=2.2, fy=2.2, interpolation=cv2.INTER_CUBIC)
    grain = bench.dice.rng.normal(0, 5, (*large.shape[:2], 1))
    copied = np.clip(large + grain, 0, 255).astype(np.uint8)
    return _paper(copied, {"face": person.face, "defect": "copied portrait"})


def take_empty_selfie(bench: Bench) -> PrintedPaper:
    """A wall, a window and nobody."""
    return _paper(_room(bench.dice), {"faces": "0"})


def _room(dice: Dice) -> Pixels:
    image = np.full((1280, 960, 3), dice.pick(((190, 205, 210), (215, 215, 205))), np.uint8)
    cv2.rectangle(image, (120, 160), (520, 700), (235, 225, 200), -1)
    cv2.rectangle(image, (120, 160), (520, 700), (90, 110, 130), 14)
    cv2.line(image, (320, 160), (320, 700), (90, 110, 130), 10)
    cv2.rectangle(image, (0, 1000), (960, 1280), (100, 130, 160), -1)
    return image


def _paper(image: Pixels, marks: dict[str, str]) -> PrintedPaper:
    return PrintedPaper(DocumentKind.SELFIE, image, {}, {}, 90.0, marks=marks)
