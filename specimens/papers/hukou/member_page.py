"""A registration card (常住人口登记卡) of a hukou booklet."""

import datetime as dt
from typing import Final

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.hukou.cover_page import form_of, form_pen, hukou_ground
from specimens.papers.hukou.forms import LAYOUTS, Layout
from specimens.papers.written import pick_date_form, write_date
from specimens.people.households import Household
from specimens.people.person import InventedPerson
from specimens.printing.handwriting import PenSheet, invent_hand
from specimens.printing.paper import Bench, PrintedPaper, invent_press
from specimens.printing.print_sheet import Pen, PrintSheet
from specimens.printing.printed_seals import cancel_stamp, round_seal, seal_red, square_seal
from specimens.printing.typefaces import pick_typeface

WIDTH: Final = 143.0
HEIGHT: Final = 105.0


_SCHOOLING: Final = (
    "小学",
    "初中",
    "高中",
    "大学本科",
    "大学专科",
    "中专",
    "研究生",
    "文盲或半文盲",
    "大学",
)
_OCCUPATIONS: Final = (
    "粮农",
    "职员",
    "工人",
    "教师",
    "个体",
    "退休",
    "无业",
    "学生",
    "司机",
    "护士",
)
_EMPLOYERS: Final = ("县第二中学", "永兴机械厂", "务农", "无", "市公交公司", "个体经营", "惠民超市")


def draw_hukou_member(
    person: InventedPerson,
    house: Household,
    bench: Bench,
    *,
    seals: bool = True,
    stamp: str | None = None,
    word: str | None = None,
    by_hand: bool = False,
) -> PrintedPaper:
    """One member's page.

    Args:
        person: Whose page.
        house: The book.
        bench: Chance, styles, scale.
        seals: False leaves the red seals out.
        stamp: A cancelling stamp over the page (注销, 迁出, 死亡注销).
        word: Another relation word than the book's.
        by_hand: A clerk filled it in with a pen, as in old books.
    """
    dice, printed = bench.dice, form_of(house, bench)
    layout = printed.dice.fork("layout").pick(
        [form for form in LAYOUTS if form.held_out == (bench.style_set == "held_out")]
    )
    width, height = (HEIGHT, WIDTH) if layout.upright else (WIDTH, HEIGHT)
    sheet = hukou_ground(printed, width, height)
    if by_hand:
        hand = invent_hand(bench.style_set, dice.fork("hand"))
        sheet = PenSheet.of(sheet, hand, dice.fork("writing"))
    word = house.words[person.key] if word is None else word
    entered = house.entered[person.key]
    contents = _contents(person, house, word, dice.fork("contents"))
    label, value = form_pen(printed), _value_pen(bench)
    if not bench.numbered:
        house = house._replace(numbered=False)
    numbered = _write_head(sheet, house, label, value, printed.dice.fork("head"))
    bottom = _write_rows(sheet, layout, contents, label, value, printed.dice.fork("rows"))
    _write_foot(sheet, entered, bottom, label, value, dice.fork("foot"))
    sheet.press_ink(invent_press(dice.fork("press")), dice.rng)
    if seals:
        _stamp(sheet, house, bench.fork("seals"))
    if stamp:
        _cancel(sheet, stamp, bench.fork("cancel"))
    fields = _truth(person, house, word, contents, entered, numbered=numbered)
    return PrintedPaper(
        DocumentKind.HUKOU_MEMBER,
        sheet.finish(),
        fields,
        sheet.quads,
        width,
        marks={
            "layout": layout.name,
            "seal": "yes" if seals else "no",
            "cancelled": stamp or "",
            "hand": "yes" if by_hand else "no",
        },
    )


