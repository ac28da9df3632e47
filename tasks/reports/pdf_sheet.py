"""A PDF/A-3 sheet with Chinese text: headings, pairs, tables, a scale; nothing about evidence."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, TableCellFillMode, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from models.errors import MissingPartError

INK: Final = (27, 36, 48)
SOFT: Final = (77, 90, 106)
BLUE: Final = (29, 79, 145)
LINE: Final = (201, 209, 218)
SHADE: Final = (233, 237, 242)
GOOD: Final = (23, 99, 58)
BAD: Final = (155, 28, 28)
_FONT: Final = "cjk"
_MARGIN: Final = 16
_SYSTEM: Final = Path("/usr/share/fonts")


class _Face(NamedTuple):
    """A font with Chinese glyphs: regular and bold file, and which font of their collection."""

    regular: str
    bold: str
    number: int


_FACES: Final = (
    _Face("opentype/noto/NotoSansCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    _Face("noto-cjk/NotoSansCJK-Regular.ttc", "noto-cjk/NotoSansCJK-Bold.ttc", 2),
    _Face("truetype/wqy/wqy-microhei.ttc", "truetype/wqy/wqy-microhei.ttc", 0),
    _Face("truetype/wqy/wqy-zenhei.ttc", "truetype/wqy/wqy-zenhei.ttc", 0),
)


class PdfSheet(FPDF):
    """Pages that are written from top to bottom; only the glyphs in use are embedded."""

    def __init__(self, title: str, footer: str) -> None:
        """Open the first page.

        Args:
            title: For the reader's title bar and for machines.
            footer: Stands at the foot of each page, before the page's number.

        Raises:
            MissingPartError: No font with Chinese glyphs is installed.
        """
        super().__init__(format="A4", enforce_compliance="PDF/A-3B")
        face = _installed_face()
        self.add_font(_FONT, fname=_SYSTEM / face.regular, collection_font_number=face.number)
        self.add_font(_FONT, "B", _SYSTEM / face.bold, collection_font_number=face.number)
        self._foot = footer
        self.set_title(title)
        self.set_lang("zh-CN")
        self.set_creator("kinbind")
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + 4)
        self.set_text_color(*INK)
        self.set_draw_color(*LINE)
        self.write_font(9)
        self.add_page()

    def footer(self) -> None:
        """Called by the library at the end of each page."""
        self.set_y(-_MARGIN)
        self.write_font(7, colour=SOFT)
        self.cell(0, 5, f"{self._foot} · {self.page_no()}/{{nb}}", align=Align.C)

    def write_font(
        self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK
    ) -> None:
        """Choose how the next text looks; size in points."""
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_text_color(*colour)

    def title_line(self, zh: str, en: str) -> None:
        """The one title."""
        self.write_font(20, bold=True)
        self.cell(self.get_string_width(zh) + 5, 11, zh, new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.write_font(12, colour=SOFT)
        self.cell(0, 12.5, en, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def heading(self, zh: str, en: str, *, level: int = 1) -> None:
        """A heading that is not left alone at the foot of a page."""
        size = 12.5 if level == 1 else 10
        if self.will_page_break(24):
            self.add_page()
        self.ln(4 if level == 1 else 2)
        self.write_font(size, bold=True, colour=BLUE if level == 1 else INK)
        self.cell(self.get_string_width(zh) + 2.5, 6, zh, new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.write_font(size - 2.5, colour=SOFT)
        self.cell(0, 6.4, en, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if level == 1:
            self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(1.5)

    def say(
        self,
        text: str,
        *,
        size: float = 9,
        colour: tuple[int, int, int] = INK,
        wrap: WrapMode = WrapMode.WORD,
    ) -> None:
        """A paragraph."""
        self.write_font(size, colour=colour)
        self.multi_cell(
            *(0, size * 0.55, text),
            align=Align.L,
            wrapmode=wrap,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def both(self, zh: str, en: str) -> None:
        """A sentence in Chinese and, smaller, in English."""
        self.say(zh, size=9.5, wrap=WrapMode.CHAR)  # Chinese breaks anywhere, not at blanks only
        self.say(en, size=8, colour=SOFT)
        self.ln(1)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values, one below the other."""
        for name, value in rows:
            self.write_font(8, colour=SOFT)
            top = self.get_y()
            if self.will_page_break(6):
                self.add_page()
                top = self.get_y()
            self.cell(46, 5, name)
            self.set_xy(self.l_margin + 46, top)
            self.write_font(9)
            self.multi_cell(0, 5, value or "—", align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def rows(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        *,
        size: float = 7.5,
    ) -> None:
        """A table; its head is repeated on each page.

        Args:
            head: Names of the columns.
            rows: Texts.
            widths: Of the columns, in proportion.
            size: Of the text, points.
        """
        self.write_font(size)
        with self.table(
            col_widths=tuple(widths),
            line_height=size * 0.52,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            cell_fill_mode=TableCellFillMode.NONE,
            headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=SHADE),
            text_align=Align.L,
            padding=(0.9, 1),
        ) as table:
            for row in (head, *rows):
                table.row([text or "—" for text in row])
        self.ln(1.5)

    def scale(self, low: float, high: float, score: float, words: Sequence[str]) -> None:
        """A bar from 0 to 1 in three bands with a mark.

        Args:
            low: End of the first band.
            high: End of the second.
            score: Where the mark stands.
            words: Names of the three bands.
        """
        if self.will_page_break(16):
            self.add_page()
        width, top = 110.0, self.get_y() + 4
        ends = (0.0, max(low, 0.0), high, 1.0)
        fills = ((227, 163, 163), (236, 208, 139), (156, 208, 176))
        for start, end, fill, word in zip(ends, ends[1:], fills, words, strict=False):
            self.set_fill_color(*fill)
            self.rect(self.l_margin + start * width, top, (end - start) * width, 5, style="F")
            self.write_font(6.5)
            self.set_xy(self.l_margin + start * width, top)
            self.cell((end - start) * width, 5, word, align=Align.C)
        self.set_fill_color(255)  # tables take the last one for their cells
        at = self.l_margin + min(max(score, 0.0), 1.0) * width
        self.set_line_width(0.7)
        self.set_draw_color(*INK)
        self.line(at, top - 1.5, at, top + 6.5)
        self.set_line_width(0.2)
        self.set_draw_color(*LINE)
        self.write_font(8, bold=True)
        self.set_xy(at - 10, top + 6.5)
        self.cell(20, 4, f"{score:.3f}", align=Align.C)
        self.set_xy(self.l_margin, top + 12)

    def attach(self, name: str, content: bytes, kind: str, about: str, at: dt.datetime) -> None:
        """Put a file into the PDF, as it is.

        Args:
            name: Its name there.
            content: What it holds; not compressed, so that it stands in the PDF byte for byte.
            kind: MIME type.
            about: One sentence.
            at: When it was made.
        """
        self.embed_file(
            bytes=content,
            basename=name,
            mime_type=kind,
            associated_file_relationship="Data",
            modification_date=at,
            desc=about,
            compress=False,
        )


def _installed_face() -> _Face:
    for face in _FACES:
        if (_SYSTEM / face.regular).is_file() and (_SYSTEM / face.bold).is_file():
            return face
    raise MissingPartError(
        "系统未装中文字体，请运行 apt-get install fonts-noto-cjk。"
        " No font with Chinese glyphs is installed; run: apt-get install fonts-noto-cjk"
    )
