"""How often the right person and a relative who poses are accepted on printed portraits.

    .venv/bin/python -m benchmarks.faces.printed_faces

The portraits of the rendered gallery are printed small, photographed or copied, and compared with
selfies under the national policy's bands, the applicant's portrait beside them. The people do not
exist and relatives among them are more alike than real ones: the figures compare ways of
comparing in one run and say nothing of real faces.
"""

import argparse
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")

import datetime as dt

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.intervals import MeasuredShare
from models.faces.face_thresholds import FaceBands, FacePair
from models.faces.face_verdict import FaceBand
from models.intake.application import Product, Relationship
from models.policy.face_rules import FaceRules
from models.reading.document import DocumentKind
from specimens.faces.gallery import GalleryPerson, load_gallery, photo
from storage.policy.policies import PolicyRepository
from tasks.faces.crop import crop_face
from tasks.faces.dlib_face import dlib_engine
from tasks.faces.match_faces import SMALL_SIDE, band_of
from tasks.faces.sface import sface_engine

Pixels = NDArray[np.uint8]
_DAY: Final = dt.date(2026, 11, 20)
_LEAST_AGE: Final = 18
_BEFORE: Final = 330
_ALIKE_YEARS: Final = 15


class Described(NamedTuple):
    """One picture's face as both engines describe it."""

    template: NDArray[np.float32]
    descriptor: NDArray[np.float64] | None


class Comparison(NamedTuple):
    """One way of comparing: how far portraits are enlarged, and what of the bands is changed."""

    name: str
    side: int
    changes: dict[str, float]


COMPARISONS: Final = (
    Comparison("before", _BEFORE, {"second_reach": 2.0, "lift": 0.0}),
    Comparison("enlarged", SMALL_SIDE, {"second_reach": 2.0, "lift": 0.0}),
    Comparison("now", SMALL_SIDE, {}),
)


def main() -> None:
    """Print one line for each way of printing, way of comparing and group."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--policies", type=Path, default=Path("policies"))
    options = parser.parse_args()
    shelf = PolicyRepository.load(options.policies)
    rules = shelf.for_case("330100", _DAY, Product.FAMILY_ACCOUNT).face
    adults = [person for person in load_gallery() if person.age >= _LEAST_AGE]
    for name, printed in WAYS.items():
        for comparison in COMPARISONS:
            counts = _count(adults, printed, rules, comparison)
            for group in ("genuine", "relative poses", "stranger poses"):
                share = MeasuredShare(counts[group, True], counts.total_of(group))
                print(f"{name:12} {comparison.name:9} {group:15} {share}", flush=True)


def _photographed(image: Pixels, width: int) -> Pixels:
    """A portrait as a telephone sees it on a card: small, soft, noisy."""
    scale = width / image.shape[1]
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 0.8)
    noise = np.random.default_rng(width).normal(0, 5, soft.shape)
    grainy = np.clip(soft * 0.85 + 25 + noise, 0, 255).astype(np.uint8)
    content = cv2.imencode(".jpg", grainy, [cv2.IMWRITE_JPEG_QUALITY, 75])[1]
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_COLOR), np.uint8)


def _copied(image: Pixels, width: int) -> Pixels:
    """The same from a black-and-white copier."""
    grey = cv2.cvtColor(_photographed(image, width), cv2.COLOR_BGR2GRAY).astype(np.float64)
    hard = np.clip((grey - 110) * 1.5 + 120, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(hard, cv2.COLOR_GRAY2BGR), np.uint8)


WAYS: Final[dict[str, Callable[[Pixels], Pixels]]] = {
    "card 110 px": lambda image: _photographed(image, 110),
    "card 80 px": lambda image: _photographed(image, 80),
    "copy 110 px": lambda image: _copied(image, 110),
}


def _described(image: Pixels, kind: DocumentKind, side: int) -> Described | None:
    crop = crop_face(image, kind=kind)
    if crop is None:
        return None
    scale = max(1.0, side / min(crop.image.shape[:2]))
    larger = cv2.resize(crop.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    picture, engine = np.asarray(larger, np.uint8), sface_engine()
    found = engine.find(picture)
    if not found:
        return None
    raw = engine.template(engine.align(picture, found[0])).ravel()
    unit = np.asarray(raw / np.linalg.norm(raw), np.float32)
    return Described(unit, dlib_engine().describe(picture))


def _count(
    adults: list[GalleryPerson],
    printed: Callable[[Pixels], Pixels],
    rules: FaceRules,
    comparison: Comparison,
) -> "Counts":
    """Accepted and not, by group; every pair whose bands let an engine decide."""
    cards = {
        one.id: _described(printed(photo(one.id)), DocumentKind.ID_CARD_PORTRAIT, comparison.side)
        for one in adults
    }
    selfies = {
        one.id: [
            _described(photo(one.id, shot), DocumentKind.SELFIE, comparison.side)
            for shot in one.shots
            if shot.startswith("selfie")
        ]
        for one in adults
    }
    counts = Counts()
    for member, applicant, relationship in _pairs(adults):
        pair = FacePair(relationship, member.sex == applicant.sex, member.age)
        bands = rules.bands_for(pair)
        if bands.person_decides:
            continue
        bands = bands._replace(thresholds=bands.thresholds.model_copy(update=comparison.changes))
        poses = "relative poses" if dict(member.relatives).get(applicant.id) else "stranger poses"
        for group, who in (("genuine", member), (poses, applicant)):
            for selfie in selfies[who.id]:
                accepted = _accepted(selfie, cards[member.id], cards[applicant.id], bands)
                counts[group, accepted] += 1
    return counts


class Counts(Counter[tuple[str, bool]]):
    """Accepted and not, by group."""

    def total_of(self, group: str) -> int:
        """Both together."""
        return self[group, True] + self[group, False]


def _pairs(
    adults: list[GalleryPerson],
) -> list[tuple[GalleryPerson, GalleryPerson, Relationship | None]]:
    """Member, applicant and relation: blood relatives, and strangers alike in sex and age."""
    people = {one.id: one for one in adults}
    pairs: list[tuple[GalleryPerson, GalleryPerson, Relationship | None]] = []
    for member in adults:
        related = dict(member.relatives)
        pairs += [(member, people[who], what) for who, what in related.items() if who in people]
        pairs += [
            (member, other, None)
            for other in adults
            if other.id not in related | {member.id: None}
            and other.sex == member.sex
            and abs(other.age - member.age) <= _ALIKE_YEARS
        ]
    return pairs


def _accepted(
    selfie: Described | None,
    card: Described | None,
    applicant: Described | None,
    bands: FaceBands,
) -> bool:
    if selfie is None or card is None:
        return False
    score = float(selfie.template @ card.template)
    rival = float(selfie.template @ applicant.template) if applicant else None
    band, _ = band_of(score, rival, bands.thresholds, _distance(selfie, card), copied=False)
    return band is FaceBand.MATCH


def _distance(one: Described, other: Described) -> float | None:
    if one.descriptor is None or other.descriptor is None:
        return None
    return float(np.linalg.norm(one.descriptor - other.descriptor))


if __name__ == "__main__":
    main()
