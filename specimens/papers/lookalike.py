"""Papers that are none of those asked for: look-alikes, blank sheets, pages of text."""

from typing import Final

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.people.person import InventedPerson
from specimens.people.portraits import face_picture
from specimens.printing.grounds import guilloche
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Colour, Pen, PrintSheet
from specimens.printing.typefaces import installed, pick_typeface

LOOKALIKES: Final = ("temporary_card", "bank_card", "blank_sheet", "text_page", "receipt")
_PROSE: Final = (
    "通知：本小区定于下周二上午九时至十二时检修供水管道，届时将短时停水，请各住户提前做好储水准备。"
    "检修期间如遇紧急情况，请与物业服务中心联系。给您带来的不便，敬请谅解。"
)


def draw_lookalike(which: str, person: InventedPerson, bench: Bench) -> PrintedPaper:
    """One of LOOKALIKES; its kind is `other`.

    Raises:
        KeyError: No such look-alike.
    """
    drawers = {
        "temporary_card": _temporary_card,
        "bank_card": _bank_card,
        "blank_sheet": _blank_sheet,
        "text_page": _text_page,
        "receipt": _receipt,
    }
    sheet = drawers[which](person, bench)
    return PrintedPaper(
        DocumentKind.OTHER, sheet.finish(), {}, {}, sheet.width, marks={"layout": which}
    )


def _temporary_card(person: InventedPerson, bench: Bench) -> PrintSheet:
    """临时居民身份证: the same words, another card, not accepted."""
    dice = bench.dice
    size = (round(85.6 * bench.scale), round(54 * bench.scale))
    waves: tuple[Colour, ...] = ((225, 205, 160), (215, 215, 175))
    sheet = PrintSheet(85.6, 54.0, bench.scale, guilloche(*size, (247, 243, 228), waves, dice))
    face = pick_typeface(("hei", "song"), bench.style_set, dice)
    label, value = Pen(face, 2.5, (120, 90, 50)), Pen(face, 2.9)
    sheet.write(17, 6.0, "中华人民共和国临时居民身份证", Pen(face, 3.9, (150, 40, 40)))
    born = person.birth_date
    rows = (
        ("姓名", person.name),
        ("性别", f"{person.sex}　　民族 {person.ethnicity}"),
        ("出生", f"{born.year} 年 {born.month} 月 {born.day} 日"),
        ("住址", person.address[:14]),
        ("", person.address[14:]),
        ("公民身份号码", person.id_number),
        ("有效期限", "2026.09.01-2026.11.30"),
    )
    for number, (word, text) in enumerate(rows):
        y = 13 + number * 5.6
        end = sheet.write(6, y, word, label) if word else 10.5
        sheet.write(end + 2, y, text, value)
    sheet.picture(60, 12, 20, 25, face_picture(person, "portrait"))
    return sheet


def _bank_card(person: InventedPerson, bench: Bench) -> PrintSheet:
    dice = bench.dice
    colour = dice.pick(((30, 80, 150), (170, 35, 45), (40, 110, 90)))
    sheet = PrintSheet(85.6, 54.0, bench.scale, colour)
    pale: Colour = (235, 235, 235)
    face = pick_typeface(("hei",), bench.style_set, dice)
    sheet.write(6, 9, dice.pick(("东风商业银行", "江河银行", "城市信用银行")), Pen(face, 5.0, pale))
    sheet.draw.rectangle([round(v * bench.scale) for v in (8, 18, 20, 27)], fill=(215, 190, 120))
    number = " ".join(f"{dice.whole(0, 9999):04d}" for _ in range(4))
    pen = Pen(dice.pick(installed("number", bench.style_set)), 5.0, pale, 0.2)
    sheet.write(7, 34, number, sheet.fit(number, pen, 72))
    sheet.write(7, 46, "借记卡 DEBIT   12/29", Pen(face, 3.0, pale))
    return sheet


def _blank_sheet(person: InventedPerson, bench: Bench) -> PrintSheet:
    del person
    return PrintSheet(
        143.0, 105.0, bench.scale, bench.dice.pick(((246, 245, 240), (250, 250, 250)))
    )


def _text_page(person: InventedPerson, bench: Bench) -> PrintSheet:
    del person
    sheet = PrintSheet(210.0, 297.0, bench.scale, (249, 249, 247))
    pen = Pen(pick_typeface(("song", "hei", "fang"), bench.style_set, bench.dice), 4.4)
    y = 35.0
    for _ in range(4):
        y = sheet.paragraph(24, y, "　　" + _PROSE, pen, room=162, leading=7.4) + 5
    return sheet


def _receipt(person: InventedPerson, bench: Bench) -> PrintSheet:
    del person
    dice = bench.dice
    sheet = PrintSheet(80.0, 150.0, bench.scale, (248, 248, 246))
    pen = Pen(pick_typeface(("hei", "song"), bench.style_set, dice), 3.4, (60, 60, 70))
    sheet.write(20, 12, dice.pick(("惠民超市购物小票", "康泰大药房销售单")), pen)
    for number, name in enumerate(("纸巾", "牛奶", "板蓝根颗粒", "毛巾", "合计")):
        price = _price(dice)
        sheet.write(8, 26 + number * 9, name, pen)
        sheet.write(58, 26 + number * 9, price, pen)
    return sheet


def _price(dice: Dice) -> str:
    return f"{dice.whole(3, 60)}.{dice.whole(0, 9)}0"
