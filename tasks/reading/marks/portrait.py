"""Cut the face out of a paper that carries one."""

from typing import Final

import cv2

from models.reading.document import DocumentKind
from tasks.faces.crop import crop_face
from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import reduced

WITH_FACE = frozenset({DocumentKind.ID_CARD_PORTRAIT, DocumentKind.SELFIE})
LONG_SIDE: Final = 1600
"""Of the page on which a face is looked for; a card's portrait is still 300 pixels wide on it."""


def portrait_png(image: Pixels, kind: DocumentKind) -> tuple[bytes | None, int]:
    """The face as PNG, and how many faces there are; None and 0 where none is found."""
    crop = crop_face(reduced(image, LONG_SIDE), kind=kind)
    if crop is None or crop.image.size == 0:
        return None, 0
    encoded, png = cv2.imencode(".png", crop.image)
    return (png.tobytes() if encoded else None), crop.faces
