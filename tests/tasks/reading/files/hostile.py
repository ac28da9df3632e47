"""Uploads that mean harm or met it: made from seeds, hundreds of them in a few seconds."""

import functools
import io
import random
import struct
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pillow_heif
from PIL import Image


class Hostile(NamedTuple):
    """A file named for its flaw."""

    flaw: str
    content: bytes


def hostile_files(seed: int, count: int) -> Iterator[Hostile]:
    """The files that are made by hand, then so many that are damaged by chance."""
    yield from by_hand()
    dice = random.Random(seed)  # noqa: S311 - no secret
    whole = list(whole_files().items())
    for number in range(count):
        name, content = whole[number % len(whole)]
        damage = dice.choice(DAMAGES)
        yield Hostile(f"{name} {damage.__name__} {number}", damage(content, dice))


def whole_files() -> dict[str, bytes]:
    """A small good file of every format and colour that phones, scanners and people send."""
    rng = np.random.default_rng(7)
    picture = Image.fromarray(rng.integers(0, 255, (90, 120, 3), dtype=np.uint8)).resize((240, 180))
    deep = Image.fromarray(rng.integers(0, 65535, (60, 80), dtype=np.uint16))
    exif = Image.Exif()
    exif[0x0112] = 6
    return {
        "jpeg": encoded(picture, "JPEG", exif=exif),
        "progressive jpeg": encoded(picture, "JPEG", progressive=True),
        "cmyk jpeg": encoded(picture.convert("CMYK"), "JPEG"),
        "grey jpeg": encoded(picture.convert("L"), "JPEG"),
        "jpeg with profile": encoded(picture, "JPEG", icc_profile=b"no profile" * 40),
        "png": encoded(picture, "PNG"),
        "palette png": encoded(picture.convert("P"), "PNG", transparency=3),
        "16 bit png": encoded(deep, "PNG"),
        "animated png": encoded(picture, "PNG", save_all=True, append_images=[picture] * 3),
        "webp": encoded(picture, "WEBP"),
        "animated webp": encoded(picture, "WEBP", save_all=True, append_images=[picture] * 3),
        "tiff": encoded(picture, "TIFF"),
        "packed tiff": encoded(picture, "TIFF", compression="tiff_lzw"),
        "pages tiff": encoded(picture, "TIFF", save_all=True, append_images=[picture] * 3),
        "bmp": encoded(picture, "BMP"),
        "heic": encoded(picture, "HEIF"),
        "avif": encoded(picture, "AVIF"),
    }


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """An image as a file; HEIC is written by a library that the product does not have."""
    stream = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(stream, **options)
    else:
        image.save(stream, kind, **options)
    return stream.getvalue()


def truncated(content: bytes, dice: random.Random) -> bytes:
    """It ends somewhere."""
    return content[: dice.randrange(len(content))]


def flipped(content: bytes, dice: random.Random) -> bytes:
    """Some bits are others."""
    bad = bytearray(content)
    for _ in range(dice.choice((1, 3, 12, 60))):
        bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
    return bytes(bad)


def torn_head(content: bytes, dice: random.Random) -> bytes:
    """Rubbish where sizes and tables stand."""
    bad = bytearray(content)
    for _ in range(dice.choice((1, 2, 6))):
        at = dice.randrange(4, min(len(bad), 220))
        bad[at] = dice.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF))
    return bytes(bad)


def hole(content: bytes, dice: random.Random) -> bytes:
    """A stretch was lost on the way."""
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(1, 400) :]


def doubled(content: bytes, dice: random.Random) -> bytes:
    """A stretch stands there twice."""
    start = dice.randrange(len(content))
    stop = start + dice.randrange(1, 400)
    return content[:stop] + content[start:]


def rubbish_behind(content: bytes, dice: random.Random) -> bytes:
    """Another file hangs on its end."""
    return content + dice.randbytes(dice.randrange(1, 5000))


DAMAGES = (truncated, flipped, flipped, torn_head, torn_head, hole, doubled, rubbish_behind)


@functools.cache
def by_hand() -> tuple[Hostile, ...]:
    """What chance would not find."""
    return tuple(_by_hand())


def _by_hand() -> Iterator[Hostile]:
    good = whole_files()
    yield Hostile("nothing", b"")
    yield Hostile("one byte", b"\xff")
    yield Hostile("web page named jpg", b"<!DOCTYPE html><html><script>alert(1)</script></html>")
    yield Hostile("drawing named jpg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9e9'/>")
    yield Hostile("archive named jpg", b"PK\x03\x04" + b"\x00" * 400)
    yield Hostile("program", b"\x7fELF" + b"\x02" * 400)
    yield Hostile("picture and web page in one", good["jpeg"] + b"<html><script></script></html>")
    yield Hostile("picture and document in one", good["jpeg"][:20] + b"%PDF-1.7" + good["jpeg"])
    yield Hostile("gif", encoded(Image.new("P", (90, 90)), "GIF"))
    for kind in ("PNG", "JPEG", "BMP", "WEBP", "TIFF"):
        yield Hostile(f"one pixel {kind}", encoded(Image.new("RGB", (1, 1)), kind))
    yield Hostile("strip png", encoded(Image.new("L", (30_000, 12)), "PNG"))
    yield Hostile("strip jpeg", encoded(Image.new("L", (30_000, 40)), "JPEG"))
    yield from bombs()
    yield from documents()


