"""Cut the face out of a paper that carries one."""

import cv2

from models.document import DocumentKind
from tasks.faces.crop import crop_face
from tasks.reading.decode import Pixels

WITH_FACE = frozenset({DocumentKind.ID_CARD_PORTRAIT, DocumentKind.SELFIE})


def portrait_png(image: Pixels, kind: DocumentKind) -> tuple[bytes | None, int]:
    """The face as PNG, and how many faces there are; None and 0 where none is found."""
    crop = crop_face(image, kind=kind)
    if crop is None or crop.image.size == 0:
        return None, 0
    encoded, png = cv2.imencode(".png", crop.image)
    return (png.tobytes() if encoded else None), crop.faces
