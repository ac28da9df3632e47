"""One paper of a kind with its truth, photographed: what reading accuracy is measured on."""

from typing import Any, Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.dice import Dice
from specimens.photography.capture import Photo, photograph, snapshot
from specimens.photography.shot import SKETCH, Shot, invent_shot
from specimens.photography.spoil import PHOTO_SPOILS, photocopy, spoil_photo
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Corners, Pixels
from specimens.printing.typefaces import StyleSet

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
        level: "scan", "phone", "hard", "small" or "bad"; "mixed" draws one of the first three.
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
    paper = any_paper(kind, bench)
    return take_picture(paper, level, dice.fork(level), shot=shot)


def paper_scale(kind: DocumentKind, level: str) -> float:
    """Pixels a millimetre at which a page is drawn, so that the picture loses nothing."""
    if level == "sketch":
        return SKETCH
    card = kind in _SCALES
    if level in {"hard", "small", "bad"}:
        return 16.0 if card else 9.5
    if kind is DocumentKind.BIRTH_CERTIFICATE:
        return 10.0
    return 12.0 if card and level == "scan" else 22.0 if card else 12.5


def take_picture(
    paper: PrintedPaper,
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
        spoil: One of specimens.photography.spoil.SPOILS.
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


def encode(paper: PrintedPaper, photo: Photo, shot: Shot, level: str) -> DrawnPaper:
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


def _part(part: PrintedPaper, number: int, photo: Photo) -> DrawnPart:
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