def bombs() -> Iterator[Hostile]:
    """Small files that promise, or hold, very many pixels."""
    yield Hostile("png bomb", png_of(30_000, 30_000))
    yield Hostile("png that is all promise", png_of(8_000, 8_000, rows=3))
    yield Hostile("png of two thousand million pixels", png_of(2**31 - 1, 1))
    flat = encoded(Image.new("L", (9_000, 8_000)), "PNG")
    yield Hostile("png of one colour, seventy million pixels", flat)
    bitmap = bytearray(encoded(Image.new("RGB", (20, 20)), "BMP"))
    bitmap[18:26] = struct.pack("<ii", 60_000, 60_000)
    yield Hostile("bmp bomb", bytes(bitmap))
    bitmap[18:26] = struct.pack("<ii", 400, -(2**31))
    yield Hostile("bmp of no height", bytes(bitmap))
    jpeg = bytearray(whole_files()["jpeg"])
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    yield Hostile("jpeg bomb", bytes(jpeg))
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 6_000, 9_000)
    yield Hostile("jpeg that ends after its first rows", bytes(jpeg))
    text = zlib.compress(b"a" * 40_000_000)
    yield Hostile("png with a text bomb", png_of(40, 40, rows=40, extra=(b"zTXt", b"k\0\0" + text)))
    yield Hostile("tiff of ten thousand directories", many_directories(10_000))
    yield Hostile("tiff whose directories go round", many_directories(3, to_start=True))


def png_of(
    width: int, height: int, *, rows: int = 0, extra: tuple[bytes, bytes] | None = None
) -> bytes:
    """A grey PNG that says its size and holds only some of its rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" * ((width + 1) * rows))
    middle = chunk(*extra) if extra else b""
    body = chunk(b"IHDR", header) + middle + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def many_directories(count: int, *, to_start: bool = False) -> bytes:
    """A TIFF whose every page is the same pixel rows, its last directory naming the first."""
    tags = (
        (256, 3, 1, 40), (257, 3, 1, 40), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (278, 3, 1, 40), (279, 4, 1, 1600),
    )  # fmt: skip
    first, size = 8 + 1600, 2 + 12 * len(tags) + 4
    body = b"II*\x00" + struct.pack("<I", first) + b"\x80" * 1600
    for number in range(count):
        last = number == count - 1
        following = (first if to_start else 0) if last else first + (number + 1) * size
        entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
        body += struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
    return body


def documents() -> Iterator[Hostile]:
    """PDFs that are more, or less, than pages."""
    plain = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>"
    yield Hostile("pdf of ten thousand pages", pdf_of(plain, kids=b"3 0 R " * 10_000))
    yield Hostile("pdf whose pages go round", pdf_of(plain, kids=b"2 0 R 2 0 R"))
    yield Hostile("pdf of no page", pdf_of(plain, kids=b""))
    for flaw, box in (
        ("huge", b"0 0 2e9 2e9"), ("narrow", b"0 0 1 9999"), ("empty", b"0 0 0 0"),
        ("backward", b"400 300 0 0"), ("endless", b"0 0 1e400 1e400"),
    ):  # fmt: skip
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] >>" % box
        yield Hostile(f"pdf of a {flaw} page", pdf_of(page, kids=b"3 0 R"))
    script = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /AA << /O"
    script += b" << /S /JavaScript /JS (while\\(true\\){}) >> >> >>"
    yield Hostile("pdf with a script", pdf_of(script, kids=b"3 0 R"))
    yield Hostile("pdf cut off", pdf_of(plain, kids=b"3 0 R")[:150])
    yield Hostile("pdf of a form that draws itself for ever", drawing_pdf())
    yield Hostile("pdf with a picture bomb", picture_bomb_pdf())


def pdf_of(page: bytes, *, kids: bytes, more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF without a table of contents, which every reader mends."""
    count = max(1, len(kids.split()) // 3)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        page,
        *more,
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, item) for n, item in enumerate(objects, 1))
    return b"%PDF-1.5\n" + body + b"trailer << /Size 9 /Root 1 0 R >>\n%%EOF\n"


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def drawing_pdf() -> bytes:
    """Its one form calls itself twice, and so on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R"
    page += b" /Resources << /XObject << /F 5 0 R >> >> >>"
    form = _stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 300 400]"
        b" /Resources << /XObject << /F 5 0 R >> >>",
        b"/F Do /F Do",
    )
    return pdf_of(page, kids=b"3 0 R", more=(_stream(b"", b"/F Do " * 2000), form))


def picture_bomb_pdf() -> bytes:
    """A page whose picture unpacks to a thousand million bytes."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R"
    page += b" /Resources << /XObject << /P 5 0 R >> >> >>"
    data = zeros_compressed(100, 10_000_000)
    head = b"/Type /XObject /Subtype /Image /Width 32000 /Height 32000 /ColorSpace /DeviceGray"
    picture = _stream(head + b" /BitsPerComponent 8 /Filter /FlateDecode", data)
    return pdf_of(page, kids=b"3 0 R", more=(_stream(b"", b"300 0 0 400 0 0 cm /P Do"), picture))


def zeros_compressed(times: int, size: int) -> bytes:
    """So many times `size` zeros as one zlib stream; its parts are alike and packed once."""
    packer = zlib.compressobj(9)
    first, other = (
        packer.compress(b"\x00" * size) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    check = (times * size % 65_521) << 16 | 1  # RFC 1950, 8.2, of zeros alone
    return first + other * (times - 1) + b"\x03\x00" + struct.pack(">I", check)
