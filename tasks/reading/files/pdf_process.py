"""The program that draws a PDF: alone in a process of its own, which may be killed.

A PDF is a program in the hands of a stranger. This process has little memory and time, can write
no file, runs no script of the document and opens none of its attachments. It is started by its
path and imports nothing of the project. Input: the PDF. Output: one line of JSON, then the pixels
of every page, blue-green-red, row by row.
"""

import ctypes
import json
import math
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

POINTS: Final = 72.0
TEXT_DOTS: Final = 200.0  # an inch of a page that is no photograph is shown with so many pixels
PHOTOGRAPH: Final = 0.85  # share of a page from which a picture on it is the page
PICTURE: Final = 0.1  # share from which a picture's own resolution counts
LONGEST: Final = 5000
MEGABYTES: Final = 1500
MAX_OBJECTS: Final = 2000  # looked through for pictures


def main(arguments: list[str]) -> None:
    """Answer about the PDF on standard input.

    Args:
        arguments: CPU seconds, most pages, and the long side of the pixels wanted: 0 for none,
            -1 for as many as there are.
    """
    seconds, most_pages, side = (int(value) for value in arguments)
    _limit(seconds)
    answer, pages = _look(sys.stdin.buffer.read(), most_pages, side)
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode() + b"\n")
    for page in pages:
        out.write(page)
    out.flush()


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _look(content: bytes, most_pages: int, side: int) -> tuple[dict[str, Any], Iterator[bytes]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        return {"fault": "encrypted" if locked else "damaged"}, iter(())
    count = len(document)
    if count == 0:
        return {"fault": "damaged"}, iter(())
    if count > most_pages:
        return {"fault": "too_many_pages"}, iter(())
    shown = [_page(document, index, side) for index in range(count)]
    if any(page is None for page in shown):
        return {"fault": "too_small"}, iter(())
    sizes = [page["size"] for page in shown if page]
    drawn = [page["pixels"] for page in shown if page]
    pixels = (_render(document, i, drawn[i]) for i in range(count)) if side else iter(())
    return {"sizes": sizes, "pixels": drawn}, pixels


def _page(document: Any, index: int, side: int) -> dict[str, list[int]] | None:  # noqa: ANN401
    """The size at which a page would be shown in full, and the one at which it is drawn."""
    page = document[index]
    try:
        width, height = page.get_size()
        if not (1 <= width < math.inf and 1 <= height < math.inf):
            return None
        dots = _dots(page, width * height)
    finally:
        page.close()
    scale = min(dots / POINTS, LONGEST / max(width, height))
    size = [max(1, round(width * scale)), max(1, round(height * scale))]
    factor = min(1.0, side / max(size)) if side > 0 else 1.0
    return {"size": size, "pixels": [max(1, round(value * factor)) for value in size]}


def _dots(page: Any, area: float) -> float:  # noqa: ANN401 - the package ships no types
    """Pixels an inch at which nothing on a page is lost."""
    best, covering = 0.0, False
    for share, dots in _pictures(page, area):
        best = max(best, dots)
        covering = covering or share >= PHOTOGRAPH
    return best if covering else max(best, TEXT_DOTS)


def _pictures(page: Any, area: float) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    """Share of the page and pixels an inch of every picture of some size."""
    import pypdfium2.raw as pdfium

    objects = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
    for _, item in zip(range(MAX_OBJECTS), objects, strict=False):
        left, bottom, right, top = item.get_bounds()
        share = (right - left) * (top - bottom) / area
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if not pdfium.FPDFImageObj_GetImagePixelSize(item.raw, wide, high) or share < PICTURE:
            continue
        pixels, place = wide.value * high.value, (right - left) * (top - bottom)
        if pixels and math.isfinite(place):
            yield share, POINTS * math.sqrt(pixels / place)


def _render(document: Any, index: int, size: list[int]) -> bytes:  # noqa: ANN401
    """The rows of a page without padding; white where a page cannot be drawn."""
    import pypdfium2.raw as pdfium

    width, height = size
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    page = document[index]
    pdfium.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    page.close()
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    whole = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return b"".join(whole[row * stride : row * stride + width * 3] for row in range(height))


if __name__ == "__main__":
    main(sys.argv[1:])
