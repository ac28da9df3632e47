"""What a decoded upload is, what may be wrong with one, and how much of one is accepted."""

from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""An image as height x width x 3, blue-green-red, 0 to 255."""

MAX_PIXELS: Final = 80_000_000
"""Of all pages of a file together."""
MAX_PAGES: Final = 20
MAX_ASPECT: Final = 20  # a strip longer than this is no photograph of a paper
MIN_SIDE: Final = 16


class FaultReason(StrEnum):
    """Why an upload cannot be read as a picture."""

    EMPTY = "empty"
    NOT_AN_IMAGE = "not_an_image"
    ENCRYPTED = "encrypted"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SMALL = "too_small"
    TOO_COSTLY = "too_costly"
    DAMAGED = "damaged"

    @property
    def zh(self) -> str:
        """The reason in Chinese, for the applicant."""
        return _WORDS[self][0]

    @property
    def en(self) -> str:
        """The reason in English."""
        return _WORDS[self][1]


_WORDS: Final = {
    FaultReason.EMPTY: ("文件为空", "the file is empty"),
    FaultReason.NOT_AN_IMAGE: ("不是图片", "not a picture"),
    FaultReason.ENCRYPTED: ("文件已加密，请去除密码后重传", "the file is protected by a password"),
    FaultReason.TOO_MANY_PIXELS: ("图片过大", "too many pixels"),
    FaultReason.TOO_MANY_PAGES: ("页数过多", "too many pages"),
    FaultReason.TOO_SMALL: ("图片过小或过窄", "too small or too narrow"),
    FaultReason.TOO_COSTLY: ("文件过于复杂，无法处理", "too complicated to be shown"),
    FaultReason.DAMAGED: ("文件已损坏", "the file is damaged"),
}


class ImageFault(NamedTuple):
    """An upload that cannot be used; `detail` holds sizes and formats only, nothing personal."""

    reason: FaultReason
    detail: str = ""


class ImageFacts(NamedTuple):
    """What the header says, before a pixel is decoded.

    Attributes:
        format: JPEG, MPO, PNG, WEBP, TIFF, BMP, HEIF, AVIF or PDF.
        width: Pixels of the first page as stored, before the EXIF orientation.
        height: See `width`.
        pages: Pages of a TIFF or PDF; 1 for anything else.
    """

    format: str
    width: int
    height: int
    pages: int


class ScaledPage(NamedTuple):
    """A decoded page that may be smaller than the upload.

    Attributes:
        image: The pixels, upright after EXIF.
        size: Width and height of the upload after EXIF, pixels. Of a page of a PDF, the size at
            which it shows its picture pixel by pixel; a page of text counts 200 dots an inch.
    """

    image: Pixels
    size: tuple[int, int]


def size_fault(sizes: list[tuple[int, int]]) -> ImageFault | None:
    """What speaks against pages of these widths and heights."""
    width, height = sizes[0] if sizes else (0, 0)
    if len(sizes) > MAX_PAGES:
        return ImageFault(FaultReason.TOO_MANY_PAGES, f"more than {MAX_PAGES} pages")
    if sum(w * h for w, h in sizes) > MAX_PIXELS:
        return ImageFault(FaultReason.TOO_MANY_PIXELS, f"{width} x {height}")
    if any(min(size) < MIN_SIDE or max(size) > MAX_ASPECT * min(size) for size in sizes):
        return ImageFault(FaultReason.TOO_SMALL, f"{width} x {height}")
    return None
