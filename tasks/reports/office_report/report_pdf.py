"""A report as PDF/A: the same sentences, bars and tables, in ink that grey print keeps."""

from typing import Final

from fpdf.enums import WrapMode

from models.reports.report_page import ReportBar, ReportPage, ReportPart
from tasks.reports.pdf_sheet import INK, SOFT, PdfSheet

_WIDTH: Final = 130.0
"""Of the longest bar, mm; its number stands to the right of it."""
_BAR: Final = 3.2
_SHORT: Final = 16.0
"""Column of labels that are as short as a day, mm."""


def pdf_of(page: ReportPage) -> bytes:
    """The pages.

    Raises:
        MissingPartError: No font with Chinese glyphs is installed.
    """
    sheet = PdfSheet(f"{page.zh} {page.en}", f"{page.zh} {page.en}")
    sheet.title_line(page.zh, page.en)
    sheet.say(f"生成于 made at {page.made_at}", size=8, colour=SOFT)
    sheet.ln(2)
    sheet.say(page.summary.zh, size=12, wrap=WrapMode.CHAR)
    sheet.say(page.summary.en, size=8, colour=SOFT)
    for part in page.parts:
        _part(sheet, part)
    return bytes(sheet.output())


def _part(sheet: PdfSheet, part: ReportPart) -> None:
    sheet.heading(part.zh, part.en)
    for sentence in part.sentences:
        sheet.both(*sentence)
    longest = max((bar.number for bar in part.bars), default=0) or 1
    for bar in part.bars:
        _bar(sheet, bar, bar.number / longest * _WIDTH)
    if part.bars:
        sheet.ln(2)
    if part.table:
        others = len(part.table.head) - 1
        sheet.rows(part.table.head, part.table.rows, (5 if others == 1 else 2, *[1] * others))
    for note in part.notes:
        sheet.say(f"{note.zh} {note.en}", size=7.5, colour=SOFT)


def _bar(sheet: PdfSheet, bar: ReportBar, length: float) -> None:
    """One bar: a short label before it, one of many words above it."""
    if sheet.will_page_break(10):
        sheet.add_page()
    left, top = sheet.l_margin + sheet.c_margin, sheet.get_y()
    sheet.write_font(8)
    if bar.en:
        sheet.cell(sheet.get_string_width(bar.zh) + 2.5, 4.2, bar.zh)
        sheet.write_font(7, colour=SOFT)
        sheet.cell(0, 4.2, bar.en)
        top += 4.4
    else:
        sheet.cell(_SHORT, _BAR, bar.zh)
        left += _SHORT
    sheet.set_fill_color(*INK)
    sheet.rect(left, top, max(length, 0.3), _BAR, style="F")
    sheet.set_fill_color(255)  # tables take the last one for their cells
    sheet.set_xy(left + length + 1.5, top)
    sheet.write_font(8, bold=True)
    sheet.cell(20, _BAR, str(bar.number))
    sheet.set_xy(sheet.l_margin, top + _BAR + 1.4)
