"""One paper of a kind with its truth, photographed: what reading accuracy is measured on."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import cv2
import numpy as np

from models.application import Relationship
from models.document import DocumentKind
from specimens.capture import SKETCH, Photo, Shot, invent_shot, photograph, snapshot
from specimens.dice import Dice
from specimens.families import Family, invent_family
from specimens.households import Household, invent_household
from specimens.papers.birth_certificate import draw_birth_certificate, invent_birth
from specimens.papers.commitment_letter import draw_commitment_letter
from specimens.papers.hukou_cover import draw_hukou_cover
from specimens.papers.hukou_member import draw_hukou_member
from specimens.papers.id_card import draw_emblem_side, draw_portrait_side
from specimens.papers.lookalike import LOOKALIKES, draw_lookalike
from specimens.papers.paper import Bench, Paper
from specimens.papers.selfie import take_selfie
from specimens.people import TODAY, card_term
from specimens.sheet import Corners, Pixels
from specimens.spoil import PHOTO_SPOILS, photocopy, spoil_photo
from specimens.typefaces import StyleSet

_SCALES: Final = {DocumentKind.ID_CARD_PORTRAIT: 22.0, DocumentKind.ID_CARD_EMBLEM: 22.0}
_ORIENTATION: Final = {0: 1, 1: 8, 2: 3, 3: 6}
"""EXIF tag for stored pixels that were turned clockwise this often."""


class DrawnPaper(NamedTuple):
    """A photographed paper with the truth about it.

    Attributes:
        kind: What it is.
        image: The picture as a viewer shows it (EXIF applied, JPEG losses included).
        fields: Normalised truth by field name; None for a field that is blank.
        quads: Where the fields stand, pixels of `image`.
        outline: The page's four corners in `image`.
        long_term: 长期 is printed as the end of an ID card's term.
        conditions: How it was taken: level, rotation (degrees clockwise that the page is turned
            in `image`), exif_rotation, long_side, glare, blur, layout, seal, cancelled, defect.
        data: The encoded file, JPEG.
        parts: The papers in it, from above, where there are several (the kind is then `other`).
    """

    kind: DocumentKind
    image: Pixels
    fields: dict[str, str | None]
    quads: dict[str, Corners]
    outline: Corners
    long_term: bool
    conditions: dict[str, str | float]
    data: bytes
    parts: tuple["DrawnPart", ...] = ()


class DrawnPart(NamedTuple):
    """One of several papers in a picture; the attributes are those of `DrawnPaper`."""

    kind: DocumentKind
    fields: dict[str, str | None]
    quads: dict[str, Corners]
    long_term: bool


def draw_paper(
    kind: DocumentKind | str,
    seed: int,
    level: str = "phone",
    *,
    style_set: StyleSet = "tuning",
    shot: Shot | None = None,
) -> DrawnPaper:
    """One random paper of a kind.

    Args:
        kind: Which.
        seed: 0 to 9,999 for tuning; from 90,000 on for measuring only.
        level: "scan", "phone", "hard" or "bad"; "mixed" draws one of the first three.
        style_set: "held_out" takes typefaces and layouts that tuning never sees.
        shot: A given way of taking the picture instead of the level's own.

    Raises:
        ValueError: No such kind or level, or a kind that is not drawn.
    """
    kind = DocumentKind(kind)
    dice = Dice(seed, kind.value, style_set)
    if level == "mixed":
        level = dice.fork("level").pick(("scan", "phone", "hard"))
    bench = Bench(dice.fork("bench"), style_set, paper_scale(kind, level))
    paper = _flat(kind, bench)
    return take_picture(paper, level, dice.fork(level), shot=shot)


def paper_scale(kind: DocumentKind, level: str) -> float:
    """Pixels a millimetre at which a page is drawn, so that the picture loses nothing."""
    if level == "sketch":
        return SKETCH
    card = kind in _SCALES
    if level in {"hard", "bad"}:
        return 16.0 if card else 9.5
    if kind is DocumentKind.BIRTH_CERTIFICATE:
        return 10.0
    return 12.0 if card and level == "scan" else 22.0 if card else 12.5


def take_picture(
    paper: Paper,
    level: str,
    dice: Dice,
    *,
    shot: Shot | None = None,
    spoil: str | None = None,
    adjust: tuple[tuple[str, Any], ...] = (),
) -> DrawnPaper:
    """Photograph and encode a page, or encode a selfie, which is a photograph already.

    Args:
        paper: The flat page.
        level: "scan", "phone", "hard" or "bad".
        dice: Chance.
        shot: A given way of taking the picture instead of the level's own.
        spoil: One of specimens.spoil.SPOILS.
        adjust: Changes to the shot, by the names of its fields.
    """
    shot = (shot or invent_shot(level, paper.width, dice.fork("shot")))._replace(**dict(adjust))
    if spoil == "photocopy":
        paper = photocopy(paper, dice.fork("spoil"))
    if paper.kind is DocumentKind.SELFIE:
        shot = shot._replace(turn=0, quality=max(shot.quality, 80))
        photo = snapshot(paper.image, shot, dice.fork("photo"))
    else:
        rounded = paper.kind in _SCALES
        shot = shot._replace(bend=0.0) if rounded else shot
        photo = photograph(paper.image, paper.quads, shot, dice.fork("photo"), rounded=rounded)
    if spoil in PHOTO_SPOILS:
        photo = spoil_photo(photo, spoil, dice.fork("spoil"))
        paper = paper._replace(marks={**paper.marks, "defect": spoil})
    return encode(paper, photo, shot, level)


def encode(paper: Paper, photo: Photo, shot: Shot, level: str) -> DrawnPaper:
    """The picture as a file, and as a viewer sees the file."""
    hidden = shot.turn if shot.exif else 0
    stored = np.ascontiguousarray(np.rot90(photo.image, -hidden))
    written, data = cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, shot.quality])
    if not written:
        raise ValueError("the picture could not be encoded")
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    shown = np.asarray(cv2.imdecode(data, flags), dtype=np.uint8)
    conditions: dict[str, str | float] = {
        "level": level,
        "rotation": 0 if shot.exif else shot.turn * 90,
        "exif_rotation": hidden * 90,
        "long_side": shot.long_side,
        "glare": photo.glare,
        "blur": shot.blur,
        "motion": shot.motion,
        "shadow": shot.shadow,
        "bend": shot.bend,
        **paper.marks,
    }
    return DrawnPaper(
        paper.kind,
        np.ascontiguousarray(np.rot90(shown, hidden)),
        paper.fields,
        photo.quads,
        photo.outline,
        paper.long_term,
        conditions,
        with_orientation(data.tobytes(), _ORIENTATION[hidden]),
        tuple(_part(part, number, photo) for number, part in enumerate(paper.parts, 1)),
    )


def _part(part: Paper, number: int, photo: Photo) -> DrawnPart:
    mark = f"{number}/"
    quads = {n.removeprefix(mark): q for n, q in photo.quads.items() if n.startswith(mark)}
    return DrawnPart(part.kind, part.fields, quads, part.long_term)


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """A JPEG with the EXIF orientation tag (1 to 8) in an APP1 segment; 1 adds nothing."""
    if orientation == 1:
        return jpeg
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"
    tiff += orientation.to_bytes(2, "big") + b"\x00\x00\x00\x00\x00\x00"
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]


def _flat(kind: DocumentKind, bench: Bench) -> Paper:
    drawers: dict[DocumentKind, Callable[[Bench], Paper]] = {
        DocumentKind.ID_CARD_PORTRAIT: _portrait_side,
        DocumentKind.ID_CARD_EMBLEM: _emblem_side,
        DocumentKind.HUKOU_COVER: _cover,
        DocumentKind.HUKOU_MEMBER: _member,
        DocumentKind.BIRTH_CERTIFICATE: _birth,
        DocumentKind.SELFIE: _selfie,
        DocumentKind.COMMITMENT_LETTER: _letter,
        DocumentKind.OTHER: _other,
    }
    if kind not in drawers:
        message = f"{kind.value} is not drawn"
        raise ValueError(message)
    return drawers[kind](bench)


def _portrait_side(bench: Bench) -> Paper:
    family = _family(bench.dice)
    key = bench.dice.pick(sorted(family.people))
    return draw_portrait_side(family.people[key], bench)


def _emblem_side(bench: Bench) -> Paper:
    family = _family(bench.dice)
    person = family.people[bench.dice.pick(sorted(family.people))]
    return draw_emblem_side(card_term(person, bench.dice, expired=bench.dice.chance(0.15)), bench)


def _cover(bench: Bench) -> Paper:
    return draw_hukou_cover(_house(_family(bench.dice), bench.dice), bench)


def _member(bench: Bench) -> Paper:
    family = _family(bench.dice)
    house = _house(family, bench.dice)
    key = bench.dice.pick(sorted(house.words))
    return draw_hukou_member(family.people[key], house, bench)


def _birth(bench: Bench) -> Paper:
    dice = bench.dice
    family = _family(dice)
    father = None if dice.chance(0.12) else family.people["father"]
    birth = invent_birth(family.people["child1"], family.people["mother"], father, dice)
    return draw_birth_certificate(birth, bench)


def _selfie(bench: Bench) -> Paper:
    family = _family(bench.dice)
    return take_selfie(family.people[bench.dice.pick(("father", "mother", "uncle"))], bench)


def _letter(bench: Bench) -> Paper:
    people, dice = _family(bench.dice).people, bench.dice
    return draw_commitment_letter(
        people["father"],
        people["child1"],
        Relationship.CHILD,
        TODAY,
        bench,
        signed=dice.chance(0.8),
    )


def _other(bench: Bench) -> Paper:
    family = _family(bench.dice)
    return draw_lookalike(bench.dice.pick(LOOKALIKES), family.people["father"], bench)


def _family(dice: Dice) -> Family:
    eldest = dice.whole(0, 19)
    ages = [eldest] + [max(0, eldest - dice.whole(2, 5)) for _ in range(dice.whole(0, 2))]
    return invent_family(dice.fork("family"), child_ages=sorted(set(ages), reverse=True))


def _house(family: Family, dice: Dice) -> Household:
    head = dice.pick(("father", "mother", "grandfather", "father", "child1"))
    children = tuple(key for key in family.people if key.startswith("child"))
    everybody = {
        "father": ("mother", *children, "grandmother"),
        "mother": ("father", *children, "mothers_mother"),
        "grandfather": ("grandmother", "father", "mother", *children, "uncle", "cousin"),
        "child1": (*tuple(k for k in children if k != "child1"), "father", "mother", "grandfather"),
    }
    house = invent_household(family, head, everybody[head], dice.fork("house"))
    return house._replace(numbered=dice.chance(0.65))