def _truth(
    person: InventedPerson,
    house: Household,
    word: str,
    contents: dict[str, str],
    entered: dt.date,
    *,
    numbered: bool,
) -> dict[str, str | None]:
    return {
        "name": person.name,
        "relation_to_householder": word or None,
        "former_name": person.former_name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date.isoformat(),
        "id_number": person.id_number,
        "marital_status": contents["marital_status"] or None,
        "household_number": house.number if numbered else None,
        "registration_date": entered.isoformat(),
    }


def _contents(person: InventedPerson, house: Household, word: str, dice: Dice) -> dict[str, str]:
    adult, place = person.age >= 18, person.place
    blank = dice.pick(("", "", "无"))
    moved = f"{write_date(house.entered[person.key], 'plain')}由{place.full_name}迁来"
    return {
        "name": person.name,
        "relation_to_householder": word,
        "former_name": person.former_name or "",
        "sex": person.sex,
        "birthplace": place.full_name,
        "ethnicity": person.ethnicity + dice.pick(("", "族")),
        "origin": (person.native_place or place).full_name,
        "birth_date": write_date(person.birth_date, pick_date_form(dice)),
        "other_address": "",
        "faith": blank,
        "id_number": person.id_number,
        "height": f"{dice.whole(150, 185)}" + dice.pick(("", "厘米", "cm"))
        if adult and dice.chance(0.6)
        else "",
        "blood": dice.pick(("A", "B", "O", "AB", "不明", "", "")),
        "schooling": dice.pick(_SCHOOLING) if person.age >= 7 else "",
        "marital_status": _marital(person, dice),
        "service": dice.pick(("未服兵役", "", "不详", "退出现役")) if adult else "",
        "employer": dice.pick(_EMPLOYERS) if adult else "",
        "occupation": dice.pick(_OCCUPATIONS) if adult else "",
        "moved_city": dice.pick(("久居", "", moved)),
        "moved_here": dice.pick(("久居", "", moved)),
    }


def _marital(person: InventedPerson, dice: Dice) -> str:
    if person.age < 18:
        return dice.pick(("", "", "未婚"))
    if person.age < 24:
        return "未婚"
    return dice.pick(("已婚", "有配偶", "初婚", "已婚"))


def _value_pen(bench: Bench) -> Pen:
    dice = bench.dice.fork("pens")
    face = pick_typeface(("song", "fang", "hei", "kai"), bench.style_set, dice)
    return Pen(face, dice.real(2.9, 3.5))


def _write_head(sheet: PrintSheet, house: Household, label: Pen, value: Pen, dice: Dice) -> bool:
    """The title; True where the household number stands beside it."""
    title = label._replace(size=dice.real(4.6, 6.0), spacing=dice.real(0.2, 2.0))
    text = "常住人口登记卡"
    sheet.write((sheet.width - sheet.measure(text, title)) / 2, 8.2, text, title)
    if not house.numbered:
        return False
    left = dice.pick((8.0, sheet.width * 0.68))
    small = label._replace(size=label.size * 0.95)
    end = sheet.write(
        left, 14.3 if dice.chance(0.7) else 13.2, dice.pick(("户号", "户号：", "户号:")), small
    )
    sheet.write(end + 1.2, 14.0, house.number, value, field="household_number", ink=True)
    return True


def _write_rows(
    sheet: PrintSheet, layout: Layout, contents: dict[str, str], label: Pen, value: Pen, dice: Dice
) -> float:
    left, top = dice.real(6, 9), 17.0
    room = sheet.width - 2 * left
    height = (sheet.height - top - dice.real(11, 15)) / len(layout.rows)
    thin = dice.real(0.12, 0.3)
    inset = dice.real(0.8, 2.5)
    for number, row in enumerate(layout.rows):
        y, x = top + number * height, left
        for cell in row:
            for share, write in ((cell.label_share, _label), (cell.value_share, _value)):
                width = room * share
                sheet.frame(x, y, width, height, label.colour, thin)
                if write is _label:
                    _label(sheet, x, y + height / 2, cell.label, label, width)
                else:
                    text = contents[cell.value]
                    _value(
                        sheet,
                        x + inset,
                        y + height / 2,
                        text,
                        value,
                        width - inset - 0.6,
                        cell.value,
                    )
                x += width
    return top + height * len(layout.rows)


