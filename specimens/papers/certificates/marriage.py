"""The marriage certificate (结婚证), and the divorce certificate (离婚证) that looks like it."""

import datetime as dt
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import pick_date_form, write_date
from specimens.people.person import TODAY, InventedPerson
from specimens.people.portraits import face_picture
from specimens.printing.grounds import guilloche
from specimens.printing.paper import Bench, PrintedPaper, invent_press
from specimens.printing.print_sheet import Colour, Pen, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red
from specimens.printing.typefaces import pick_typeface

WIDTH: Final = 176.0
HEIGHT: Final = 126.0
_GROUNDS: Final[tuple[Colour, ...]] = ((250, 236, 232), (250, 244, 230), (247, 240, 244))
_INKS: Final[tuple[Colour, ...]] = ((150, 40, 50), (60, 50, 50), (40, 40, 44))
_LAYOUTS: Final = {
    "tuning": ("page", "spread", "single", "columns"),
    "held_out": ("page", "old", "columns"),
}


class Marriage(NamedTuple):
    """What a certificate states; `ended` makes it a divorce certificate."""

    husband: InventedPerson
    wife: InventedPerson
    holder: str
    registered: dt.date
    number: str
    office: str
    ended: bool = False

    @property
    def word(self) -> str:
        """结婚 or 离婚."""
        return "离婚" if self.ended else "结婚"


def invent_marriage(
    husband: InventedPerson, wife: InventedPerson, dice: Dice, *, ended: bool = False
) -> Marriage:
    """The certificate of these two; they were of age on the day of registration."""
    earliest = max(
        husband.birth_date + dt.timedelta(days=22 * 366),
        wife.birth_date + dt.timedelta(days=20 * 366),
        dt.date(1986, 1, 1),
    )
    span = max(1, min(3000, (TODAY - earliest).days - 1))
    day = min(earliest + dt.timedelta(days=dice.whole(0, span)), TODAY - dt.timedelta(days=1))
    place = husband.place
    letter = "L" if ended else "J"
    number = f"{letter}{place.code}-{day.year}-{dice.whole(1, 9999):06d}"
    holder = dice.pick((husband, wife)).name
    return Marriage(husband, wife, holder, day, number, f"{place.full_name}民政局", ended)


def draw_marriage_certificate(
    marriage: Marriage, bench: Bench, *, seals: bool = True
) -> PrintedPaper:
    """The pages with the data, in one of several prints; kind `other` when it is a divorce's."""
    dice = bench.dice
    layout = dice.pick(_LAYOUTS[bench.style_set])
    width, height = (WIDTH, HEIGHT) if layout != "single" else (128.0, 176.0)
    colour = dice.pick(_GROUNDS)
    wave = (colour[0] - 12, colour[1] - 30, colour[2] - 30)
    size = (round(width * bench.scale), round(height * bench.scale))
    sheet = PrintSheet(
        width, height, bench.scale, guilloche(*size, colour, (wave,), dice.fork("g"))
    )
    pens = _pens(bench)
    first, second = _order(marriage, dice)
    foot = _WRITERS[layout](sheet, marriage, (first, second), pens, dice.fork("rows"))
    sheet.press_ink(invent_press(dice.fork("press"), wander=0.6), dice.rng)
    if seals:
        face = pick_typeface(("song", "hei"), bench.style_set, dice)
        rim, middle = marriage.office, f"{marriage.word}登记专用章"
        cover = round_seal(rim, middle, face, round(dice.real(30, 36) * bench.scale), dice)
        sheet.stamp(foot[0] + dice.sway(4), foot[1] + dice.sway(3), cover, seal_red(dice))
    kind = DocumentKind.OTHER if marriage.ended else DocumentKind.MARRIAGE_CERTIFICATE
    fields = {} if marriage.ended else _truth(marriage, first, second, layout)
    marks = {"layout": f"divorce {layout}" if marriage.ended else layout}
    quads = {} if marriage.ended else sheet.quads
    return PrintedPaper(kind, sheet.finish(), fields, quads, width, marks=marks)


def _order(marriage: Marriage, dice: Dice) -> tuple[InventedPerson, InventedPerson]:
    pair = (marriage.husband, marriage.wife)
    return pair if dice.chance(0.75) else (pair[1], pair[0])


