"""Pictures bound into one PDF, without a clock in it."""

import io
import time
from typing import Final

from PIL import Image, ImageOps

_MOMENT: Final = time.struct_time((2026, 11, 20, 9, 0, 0, 4, 324, 0))


def bind_pdf(pictures: list[bytes]) -> bytes:
    """One page for each picture, at 200 dots an inch.

    Args:
        pictures: Encoded; EXIF orientation is applied.
    """
    pages = [ImageOps.exif_transpose(Image.open(io.BytesIO(data))) for data in pictures]
    bound = io.BytesIO()
    pages[0].save(
        bound,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=200.0,
        creationDate=_MOMENT,
        modDate=_MOMENT,
    )
    return bound.getvalue()