def _label(sheet: PrintSheet, x: float, y: float, text: str, pen: Pen, width: float) -> None:
    """A label in the middle of its cell, on two lines where it is long."""
    if sheet.measure(text, pen) <= width - 1.2:
        sheet.write(x + (width - sheet.measure(text, pen)) / 2, y, text, pen)
        return
    half = (len(text) + 1) // 2
    small = sheet.fit(text[:half], pen._replace(size=pen.size * 0.88), width - 0.8)
    for number, line in enumerate((text[:half], text[half:])):
        at = x + (width - sheet.measure(line, small)) / 2
        sheet.write(at, y + (number - 0.5) * small.size * 1.12, line, small)


def _value(
    sheet: PrintSheet, x: float, y: float, text: str, pen: Pen, room: float, key: str
) -> None:
    """A value that fits its cell, two lines at most; printers do run over the line."""
    if sheet.measure(text, pen) <= room + 1.5:
        sheet.write(x, y, text, pen, field=key, ink=True)
        return
    small = pen._replace(size=pen.size * 0.86)
    if len(sheet.wrap(text, small, room)) > 2:
        small = sheet.fit(text, small, room * 1.9)
    lines = len(sheet.wrap(text, small, room))
    sheet.paragraph(
        x,
        y - small.size * 1.1 * (lines - 1) / 2,
        text,
        small,
        room=room,
        leading=small.size * 1.1,
        field=key,
        ink=True,
    )


def _write_foot(
    sheet: PrintSheet, entered: dt.date, bottom: float, label: Pen, value: Pen, dice: Dice
) -> None:
    y = bottom + dice.real(4.5, 6.5)
    sheet.write(9, y, dice.pick(("承办人签章", "承办人签章：")), label)
    end = sheet.write(
        sheet.width * dice.real(0.5, 0.58), y, dice.pick(("登记日期", "登记日期：")), label
    )
    date = write_date(entered, pick_date_form(dice))
    pen = sheet.fit(date, value, sheet.width - end - 5)
    sheet.write(end + 2, y, date, pen, field="registration_date", ink=True)


def _stamp(sheet: PrintSheet, house: Household, bench: Bench) -> None:
    dice = bench.dice
    face, red = pick_typeface(("song", "hei"), bench.style_set, dice), seal_red(dice)
    middle = dice.pick(("户口登记章", "户口专用章", "户籍专用章"))
    flat = dice.pick((1.0, 1.0, 0.66))
    cover = round_seal(
        house.station, middle, face, round(dice.real(24, 36) * bench.scale), dice, flat=flat
    )
    x, y = dice.pick(((0.62, 0.72), (0.75, 0.8), (0.5, 0.86), (0.8, 0.55), (0.35, 0.78)))
    sheet.stamp(sheet.width * x + dice.sway(5), sheet.height * y + dice.sway(4), cover, red)
    if dice.chance(0.7):
        clerk = square_seal(
            dice.pick(("王海印", "李静之印", "陈志强印", "赵明")),
            face,
            round(9 * bench.scale),
            dice,
        )
        sheet.stamp(36 + dice.sway(2), sheet.height - 7 + dice.sway(1), clerk, red)


def _cancel(sheet: PrintSheet, text: str, bench: Bench) -> None:
    dice = bench.dice
    face = pick_typeface(("bold", "hei"), bench.style_set, dice)
    cover = cancel_stamp(text, face, round(dice.real(38, 56) * bench.scale), dice)
    colour = seal_red(dice) if dice.chance(0.7) else (40, 40, 60)
    sheet.stamp(
        sheet.width * dice.real(0.4, 0.6), sheet.height * dice.real(0.4, 0.6), cover, colour
    )