def _truth(
    marriage: Marriage, first: InventedPerson, second: InventedPerson, layout: str
) -> dict[str, str | None]:
    old = layout == "old"
    fields: dict[str, str | None] = {
        "holder_name": None if old else marriage.holder,
        "registration_date": marriage.registered.isoformat(),
        "certificate_number": marriage.number,
    }
    for slot, person in (("spouse1", first), ("spouse2", second)):
        fields |= {
            f"{slot}_name": person.name,
            f"{slot}_sex": person.sex,
            f"{slot}_birth_date": person.birth_date.isoformat(),
            f"{slot}_id_number": person.id_number,
        }
    return fields


class _Pens(NamedTuple):
    title: Pen
    label: Pen
    value: Pen


def _pens(bench: Bench) -> _Pens:
    dice = bench.dice.fork("pens")
    ink = dice.pick(_INKS)
    face = pick_typeface(("song", "hei", "kai"), bench.style_set, dice)
    label = Pen(face, dice.real(3.4, 4.0), ink)
    value = Pen(
        pick_typeface(("song", "hei", "fang", "kai"), bench.style_set, dice), dice.real(3.5, 4.1)
    )
    return _Pens(label._replace(size=8.0, spacing=3.0), label, value)


def _write(
    sheet: PrintSheet,
    at: tuple[float, float],
    label: str,
    text: str,
    pens: _Pens,
    field: str,
    room: float,
) -> None:
    x, y = at
    end = sheet.write(x, y, label, pens.label)
    pen = sheet.fit(text, pens.value, max(6.0, x + room - end - 2))
    sheet.write(end + 2, y, text, pen, field=field or None, ink=True)


def _number_label(marriage: Marriage, dice: Dice) -> str:
    return dice.pick((f"{marriage.word}证字号", f"{marriage.word}证字号："))


def _head(
    sheet: PrintSheet, marriage: Marriage, x: float, y: float, pens: _Pens, dice: Dice, day: str
) -> None:
    colon = dice.pick(("", "："))
    rows = (
        (f"持证人{colon}", marriage.holder, "holder_name"),
        (f"登记日期{colon}", day, "registration_date"),
        (_number_label(marriage, dice), marriage.number, "certificate_number"),
        (dice.pick(("备注", "备  注")) + colon, "", ""),
    )
    for number, (label, text, field) in enumerate(rows):
        _write(sheet, (x, y + number * 8.2), label, text, pens, field, 84)


def _person(
    sheet: PrintSheet,
    person: InventedPerson,
    slot: str,
    x: float,
    y: float,
    pens: _Pens,
    dice: Dice,
) -> float:
    """Four labelled values in two rows and one; y below them."""
    born = write_date(person.birth_date, "padded" if dice.chance(0.7) else "plain")
    _write(sheet, (x, y), "姓名", person.name, pens, f"{slot}_name", 44)
    _write(sheet, (x + 48, y), "性别", person.sex, pens, f"{slot}_sex", 24)
    _write(sheet, (x, y + 8), "国籍", "中国", pens, "", 30)
    _write(sheet, (x + 33, y + 8), "出生日期", born, pens, f"{slot}_birth_date", 50)
    label = dice.pick(("身份证件号", "身份证件号码"))
    _write(sheet, (x, y + 16), label, person.id_number, pens, f"{slot}_id_number", 84)
    return y + 26


def _page(
    sheet: PrintSheet,
    marriage: Marriage,
    pair: tuple[InventedPerson, InventedPerson],
    pens: _Pens,
    dice: Dice,
) -> tuple[float, float]:
    """One open spread: picture and head on the left, both people on the right."""
    _photo(sheet, marriage, 14, 14, 52, 34)
    _head(sheet, marriage, 10, 60, pens, dice, _day(marriage, dice))
    y = 24.0
    for slot, person in zip(("spouse1", "spouse2"), pair, strict=True):
        y = _person(sheet, person, slot, 92, y, pens, dice) + 14
    sheet.line(88, 6, 88, 120, (200, 170, 170), 0.3)
    return 66.0, 44.0


def _spread(
    sheet: PrintSheet,
    marriage: Marriage,
    pair: tuple[InventedPerson, InventedPerson],
    pens: _Pens,
    dice: Dice,
) -> tuple[float, float]:
    """The page with the office's words on the left."""
    word = marriage.word
    law = dice.pick(("《中华人民共和国婚姻法》", "《中华人民共和国民法典》"))
    text = f"　　{word}申请，符合{law}规定，予以登记，发给此证。"
    sheet.paragraph(8, 38, text, pens.label, room=72, leading=8.5)
    sheet.write(10, 88, "登记机关", pens.label)
    sheet.write(10, 100, "婚姻登记员", pens.label)
    _head(sheet, marriage, 92, 16, pens, dice, _day(marriage, dice))
    y = 54.0
    for slot, person in zip(("spouse1", "spouse2"), pair, strict=True):
        y = _person(sheet, person, slot, 92, y, pens, dice) + 6
    return 48.0, 88.0


