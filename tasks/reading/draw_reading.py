"""A page with what was read drawn on it: for reviewers, auditors and whoever tunes the reader.

On the left the picture with a numbered frame around every field, coloured by how sure it is; on
the right the same numbers with value, the engine's own text, second reading and confidence, then
the picture's quality and every finding.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.checks.finding import Finding
from models.errors import MissingPartError
from models.reading.document import FIELDS, DocumentReading, FieldReading, Quad
from models.reading.field_name import field_zh
from tasks.reading.files.picture import Pixels, ScaledPage

SURE: Final = 0.95
LIKELY: Final = 0.8
_PICTURE: Final = (1100, 1500)  # the most that the picture takes, pixels
_PANEL: Final = 940
_MARGIN: Final = 16
_SIZE: Final = 20
_LINE: Final = 30
_FONTS: Final = (
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "opentype/noto/NotoSansCJK-Medium.ttc",
    "truetype/wqy/wqy-microhei.ttc",
    "truetype/wqy/wqy-zenhei.ttc",
)
_FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

Colour = tuple[int, int, int]
_INK: Final[Colour] = (25, 25, 25)
_FAINT: Final[Colour] = (110, 110, 110)
_GREEN: Final[Colour] = (20, 120, 60)
_AMBER: Final[Colour] = (190, 110, 0)
_RED: Final[Colour] = (190, 20, 30)
_TINTS: Final = {"error": _RED, "warning": _AMBER, "info": _FAINT}


class _Row(NamedTuple):
    """One line of the panel."""

    text: str
    colour: Colour = _INK
    indent: int = 0


def draw_reading(page: ScaledPage, papers: tuple[DocumentReading, ...]) -> bytes:
    """A PNG of one page of a file with all that was read from it.

    Args:
        page: The page as decoded; quads are in pixels of its full size.
        papers: The papers found on it.

    Raises:
        MissingPartError: No Chinese typeface is installed.
    """
    scale = min(1.0, *(most / side for most, side in zip(_PICTURE, page.size, strict=True)))
    size = (round(page.size[0] * scale), round(page.size[1] * scale))
    picture = Image.fromarray(
        cv2.cvtColor(cv2.resize(page.image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    )
    rows = [row for paper in papers for row in _rows(paper)]
    height = max(size[1] + 2 * _MARGIN, len(rows) * _LINE + 2 * _MARGIN)
    canvas = Image.new("RGB", (size[0] + _PANEL + 3 * _MARGIN, height), (255, 255, 255))
    canvas.paste(picture, (_MARGIN, _MARGIN))
    pen = ImageDraw.Draw(canvas)
    for paper in papers:
        _frames(pen, paper, scale)
    _panel(pen, rows, size[0] + 2 * _MARGIN)
    return _png(canvas)


def _frames(pen: ImageDraw.ImageDraw, paper: DocumentReading, scale: float) -> None:
    for number, (_, field) in enumerate(_fields(paper), start=1):
        if field.quad is None:
            continue
        corners = _on_canvas(field.quad, scale)
        colour = _colour(field.confidence)
        pen.polygon(corners, outline=colour, width=2)
        left, top = corners[0]
        text = _tag(paper, number)
        box = pen.textbbox((left, top - _SIZE - 4), text, font=_font(_SIZE - 4))
        pen.rectangle((box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2), fill=colour)
        pen.text((left, top - _SIZE - 4), text, font=_font(_SIZE - 4), fill=(255, 255, 255))


def _panel(pen: ImageDraw.ImageDraw, rows: list[_Row], left: int) -> None:
    for number, row in enumerate(rows):
        place = (left + row.indent * _SIZE, _MARGIN + number * _LINE)
        pen.text(place, row.text, font=_font(_SIZE), fill=row.colour)


def _rows(paper: DocumentReading) -> list[_Row]:
    rows = [_Row(f"{paper.kind.zh} {paper.kind}  {paper.kind_confidence:.2f}   {_where(paper)}")]
    for number, (name, field) in enumerate(_fields(paper), start=1):
        value = "长期" if field.long_term else field.value or "—"
        text = (
            f"{_tag(paper, number)}  {field.confidence:.3f}  {field_zh(name)} {_short(value, 34)}"
        )
        rows.append(_Row(text, _colour(field.confidence), 1))
        if field.raw and field.raw != field.value:
            rows.append(_Row(f"原文 raw: {_short(field.raw, 34)}", _FAINT, 4))
        if field.second is not None and field.second != field.value:
            rows.append(_Row(f"二读 second reader: {_short(field.second, 28)}", _AMBER, 4))
    rows += _quality(paper)
    rows += [row for found in paper.findings for row in _finding(found)]
    rows.append(_Row(""))
    return rows


def _fields(paper: DocumentReading) -> list[tuple[str, FieldReading]]:
    names = FIELDS.get(paper.kind, tuple(paper.fields))
    return [(name, paper.fields[name]) for name in names if name in paper.fields]


def _where(paper: DocumentReading) -> str:
    return f"第 {paper.page} 页 第 {paper.part} 份 · page {paper.page} part {paper.part}"


def _tag(paper: DocumentReading, number: int) -> str:
    return str(number) if paper.part == 1 else f"{paper.part}.{number}"


def _quality(paper: DocumentReading) -> list[_Row]:
    if paper.quality is None:
        return []
    quality = paper.quality
    glyphs = f"文字高度 {quality.glyph_height_px:.0f} px"
    text = (
        f"模糊 blur {quality.blur:.2f} · 反光 glare {quality.glare:.3f} · {glyphs}"
        f" · 旋转 {quality.rotation}° · 页角 {quality.corners_visible}/4"
    )
    seal = {True: "有印章 seal", False: "无印章 no seal", None: "不查印章"}[quality.seal]
    colour = "彩色 colour" if quality.colour else "黑白 no colour"
    return [_Row(text, _FAINT), _Row(f"{seal} · {colour}", _FAINT)]


def _finding(found: Finding) -> list[_Row]:
    colour = _TINTS[found.severity.value]
    return [
        _Row(f"{found.code}  {_short(found.message.zh, 42)}", colour),
        _Row(_short(found.message.en, 80), colour, 3),
    ]


def _colour(confidence: float) -> Colour:
    if confidence >= SURE:
        return _GREEN
    return _AMBER if confidence >= LIKELY else _RED


def _on_canvas(quad: Quad, scale: float) -> list[tuple[float, float]]:
    return [(x * scale + _MARGIN, y * scale + _MARGIN) for x, y in quad]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    for folder in _FOLDERS:
        for name in _FONTS:
            if (folder / name).is_file():
                return ImageFont.truetype(str(folder / name), size)
    raise MissingPartError(
        "系统未装中文字体，请安装 fonts-noto-cjk。"
        " No Chinese typeface is installed: install fonts-noto-cjk."
    )


def _png(canvas: Image.Image) -> bytes:
    pixels: Pixels = np.asarray(canvas, dtype=np.uint8)
    _, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    return data.tobytes()
