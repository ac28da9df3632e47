"""Decode an upload safely: by its content, within limits, upright as the camera meant it."""

import io
import re
import warnings
from typing import Final

import cv2
import numpy as np
import pi_heif
from PIL import Image, ImageFile, ImageSequence, UnidentifiedImageError

from tasks.reading.files.pdf import decode_pdf, inspect_pdf
from tasks.reading.files.picture import (
    MAX_PAGES,
    MAX_PIXELS,
    FaultReason,
    ImageFacts,
    ImageFault,
    Pixels,
    ScaledPage,
    size_fault,
)

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
pi_heif.options.DECODE_THREADS = 1

# A phone may stack a preview behind its JPEG (MPO); that, a burst and animation are no pages.
_SEVERAL_PAGES: Final = frozenset({"TIFF"})
_PLAIN_JPEG: Final = frozenset({("JPEG", "RGB"), ("JPEG", "L"), ("MPO", "RGB"), ("MPO", "L")})
_ORIENTATION: Final = 0x0112
_QUARTERS: Final = {
    3: cv2.ROTATE_180,
    4: cv2.ROTATE_180,
    5: cv2.ROTATE_90_CLOCKWISE,
    6: cv2.ROTATE_90_CLOCKWISE,
    7: cv2.ROTATE_90_COUNTERCLOCKWISE,
    8: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
_MIRRORED: Final = frozenset({2, 4, 5, 7})
_MUCH_TOO_BIG: Final = 2
_REDUCED: Final = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_END_MARKER: Final = 0xD9
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_HEADER_WITHIN: Final = 1024  # readers accept rubbish before the header
_LACKS_MEMORY: Final = ("insufficient memory", "out of memory", "memory alloc", "bad_alloc")
"""How OpenCV, Pillow's codecs, libheif and C++ say it."""
_BAND: Final = 256  # rows that are converted at once; a whole picture's copies are 2 GB
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "HEIF", "AVIF")


