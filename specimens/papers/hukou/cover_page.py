"""The first page of a hukou booklet (户口簿首页)."""

from typing import Final

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import pick_date_form, write_date
from specimens.people.households import Household
from specimens.printing.grounds import guilloche
from specimens.printing.paper import Bench, PrintedPaper, invent_press
from specimens.printing.print_sheet import Colour, Pen, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red, square_seal
from specimens.printing.typefaces import pick_typeface

WIDTH: Final = 143.0
HEIGHT: Final = 105.0
PAPERS: Final[tuple[Colour, ...]] = (
    (240, 236, 222),
    (238, 240, 236),
    (232, 238, 230),
    (246, 244, 238),
    (230, 234, 240),
    (240, 230, 226),
)
LINES: Final[tuple[Colour, ...]] = ((60, 60, 60), (120, 70, 60), (60, 90, 80), (70, 80, 130))


def hukou_ground(bench: Bench, width: float, height: float) -> PrintSheet:
    """The tinted paper of a booklet, with or without a fine security ground."""
    dice = bench.dice.fork("ground")
    paper = dice.pick(PAPERS)
    if dice.chance(0.45):
        return PrintSheet(width, height, bench.scale, paper)
    size = (round(width * bench.scale), round(height * bench.scale))
    wave: Colour = (paper[0] - dice.whole(12, 38), paper[1] - dice.whole(5, 22), paper[2] - 20)
    return PrintSheet(width, height, bench.scale, guilloche(*size, paper, (wave,), dice))


def form_of(house: Household, bench: Bench) -> Bench:
    """The chance that makes a book's printed forms: the same for all of its pages."""
    return bench._replace(dice=Dice(int(house.number), "form"))


def form_pen(form: Bench) -> Pen:
    """The labels of a book's forms."""
    dice = form.dice.fork("label")
    face = pick_typeface(("song", "song", "hei"), form.style_set, dice)
    return Pen(face, dice.real(2.6, 3.2), dice.pick(LINES))


def draw_hukou_cover(
    house: Household, bench: Bench, *, seals: bool = True, broken_after: int | None = None
) -> PrintedPaper:
    """The page with 户别, 户主姓名, 户号 and 住址, and the two seals of the police.

    Args:
        house: The book.
        bench: Chance, styles, scale.
        seals: False leaves the red seals out.
        broken_after: Characters of the address after which its second line begins; None breaks it
            where its cell ends.
    """
    dice, form = bench.dice, form_of(house, bench)
    sheet = hukou_ground(form, WIDTH, HEIGHT)
    label = form_pen(form)
    label = label._replace(size=label.size * 1.22)
    value = Pen(
        pick_typeface(("song", "fang", "hei", "kai"), bench.style_set, dice.fork("value")),
        dice.real(3.4, 4.2),
    )
    issued = write_date(house.issued, pick_date_form(dice.fork("date")))
    _write_grid(sheet, house, label, value, bench, broken_after)
    foot = _write_foot(sheet, issued, label, value, dice)
    sheet.press_ink(invent_press(dice.fork("press")), dice.rng)
    if seals:
        _stamp(sheet, house, foot, bench.fork("seals"))
    fields: dict[str, str | None] = {
        "household_type": house.kind,
        "householder_name": house.head_name,
        "household_number": house.number,
        "address": house.address,
        "issue_date": house.issued.isoformat(),
    }
    return PrintedPaper(
        DocumentKind.HUKOU_COVER,
        sheet.finish(),
        fields,
        sheet.quads,
        WIDTH,
        marks={"seal": "yes" if seals else "no"},
    )


