"""Whether a picture shows a person and no paper, whatever a phone or its owner wrote on it."""

import re
from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import DocumentKind
from tasks.faces.crop import crop_face
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.files.picture import Pixels
from tasks.reading.image.pixels import reduced
from tasks.reading.layout.level_lines import level_lines
from tasks.reading.layout.overlay_words import HIDDEN, without_overlay

PICTURE_SIDE: Final = 1600  # on which a face is looked for
MOST_WRITTEN: Final = 40
"""Characters beside a face that are neither a camera's nor a purpose: a caption is a sentence;
cards and passports with a portrait have 60 and more."""
LEAST_FACE: Final = 0.2
"""Of the picture's shorter side, with words beside it; selfies have 0.3 to 0.65, portraits on a
card that fills its picture 0.2 to 0.3."""
LEAST_COLOURS: Final = 4.0
"""Bits of a face's colours in steps of 8: photographs of our own drawing have 6.3 to 6.7, drawn
figures 1.7 to 2.9, blurred ones too."""
_MARGIN: Final = 0.45  # of a face on each side of it in its crop
_OF_A_PAPER: Final = re.compile(
    "姓名|性别|民族|出生|住址|号码|证号|编号|有效期|签发|国籍|机关|登记|证件"
    "|Name|Sex|Nationality|Date of"
)
_BY_A_CAMERA: Final = re.compile(
    r"\d{4}\s?[-./年]\s?\d{1,2}|\d{1,2}[:：]\d{2}|时间|日期|地点|地址|经度|纬度|海拔|天气|星期|℃|°"
    r"|水印|拍摄|相机|(?i:camera|leica|zeiss|xmage|huawei|honor|redmi|xiaomi|oppo|vivo|iphone|\d+\s?mp\b"
    r"|galaxy|pro\b|ultra|mm f)"
)


class Selfie(NamedTuple):
    """A photograph of a person.

    Attributes:
        portrait: The face as PNG; None where the picture is no such photograph.
        faces: How many faces there are; None where none was looked for.
    """

    portrait: bytes | None
    faces: int | None


def find_selfie(page_lines: PageLines) -> Selfie:
    """The person whom an upright picture shows, where that is what it shows.

    Args:
        page_lines: The picture with all of its lines read.
    """
    written = _written(page_lines)
    if any(_OF_A_PAPER.search(text) for text in written) or _characters(written) > MOST_WRITTEN:
        return Selfie(None, None)
    image = reduced(page_lines.image, PICTURE_SIDE)
    crop = crop_face(image, kind=DocumentKind.SELFIE)
    if crop is None or crop.image.size == 0:
        return Selfie(None, 0)
    size = min(crop.image.shape[:2]) / (1 + 2 * _MARGIN) / min(image.shape[:2])
    if (written and size < LEAST_FACE) or colours(crop.image) < LEAST_COLOURS:
        return Selfie(None, crop.faces)
    encoded, png = cv2.imencode(".png", crop.image)
    return Selfie(png.tobytes() if encoded else None, crop.faces)


def _written(page_lines: PageLines) -> tuple[str, ...]:
    """The lines that neither a camera wrote nor somebody who says what the picture is for."""
    known = page_lines.known()
    texts = (known[index].text for index in level_lines(page_lines))
    own = (without_overlay(text).replace(HIDDEN, "") for text in texts)
    return tuple(text for text in own if text.strip() and not _BY_A_CAMERA.search(text))


def _characters(texts: tuple[str, ...]) -> int:
    return sum(len("".join(text.split())) for text in texts)


def colours(image: Pixels) -> float:
    """How many colours there are, in bits: the entropy over steps of 8 levels a channel."""
    steps = (image >> 3).reshape(-1, 3).astype(np.int32)
    counts = np.bincount(steps[:, 0] * 1024 + steps[:, 1] * 32 + steps[:, 2])
    shares = counts[counts > 0] / len(steps)
    return float(-(shares * np.log2(shares)).sum())