def inspect_image(content: bytes) -> ImageFacts | ImageFault:
    """Tell by content, not by name, what an upload is, without decoding its pixels."""
    if not content:
        return ImageFault(FaultReason.EMPTY)
    if is_pdf(content):
        return inspect_pdf(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with _open(content) as image:
                sizes = _page_sizes(image)
                facts = ImageFacts(image.format or "", *sizes[0], len(sizes))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return ImageFault(FaultReason.TOO_MANY_PIXELS, f"limit {MAX_PIXELS} pixels")
    except UnidentifiedImageError:
        return ImageFault(FaultReason.NOT_AN_IMAGE)
    except Exception as error:  # decoders raise whatever they like on damage
        _refuse_memory(error)
        return ImageFault(FaultReason.DAMAGED, type(error).__name__)
    return size_fault(sizes) or facts


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
    if is_pdf(content):
        return decode_pdf(content, max_side)
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
                if (facts.format, image.mode) in _PLAIN_JPEG:
                    return _jpeg(content, image, max_side)
                return tuple(_decode(image, facts, max_side))
    except Exception as error:  # decoders raise whatever they like on damage
        _refuse_memory(error)
        return ImageFault(FaultReason.DAMAGED, type(error).__name__)


def _refuse_memory(error: Exception) -> None:
    """A lack of memory is ours, and no damage of the picture.

    Raises:
        MemoryError: The error tells of a lack of memory, in whichever decoder's words.
    """
    words = str(error).lower()
    if isinstance(error, MemoryError) or any(word in words for word in _LACKS_MEMORY):
        raise MemoryError("A decoder had too little memory.") from None


def _open(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=_FORMATS)


def _page_sizes(image: Image.Image) -> list[tuple[int, int]]:
    """Of no more pages than it takes to see that there are too many of them."""
    sizes = [image.size]
    if image.format not in _SEVERAL_PAGES:
        return sizes
    for index in range(1, MAX_PAGES + 1):
        try:
            image.seek(index)
        except EOFError:
            break
        sizes.append(image.size)
    return sizes


def _jpeg(
    content: bytes, image: Image.Image, max_side: int | None
) -> tuple[ScaledPage, ...] | ImageFault:
    pixels = decode_jpeg(content, image.size, max_side)
    if isinstance(pixels, ImageFault):
        return pixels
    return (_upright(pixels, image.size, _orientation(image)),)


def _decode(image: Image.Image, facts: ImageFacts, max_side: int | None) -> list[ScaledPage]:
    if facts.pages == 1:
        return [_page(image, max_side)]
    return [_page(frame, max_side) for frame in ImageSequence.Iterator(image)]


def _page(image: Image.Image, max_side: int | None) -> ScaledPage:
    size, orientation = image.size, _orientation(image)
    pixels = _to_bgr(image)
    if max_side and max(size) > _MUCH_TOO_BIG * max_side:
        factor = max_side / max(size)
        small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        pixels = np.asarray(small, dtype=np.uint8)
    return _upright(pixels, size, orientation)


def _orientation(image: Image.Image) -> int:
    """How the camera was held, 1 to 8; 1 where that is not told or told in rubbish."""
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a torn mark on a whole picture is no fault of the picture
        return 1
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1


def _upright(pixels: Pixels, size: tuple[int, int], orientation: int) -> ScaledPage:
    if orientation in _QUARTERS:
        pixels = np.asarray(cv2.rotate(pixels, _QUARTERS[orientation]), dtype=np.uint8)
    if orientation in _MIRRORED:
        pixels = np.asarray(cv2.flip(pixels, 1), dtype=np.uint8)
    return ScaledPage(pixels, (size[1], size[0]) if orientation >= 5 else size)


def _to_bgr(image: Image.Image) -> Pixels:
    if image.mode.startswith(("I", "F")):
        return _from_deep_grey(image)
    image.load()
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        pixels[top:bottom] = _band_to_bgr(image.crop((0, top, width, bottom)))
    return pixels


def _band_to_bgr(band: Image.Image) -> Pixels:
    if band.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in band.info:
        rgba = band.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        band = Image.alpha_composite(ground, rgba)
    rgb = np.asarray(band.convert("RGB"))
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _from_deep_grey(image: Image.Image) -> Pixels:
    """16- and 32-bit grey, stretched to 8 bits: Pillow's own conversion clips it to white."""
    values = np.asarray(image, dtype=np.float32)
    top = 65535.0 if values.max(initial=0) > 255 else 255.0
    grey = np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def decode_jpeg(content: bytes, size: tuple[int, int], max_side: int | None) -> Pixels | ImageFault:
    """The pixels as stored, before the EXIF orientation.

    Args:
        content: A JPEG of the colours grey or YCbCr.
        size: Its width and height, pixels.
        max_side: The result's long side is at least this, unless the upload's is less.
    """
    if not is_whole(content):
        return ImageFault(FaultReason.DAMAGED, "no end marker")
    flags = _REDUCED[_divisor(size, max_side)] | cv2.IMREAD_IGNORE_ORIENTATION
    image = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    if image is None:
        return ImageFault(FaultReason.DAMAGED, "undecodable")
    return np.asarray(image, dtype=np.uint8)


def is_whole(content: bytes) -> bool:
    """Whether the first picture of a JPEG reaches its end marker.

    The decoder paints what is missing grey and is content; half a picture is no picture.
    """
    at = 2
    while True:
        found = _NEXT_MARKER.search(content, at)
        if found is None:
            return False
        marker = content[found.start() + 1]
        if marker == _END_MARKER:
            return True
        at = found.end() if marker in _WITHOUT_LENGTH else _behind(content, found.end())
        if at > len(content):
            return False


def _behind(content: bytes, length_at: int) -> int:
    """Where the segment whose length stands here ends."""
    return length_at + max(2, int.from_bytes(content[length_at : length_at + 2], "big"))


def _divisor(size: tuple[int, int], max_side: int | None) -> int:
    if not max_side:
        return 1
    return max(d for d in _REDUCED if d == 1 or -(-max(size) // d) >= max_side)


def is_pdf(content: bytes) -> bool:
    """Whether an upload calls itself a PDF."""
    return b"%PDF-" in content[:_HEADER_WITHIN]