def _write_grid(
    sheet: PrintSheet,
    house: Household,
    label: Pen,
    value: Pen,
    bench: Bench,
    broken_after: int | None,
) -> None:
    dice = bench.dice.fork("grid")
    top, left = dice.real(12, 20), dice.real(8, 13)
    right, row = WIDTH - left, dice.real(9.0, 11.5)
    if dice.chance(0.3):
        title = label._replace(size=5.4, spacing=3)
        sheet.write(WIDTH / 2 - 18, top - 6.5, "居民户口簿", title)
    middle = left + (right - left) * dice.real(0.44, 0.52)
    narrow = dice.real(16, 20)
    wide = dice.real(20, 24)
    lined = dice.chance(0.8)
    order = [
        ("户别", "household_type", house.kind),
        ("户主姓名", "householder_name", house.head_name),
        ("户号", "household_number", house.number),
        ("住址", "address", house.address),
    ]
    stacked = dice.chance(0.55)
    for index, (word, field, text) in enumerate(order):
        rank, second = divmod(index, 2)
        y = top + row * (rank + 0.5)
        x, width = (middle, right - middle) if second else (left, middle - left)
        if stacked and index >= 2:
            rank, x, width = index - 1, left, right - left
            y = top + row * (rank + 0.5)
        room = wide if second and not (stacked and index >= 2) else narrow
        if lined:
            sheet.frame(x, y - row / 2, width, row, label.colour, 0.2)
            sheet.line(x + room, y - row / 2, x + room, y + row / 2, label.colour, 0.2)
        _spread(sheet, x + 2, y, word, label, room - 4)
        cell = width - room - 3
        if field == "address" and broken_after is not None:
            first = value._replace(size=value.size * 0.84)
            cell = min(cell, sheet.measure(text[:broken_after], first) + 0.1)
        _fill(sheet, x + room + 1.5, y, text, value, cell, field)


def _spread(sheet: PrintSheet, x: float, y: float, word: str, pen: Pen, room: float) -> None:
    """Letters of a label spread over its cell, as forms do."""
    spare = room - sheet.measure(word, pen)
    if len(word) > 1 and spare > 0:
        pen = pen._replace(spacing=spare / (len(word) - 1) if len(word) < 4 else 0)
    sheet.write(x, y, word, pen)


def _fill(
    sheet: PrintSheet, x: float, y: float, text: str, pen: Pen, room: float, field: str
) -> None:
    """A value on one line, on two smaller ones where it is too long."""
    if sheet.measure(text, pen) <= room:
        sheet.write(x, y, text, pen, field=field, ink=True)
        return
    small = pen._replace(size=pen.size * 0.84)
    lines = len(sheet.wrap(text, small, room))
    leading = small.size * 1.12
    sheet.paragraph(
        x,
        y - leading * (lines - 1) / 2,
        text,
        small,
        room=room,
        leading=leading,
        field=field,
        ink=True,
    )


def _write_foot(sheet: PrintSheet, issued: str, label: Pen, value: Pen, dice: Dice) -> float:
    seal_line = dice.real(60, 66)
    small = label._replace(size=label.size * 0.9)
    sheet.write(
        16, seal_line, dice.pick(("省级公安机关户口专用章", "省级公安机关", "户口专用章")), small
    )
    sheet.write(
        82,
        seal_line,
        dice.pick(("户口登记机关户口专用章", "户口登记机关", "户口登记专用章")),
        small,
    )
    y = dice.real(90, 96)
    sheet.write(14, y, "承办人签章", label)
    end = sheet.write(80, y, dice.pick(("签发日期", "签发日期：", "签发  日期")), label)
    sheet.write(end + 2.5, y, issued, value, field="issue_date", ink=True)
    return seal_line


def _stamp(sheet: PrintSheet, house: Household, foot: float, bench: Bench) -> None:
    dice = bench.dice
    face = pick_typeface(("song", "hei"), bench.style_set, dice)
    red = seal_red(dice)
    province = f"{house.place.province}公安厅"
    for rim, x in ((province, 36), (house.station, 104)):
        flat = dice.pick((1.0, 1.0, 0.72))
        size = round(dice.real(30, 40) * bench.scale)
        cover = round_seal(rim, "户口专用章", face, size, dice, flat=flat)
        sheet.stamp(x + dice.sway(4), foot + dice.sway(5) + 6, cover, red)
    clerk = square_seal(
        dice.pick(("王海印", "李静之印", "陈志强印", "赵明")), face, round(11 * bench.scale), dice
    )
    sheet.stamp(46 + dice.sway(2), 93 + dice.sway(1.5), clerk, red)
