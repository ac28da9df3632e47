"""The day on which a picture was taken, as its camera wrote it."""

import datetime as dt
import io
from typing import Final

from PIL import Image

_EXIF_PART: Final = 0x8769
_TAKEN: Final = 36867
"""DateTimeOriginal, written as 2026:11:20 09:30:00 in the camera's own time."""


def taken_on(content: bytes) -> dt.date | None:
    """The day in a picture's EXIF; None where there is none, or none that can be read.

    Cameras may be set wrongly and anybody can write into a file: the day may raise a doubt and
    never settles one.

    Args:
        content: A file that was found to be a picture, or a PDF, which has no such day.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            written = image.getexif().get_ifd(_EXIF_PART).get(_TAKEN)
        return dt.date.fromisoformat(str(written)[:10].replace(":", "-")) if written else None
    except Exception:  # whatever a broken block of EXIF does, the picture itself counts
        return None