def _single(
    sheet: PrintSheet,
    marriage: Marriage,
    pair: tuple[InventedPerson, InventedPerson],
    pens: _Pens,
    dice: Dice,
) -> tuple[float, float]:
    """One upright page with everything one below the other."""
    title = f"{marriage.word}证"
    sheet.write((sheet.width - sheet.measure(title, pens.title)) / 2, 16, title, pens.title)
    _photo(sheet, marriage, 76, 26, 42, 28)
    _head(sheet, marriage, 14, 64, pens, dice, _day(marriage, dice))
    y = 102.0
    for slot, person in zip(("spouse1", "spouse2"), pair, strict=True):
        y = _person(sheet, person, slot, 18, y, pens, dice) + 6
    return 92.0, 52.0


def _columns(
    sheet: PrintSheet,
    marriage: Marriage,
    pair: tuple[InventedPerson, InventedPerson],
    pens: _Pens,
    dice: Dice,
) -> tuple[float, float]:
    """Both people side by side, each with a column of labels."""
    title = f"{marriage.word}证"
    sheet.write((sheet.width - sheet.measure(title, pens.title)) / 2, 14, title, pens.title)
    _head(sheet, marriage, 12, 28, pens, dice, _day(marriage, dice))
    form = "padded" if dice.chance(0.5) else "plain"
    for slot, person, x in zip(("spouse1", "spouse2"), pair, (12.0, 94.0), strict=True):
        rows = (
            ("姓名", person.name, "name"),
            ("性别", person.sex, "sex"),
            ("国籍", "中国", ""),
            ("出生日期", write_date(person.birth_date, form), "birth_date"),
            ("身份证件号", person.id_number, "id_number"),
        )
        for number, (label, text, field) in enumerate(rows):
            name = f"{slot}_{field}" if field else ""
            _write(sheet, (x, 66 + number * 9), label, text, pens, name, 74)
    return 140.0, 40.0


def _old(
    sheet: PrintSheet,
    marriage: Marriage,
    pair: tuple[InventedPerson, InventedPerson],
    pens: _Pens,
    dice: Dice,
) -> tuple[float, float]:
    """The certificate of the nineties: a sheet in prose with the two people on top."""
    word = marriage.word
    title = f"{word}证"
    sheet.write((sheet.width - sheet.measure(title, pens.title)) / 2, 15, title, pens.title)
    _write(sheet, (100, 26), f"{word}证字号", marriage.number, pens, "certificate_number", 70)
    for slot, person, y in zip(("spouse1", "spouse2"), pair, (40.0, 58.0), strict=True):
        born = write_date(person.birth_date, "plain")
        _write(sheet, (14, y), "姓名", person.name, pens, f"{slot}_name", 44)
        _write(sheet, (62, y), "性别", person.sex, pens, f"{slot}_sex", 24)
        _write(sheet, (90, y), "出生年月日", born, pens, f"{slot}_birth_date", 74)
        _write(sheet, (14, y + 8), "身份证号", person.id_number, pens, f"{slot}_id_number", 90)
    text = f"　　自愿{word}，经审查符合《中华人民共和国婚姻法》关于{word}的规定，发给此证。"
    sheet.paragraph(14, 78, text, pens.label, room=150, leading=8.5)
    sheet.write(20, 104, "发证机关", pens.label)
    _write(sheet, (100, 112), "登记日期", _day(marriage, dice), pens, "registration_date", 70)
    return 62.0, 104.0


def _day(marriage: Marriage, dice: Dice) -> str:
    return write_date(marriage.registered, pick_date_form(dice))


def _photo(sheet: PrintSheet, marriage: Marriage, x: float, y: float, w: float, h: float) -> None:
    for number, person in enumerate((marriage.husband, marriage.wife)):
        sheet.picture(x + number * w / 2, y, w / 2, h, face_picture(person, "portrait"))


_WRITERS: Final = {
    "page": _page,
    "spread": _spread,
    "single": _single,
    "columns": _columns,
    "old": _old,
}
