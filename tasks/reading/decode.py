"""Decode an upload safely: by its content, within limits, upright as the camera meant it."""

import io
import warnings
from enum import StrEnum
from typing import Final, NamedTuple

import cv2
import filetype
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

Pixels = NDArray[np.uint8]
"""An image as height x width x 3, blue-green-red, 0 to 255."""

MAX_PIXELS: Final = 80_000_000
MAX_PAGES: Final = 20
MAX_ASPECT: Final = 20  # a strip longer than this is no photograph of a paper
MIN_SIDE: Final = 16
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
# A phone may stack a preview behind its JPEG (MPO); that and animation are no pages.
_FIRST_FRAME_ONLY: Final = frozenset({"MPO", "PNG", "WEBP"})
_NOT_YET: Final = {"image/heic": "HEIC", "image/avif": "AVIF", "application/pdf": "PDF"}


class FaultReason(StrEnum):
    """Why an upload cannot be read as a picture."""

    EMPTY = "empty"
    NOT_AN_IMAGE = "not_an_image"
    NOT_YET_SUPPORTED = "not_yet_supported"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SMALL = "too_small"
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
    FaultReason.NOT_YET_SUPPORTED: ("暂不支持该格式", "this format is not supported yet"),
    FaultReason.TOO_MANY_PIXELS: ("图片过大", "too many pixels"),
    FaultReason.TOO_MANY_PAGES: ("页数过多", "too many pages"),
    FaultReason.TOO_SMALL: ("图片过小或过窄", "too small or too narrow"),
    FaultReason.DAMAGED: ("文件已损坏", "the file is damaged"),
}


class ImageFault(NamedTuple):
    """An upload that cannot be used; `detail` holds sizes and formats only, nothing personal."""

    reason: FaultReason
    detail: str = ""


class ImageFacts(NamedTuple):
    """What the header says, before a pixel is decoded.

    Attributes:
        format: JPEG, PNG, WEBP, TIFF, BMP or MPO.
        width: Pixels of the first page as stored, before the EXIF orientation.
        height: See `width`.
        pages: Pages of a TIFF; 1 for anything else.
    """

    format: str
    width: int
    height: int
    pages: int


class ScaledPage(NamedTuple):
    """A decoded page that may be smaller than the upload.

    Attributes:
        image: The pixels, upright after EXIF.
        size: Width and height of the upload after EXIF, pixels.
    """

    image: Pixels
    size: tuple[int, int]


def inspect_image(content: bytes) -> ImageFacts | ImageFault:
    """Tell by content, not by name, what an upload is, without decoding its pixels."""
    if not content:
        return ImageFault(FaultReason.EMPTY)
    unsupported = _not_yet_supported(content)
    if unsupported:
        return unsupported
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with _open(content) as image:
                facts = _facts(image)
                sizes = _page_sizes(image, facts.pages)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return ImageFault(FaultReason.TOO_MANY_PIXELS, f"limit {MAX_PIXELS} pixels")
    except UnidentifiedImageError:
        return ImageFault(FaultReason.NOT_AN_IMAGE)
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError) as error:
        return ImageFault(FaultReason.DAMAGED, type(error).__name__)
    return _limits(facts, sizes) or facts


def decode_pages(content: bytes) -> tuple[Pixels, ...] | ImageFault:
    """Decode every page at full size: EXIF applied, alpha on white, 8 bits a channel."""
    pages = decode_scaled(content, max_side=None)
    return pages if isinstance(pages, ImageFault) else tuple(page.image for page in pages)


def decode_scaled(content: bytes, *, max_side: int | None) -> tuple[ScaledPage, ...] | ImageFault:
    """Decode every page, a big JPEG straight at a half, quarter or eighth of its size.

    Args:
        content: The upload.
        max_side: The long side that is enough for reading, pixels; the result is never smaller
            than this unless the upload is. None decodes at full size.
    """
    facts = inspect_image(content)
    if isinstance(facts, ImageFault):
        return facts
    # The second face engine's library switches this on for the whole process, and half a picture
    # would pass for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _open(content) as image:
                return tuple(_decode(image, facts, max_side))
    except Exception as error:  # decoders raise whatever they like on damage
        return ImageFault(FaultReason.DAMAGED, type(error).__name__)


def _open(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=_FORMATS)


def _not_yet_supported(content: bytes) -> ImageFault | None:
    kind = filetype.guess_mime(content[:4096])
    if kind in _NOT_YET:
        return ImageFault(FaultReason.NOT_YET_SUPPORTED, _NOT_YET[kind])
    return None


def _facts(image: Image.Image) -> ImageFacts:
    name = image.format or ""
    pages = 1 if name in _FIRST_FRAME_ONLY else int(getattr(image, "n_frames", 1))
    return ImageFacts(name, image.width, image.height, pages)


def _page_sizes(image: Image.Image, pages: int) -> list[tuple[int, int]]:
    sizes = [image.size]
    for index in range(1, min(pages, MAX_PAGES + 1)):
        image.seek(index)
        sizes.append(image.size)
    return sizes


def _limits(facts: ImageFacts, sizes: list[tuple[int, int]]) -> ImageFault | None:
    if facts.pages > MAX_PAGES:
        return ImageFault(FaultReason.TOO_MANY_PAGES, f"{facts.pages} pages")
    if sum(width * height for width, height in sizes) > MAX_PIXELS:
        return ImageFault(FaultReason.TOO_MANY_PIXELS, f"{facts.width} x {facts.height}")
    if any(min(size) < MIN_SIDE or max(size) > MAX_ASPECT * min(size) for size in sizes):
        return ImageFault(FaultReason.TOO_SMALL, f"{facts.width} x {facts.height}")
    return None


def _decode(image: Image.Image, facts: ImageFacts, max_side: int | None) -> list[ScaledPage]:
    if facts.pages == 1:
        size = image.size
        if max_side and facts.format in {"JPEG", "MPO"}:
            image.draft("RGB", _draft_size(size, max_side))
        return [_upright(image, size)]
    return [_upright(frame, frame.size) for frame in ImageSequence.Iterator(image)]


def _draft_size(size: tuple[int, int], max_side: int) -> tuple[int, int]:
    """A size whose long side is `max_side`; the decoder picks the next larger eighth."""
    scale = min(1.0, max_side / max(size))
    return round(size[0] * scale), round(size[1] * scale)


def _upright(image: Image.Image, size: tuple[int, int]) -> ScaledPage:
    orientation = image.getexif().get(0x0112, 1)
    turned = isinstance(orientation, int) and 5 <= orientation <= 8
    pixels = _to_bgr(ImageOps.exif_transpose(image))
    return ScaledPage(pixels, (size[1], size[0]) if turned else size)


def _to_bgr(image: Image.Image) -> Pixels:
    if image.mode.startswith(("I", "F")):
        return _from_deep_grey(image)
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        image = Image.alpha_composite(ground, rgba)
    rgb = np.asarray(image.convert("RGB"))
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _from_deep_grey(image: Image.Image) -> Pixels:
    """16- and 32-bit grey, stretched to 8 bits: Pillow's own conversion clips it to white."""
    values = np.asarray(image, dtype=np.float64)
    top = 65535.0 if values.max(initial=0) > 255 else 255.0
    grey = np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
