"""Decoding: what is refused before a pixel is touched, and what comes out upright."""

import struct
import zlib
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from tasks.reading.files.decode import decode_pages, decode_scaled, inspect_image
from tasks.reading.files.picture import FaultReason, ImageFault
from tests.tasks.reading.files.hostile import encoded


def marked(size=(60, 40)):
    """White with a red upper left quarter."""
    image = Image.new("RGB", size, "white")
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return image


def png_header(width, height):
    """A PNG that claims a size and ends there."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + body
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    return start + struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 99) + b"IDAT"


def written_pdf(page, *, pages=1, lock=b""):
    """A PDF with one page object, listed any number of times."""
    kids = b"3 0 R " * pages
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Page /Parent 2 0 R %s >>" % page,
    ]
    if lock:
        objects.append(b"<< %s >>" % lock)
    body = b"%PDF-1.5\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    extra = b" /Encrypt 4 0 R /ID [<01><01>]" if lock else b""
    tail = b"trailer << /Size %d /Root 1 0 R%s >>\n" % (len(objects) + 1, extra)
    return body + head + table + tail + b"startxref\n%d\n%%%%EOF\n" % len(body)


_EXACT: dict[str, dict[str, Any]] = {
    "WEBP": {"lossless": True},
    "HEIF": {"quality": 100},
    "AVIF": {"quality": 100},
}


def pages_of(content):
    """The pages of a file that is no fault."""
    pages = decode_pages(content)
    assert not isinstance(pages, ImageFault)
    return pages


def scaled_pages_of(content, max_side):
    """The pages of a file that is no fault, and their sizes in full."""
    pages = decode_scaled(content, max_side=max_side)
    assert not isinstance(pages, ImageFault)
    return pages


def is_red(pixel):
    blue, green, red = (int(v) for v in pixel)
    return red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", FaultReason.EMPTY, id="empty"),
        pytest.param(b"hello, this is no picture", FaultReason.NOT_AN_IMAGE, id="text"),
        pytest.param(b"%PDF-1.7\n1 0 obj", FaultReason.DAMAGED, id="torn pdf"),
        pytest.param(
            b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1",
            FaultReason.NOT_AN_IMAGE,
            id="torn heic",
        ),
        pytest.param(png_header(30_000, 30_000), FaultReason.TOO_MANY_PIXELS, id="bomb"),
        pytest.param(encoded(Image.new("RGB", (1, 1)), "PNG"), FaultReason.TOO_SMALL, id="1x1"),
        pytest.param(
            encoded(Image.new("L", (20_000, 10)), "PNG"), FaultReason.TOO_SMALL, id="strip"
        ),
        pytest.param(encoded(marked(), "GIF"), FaultReason.NOT_AN_IMAGE, id="gif"),
    ],
)
def test_an_unusable_upload_is_a_fault_with_its_reason(content, reason):
    fault = inspect_image(content)
    assert isinstance(fault, ImageFault)
    assert fault.reason is reason
    assert fault.reason.zh
    assert fault.reason.en
    assert decode_pages(content) == fault


def test_a_truncated_picture_is_damaged_whatever_another_library_switched_on(monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    content = cv2.imencode(".jpg", np.random.default_rng(1).integers(0, 255, (200, 300, 3)))[1]
    assert isinstance(decode_pages(content.tobytes()[: content.size // 2]), ImageFault)


def test_a_truncated_jpeg_is_damaged():
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    content = encoded(Image.fromarray(noise), "JPEG")
    fault = decode_pages(content[: len(content) // 2])
    assert isinstance(fault, ImageFault)
    assert fault.reason is FaultReason.DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "HEIF", "AVIF"])
def test_every_format_gives_blue_green_red_pixels(kind):
    content = encoded(marked(), kind, **_EXACT.get(kind, {}))
    facts = inspect_image(content)
    assert not isinstance(facts, ImageFault)
    assert (facts.format, facts.width, facts.height, facts.pages) == (kind, 60, 40, 1)
    (page,) = pages_of(content)
    assert page.shape == (40, 60, 3)
    assert page.dtype == np.uint8
    assert is_red(page[5, 5])
    assert page[35, 55].min() > 240


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_s_orientation_is_applied(orientation):
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = marked() if undo is None else marked().transpose(undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    (page,) = scaled_pages_of(encoded(stored, "JPEG", exif=exif, quality=95), max_side=None)
    assert page.image.shape == (40, 60, 3)
    assert page.size == (60, 40)
    assert is_red(page.image[5, 5])
    assert page.image[35, 5].min() > 200


def test_cmyk_palette_and_transparency_become_plain_pixels():
    (cmyk,) = pages_of(encoded(marked().convert("CMYK"), "JPEG", quality=95))
    (palette,) = pages_of(encoded(marked().convert("P"), "PNG"))
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 30, 20))
    (alpha,) = pages_of(encoded(clear, "PNG"))
    for page in (cmyk, palette, alpha):
        assert is_red(page[5, 5])
        assert page[35, 55].min() > 240


def test_sixteen_bit_grey_is_scaled_and_not_clipped():
    ramp = np.tile(np.linspace(0, 65535, 64, dtype=np.uint16), (32, 1))
    (page,) = pages_of(encoded(Image.fromarray(ramp), "PNG"))
    assert page[0, 0, 0] == 0
    assert 110 < page[0, 32, 0] < 145
    assert page[0, 63, 0] == 255


def test_every_page_of_a_tiff_is_a_page():
    other = Image.new("RGB", (80, 50), "blue")
    content = encoded(marked(), "TIFF", save_all=True, append_images=[other])
    first, second = pages_of(content)
    assert first.shape == (40, 60, 3)
    assert second.shape == (50, 80, 3)


def test_too_many_pages_are_refused():
    content = encoded(marked(), "TIFF", save_all=True, append_images=[marked()] * 25)
    fault = inspect_image(content)
    assert isinstance(fault, ImageFault)
    assert fault.reason is FaultReason.TOO_MANY_PAGES


def test_a_big_jpeg_is_decoded_at_a_fraction_and_keeps_its_size_on_record():
    (page,) = scaled_pages_of(encoded(marked((4000, 3000)), "JPEG"), max_side=1600)
    assert page.size == (4000, 3000)
    assert page.image.shape == (1500, 2000, 3)


def test_a_page_of_a_pdf_that_is_a_photograph_counts_in_the_photograph_s_pixels():
    content = encoded(marked((1800, 1200)), "PDF", resolution=150.0)
    facts = inspect_image(content)
    assert facts == ("PDF", 1800, 1200, 1)
    (page,) = scaled_pages_of(content, max_side=900)
    assert page.size == (1800, 1200)
    assert page.image.shape == (600, 900, 3)
    assert is_red(page.image[5, 5])
    assert page.image[595, 895].min() > 240


def test_every_page_of_a_pdf_is_a_page():
    other = Image.new("RGB", (80, 50), "blue")
    content = encoded(marked(), "PDF", save_all=True, append_images=[other])
    first, second = pages_of(content)
    assert first.shape == (40, 60, 3)
    assert second.shape == (50, 80, 3)


def test_a_page_of_text_in_a_pdf_is_drawn_at_two_hundred_dots_an_inch():
    facts = inspect_image(written_pdf(b"/MediaBox [0 0 360 504]"))
    assert facts == ("PDF", 1000, 1400, 1)


def test_a_pdf_is_shown_as_its_reader_shows_it_turned():
    (page,) = scaled_pages_of(written_pdf(b"/MediaBox [0 0 360 504] /Rotate 90"), max_side=None)
    assert page.size == (1400, 1000)


def test_a_protected_pdf_is_told_from_a_damaged_one():
    lock = b"/Filter /Standard /V 2 /R 3 /Length 128 /P -3904"
    lock += b" /O <" + b"4a" * 32 + b"> /U <" + b"5b" * 32 + b">"
    fault = inspect_image(written_pdf(b"/MediaBox [0 0 360 504]", lock=lock))
    assert isinstance(fault, ImageFault)
    assert fault.reason is FaultReason.ENCRYPTED


def test_a_pdf_of_very_many_pages_is_refused_unread():
    fault = inspect_image(written_pdf(b"/MediaBox [0 0 360 504]", pages=3000))
    assert isinstance(fault, ImageFault)
    assert fault.reason is FaultReason.TOO_MANY_PAGES


def test_an_orientation_in_rubbish_leaves_the_picture_as_it_is():
    plain = encoded(marked(), "JPEG", quality=95)
    body = b"Exif\x00\x00MM\x00\x2a" + b"\xfe" * 40
    torn = plain[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + plain[2:]
    (page,) = pages_of(torn)
    assert is_red(page[5, 5])
