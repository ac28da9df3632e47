"""The gallery: pictures of people who do not exist, and who is related to whom."""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.intake.application import Relationship

AgeBand = Literal["child", "young", "adult", "old"]
Shot = Literal["portrait", "selfie", "selfie2", "later"]

FOLDER: Final = Path(__file__).parent / "gallery"
INDEX: Final = FOLDER / "gallery.json"


class GalleryPerson(NamedTuple):
    """Somebody who does not exist.

    Attributes:
        id: Identifier; the first part of the pictures' file names.
        sex: 男 or 女.
        age_band: Child (under 16), young (under 30), adult (under 60) or old.
        age: Years in the selfies; the portrait is some years younger.
        relatives: Identifiers of relatives in the gallery, and what each is to this person.
        strangers: Identifiers of people who cannot pass for this one, the least like first.
        shots: The pictures there are.
    """

    id: str
    sex: Literal["男", "女"]
    age_band: AgeBand
    age: int
    relatives: tuple[tuple[str, Relationship], ...]
    strangers: tuple[str, ...]
    shots: tuple[Shot, ...]


def age_band(age: float) -> AgeBand:
    """The band of an age in years."""
    bands: tuple[tuple[int, AgeBand], ...] = ((16, "child"), (30, "young"), (60, "adult"))
    return next((band for limit, band in bands if age < limit), "old")


@cache
def load_gallery() -> tuple[GalleryPerson, ...]:
    """Everybody, in the order of the index."""
    people = json.loads(INDEX.read_text("utf-8"))["people"]
    return tuple(
        GalleryPerson(
            id=entry["id"],
            sex=entry["sex"],
            age_band=age_band(entry["age"]),
            age=entry["age"],
            relatives=tuple((who, Relationship(what)) for who, what in entry["relatives"].items()),
            strangers=tuple(entry["strangers"]),
            shots=tuple(entry["shots"]),
        )
        for entry in people
    )


def person(person_id: str) -> GalleryPerson:
    """One person of the gallery.

    Raises:
        KeyError: Nobody has this identifier.
    """
    return {someone.id: someone for someone in load_gallery()}[person_id]


@lru_cache(maxsize=32)
def photo(person_id: str, shot: Shot = "portrait") -> NDArray[np.uint8]:
    """A picture, blue-green-red; shared between callers, so copy it before drawing on it.

    Raises:
        KeyError: There is no such picture.
    """
    if shot not in person(person_id).shots:
        raise KeyError(shot)
    picture = cast("NDArray[np.uint8]", cv2.imread(str(FOLDER / f"{person_id}_{shot}.jpg")))
    picture.setflags(write=False)
    return picture


def strangers(person_id: str) -> tuple[GalleryPerson, ...]:
    """People who cannot pass for this one: their selfies' cosine to the portrait is below 0.25.

    The least like come first; everybody has at least one.
    """
    return tuple(person(other) for other in person(person_id).strangers)
