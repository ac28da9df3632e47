"""The birth medical certificate (出生医学证明), versions 4 to 7, main part."""

import datetime as dt
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.people.counties import County
from specimens.people.person import InventedPerson
from specimens.printing.codes import print_code
from specimens.printing.grounds import guilloche
from specimens.printing.paper import Bench, PrintedPaper, invent_press
from specimens.printing.print_sheet import BLACK, Colour, Pen, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red
from specimens.printing.typefaces import pick_typeface

_VERSIONS: Final = (
    (4, dt.date(2005, 1, 1)),
    (5, dt.date(2014, 1, 1)),
    (6, dt.date(2019, 1, 1)),
    (7, dt.date(2023, 4, 1)),
)
_SIZES: Final = {4: (189.0, 130.0), 5: (210.0, 148.0), 6: (210.0, 148.0), 7: (210.0, 297.0)}
_GROUNDS: Final[dict[int, Colour]] = {
    4: (238, 232, 240),
    5: (232, 242, 234),
    6: (240, 236, 228),
    7: (236, 240, 244),
}
_CODED_FROM: Final = 7
_NONE_GIVEN: Final = "未提供"


class Birth(NamedTuple):
    """What a certificate states.

    Attributes:
        number: A letter for the year of printing, then nine digits.
        father: None prints 未提供.
        moment: Of birth, local time.
    """

    number: str
    child: InventedPerson
    mother: InventedPerson
    father: InventedPerson | None
    moment: dt.datetime
    hospital: str
    place: County
    issued: dt.date

    @property
    def version(self) -> int:
        """The form in use on the day of issue."""
        return max((number for number, since in _VERSIONS if since <= self.issued), default=4)


def invent_birth(
    child: InventedPerson, mother: InventedPerson, father: InventedPerson | None, dice: Dice
) -> Birth:
    """The certificate that a hospital would have issued some days after this birth."""
    moment = dt.datetime.combine(child.birth_date, dt.time(dice.whole(0, 23), dice.whole(0, 59)))
    issued = child.birth_date + dt.timedelta(days=dice.whole(2, 25))
    place = child.place
    letter = chr(ord("A") + max(0, min(25, issued.year - 2000)))
    digits = "".join(str(dice.whole(0, 9)) for _ in range(7))
    hospital = place.county + dice.pick(
        ("妇幼保健院", "人民医院", "中医院", "第一人民医院", "妇产医院")
    )
    return Birth(
        letter + place.code[:2] + digits, child, mother, father, moment, hospital, place, issued
    )


def draw_birth_certificate(
    birth: Birth, bench: Bench, *, seals: bool = True, coded: str | None = None
) -> PrintedPaper:
    """The main part (正页) in the version of its day.

    Args:
        birth: What it states.
        bench: Chance, styles, scale.
        seals: False leaves the red seal out.
        coded: What the machine-readable code of version 7 says; the printed number when None.
    """
    dice, version = bench.dice, birth.version
    width, height = _SIZES[version]
    ground = dice.fork("ground")
    wave = tuple(max(0, part - 40) for part in _GROUNDS[version])
    size = (round(width * bench.scale), round(height * bench.scale))
    paper = guilloche(*size, _GROUNDS[version], ((wave[0], wave[1], wave[2]),), ground)
    sheet = PrintSheet(width, height, bench.scale, paper)
    pens = _pens(bench)
    _write_title(sheet, version, pens, dice.fork("title"))
    rows = _rows(birth, dice.fork("texts"))
    top = 34.0 if height < 200 else 52.0
    bottom = _write_rows(sheet, rows, pens, top, dice.fork("rows"))
    _write_foot(sheet, birth, pens, bottom, dice.fork("foot"), coded or birth.number)
    sheet.press_ink(invent_press(dice.fork("press"), wander=1.2), dice.rng)
    if seals:
        _stamp(sheet, birth, bottom, bench.fork("seals"))
    return PrintedPaper(
        DocumentKind.BIRTH_CERTIFICATE,
        sheet.finish(),
        _truth(birth),
        sheet.quads,
        width,
        marks={
            "version": str(version),
            "seal": "yes" if seals else "no",
            "coded": (coded or birth.number) if version >= _CODED_FROM else "",
        },
    )


class _Pens(NamedTuple):
    label: Pen
    english: Pen
    value: Pen


class _Item(NamedTuple):
    """One labelled value; `share` of the row's width."""

    label: str
    english: str
    text: str
    field: str | None
    share: float


def _pens(bench: Bench) -> _Pens:
    dice = bench.dice.fork("pens")
    colour = dice.pick(((40, 60, 110), (50, 50, 50), (90, 40, 60), (30, 90, 80)))
    face = pick_typeface(("song", "hei"), bench.style_set, dice)
    label = Pen(face, dice.real(3.0, 3.4), colour)
    value = Pen(
        pick_typeface(("song", "hei", "kai", "fang"), bench.style_set, dice), dice.real(3.2, 3.7)
    )
    return _Pens(label, label._replace(size=1.7), value)


def _write_title(sheet: PrintSheet, version: int, pens: _Pens, dice: Dice) -> None:
    y = 17.0 if sheet.height < 200 else 30.0
    pen = pens.label._replace(size=dice.real(7.5, 9.5), spacing=dice.real(1, 3))
    sheet.write((sheet.width - sheet.measure("出生医学证明", pen)) / 2, y, "出生医学证明", pen)
    english = pens.label._replace(size=2.8)
    text = "MEDICAL CERTIFICATE OF BIRTH"
    sheet.write((sheet.width - sheet.measure(text, english)) / 2, y + 7.5, text, english)
    if version >= 5:
        part = dice.pick(("正页", "（正页）"))
        sheet.write(sheet.width - 32, y - 8, part, pens.label)


def _rows(birth: Birth, dice: Dice) -> list[tuple[_Item, ...]]:
    child, moment = birth.child, birth.moment
    weeks, days = dice.whole(36, 41), dice.whole(0, 6)
    padded = dice.chance(0.6)
    when = (
        f"{moment:%Y年%m月%d日%H时%M分}"
        if padded
        else (f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分")
    )
    gestation = dice.pick((f"{weeks}周", f"{weeks}+{days}周", f"{weeks}周+{days}天"))
    newborn = [
        (
            _Item("新生儿姓名", "Full name of baby", child.name, "newborn_name", 0.36),
            _Item("性别", "Sex", child.sex, "newborn_sex", 0.16),
            _Item("出生时间", "Date of birth", when, "birth_time", 0.48),
        ),
        (
            _Item("出生孕周", "Gestation", gestation, None, 0.34),
            _Item("出生体重", "Weight", f"{dice.whole(2450, 4100)}克", None, 0.33),
            _Item("出生身长", "Height", f"{dice.whole(47, 53)}厘米", None, 0.33),
        ),
        (
            _Item("出生地点", "Place of birth", birth.place.full_name, None, 0.5),
            _Item("医疗机构名称", "Facility", birth.hospital, None, 0.5),
        ),
    ]
    mother = _parent_rows("母亲", "mother", birth.mother, birth, dice)
    return newborn + mother + _parent_rows("父亲", "father", birth.father, birth, dice)


def _parent_rows(
    word: str, prefix: str, parent: InventedPerson | None, birth: Birth, dice: Dice
) -> list[tuple[_Item, ...]]:
    age = str(parent.age_on(birth.moment.date())) + dice.pick(("", "岁")) if parent else ""
    name = parent.name if parent else _NONE_GIVEN
    blank = _NONE_GIVEN if not parent and dice.chance(0.4) else ""
    people = parent.ethnicity + dice.pick(("", "族")) if parent else blank
    return [
        (
            _Item(f"{word}姓名", f"Full name of {prefix}", name, f"{prefix}_name", 0.36),
            _Item("年龄", "Age", age or blank, None, 0.16),
            _Item("国籍", "Nationality", "中国" if parent else blank, None, 0.24),
            _Item("民族", "Ethnicity", people, None, 0.24),
        ),
        (_Item("住址", "Address", parent.address if parent else blank, None, 1.0),),
        (
            _Item(
                dice.pick(("有效身份证件号码", "有效身份证件号码", "身份证件号码")),
                "Valid ID No.",
                parent.id_number if parent else blank,
                f"{prefix}_id_number",
                1.0,
            ),
        ),
    ]


def _write_rows(
    sheet: PrintSheet, rows: list[tuple[_Item, ...]], pens: _Pens, top: float, dice: Dice
) -> float:
    left = dice.real(11, 16)
    room = sheet.width - 2 * left
    step = (sheet.height - top - (34 if sheet.height < 200 else 90)) / len(rows)
    style = dice.pick(("boxed", "underlined", "bare"))
    bilingual = dice.chance(0.6)
    for number, row in enumerate(rows):
        y, x = top + step * (number + 0.5), left
        for item in row:
            width = room * item.share
            if style == "boxed":
                sheet.frame(x, y - step / 2, width, step, pens.label.colour, 0.18)
            _write_item(sheet, item, x + 1.0, y, width - 2.0, pens, style, bilingual=bilingual)
            x += width
    return top + step * len(rows)


def _write_item(
    sheet: PrintSheet,
    item: _Item,
    x: float,
    y: float,
    room: float,
    pens: _Pens,
    style: str,
    *,
    bilingual: bool,
) -> None:
    label = sheet.fit(item.label, pens.label, max(8.0, room * 0.55))
    end = sheet.write(x, y - (0.6 if bilingual else 0), item.label, label)
    if bilingual:
        sheet.write(x, y + 2.1, item.english, pens.english)
    if style == "underlined":
        sheet.line(end + 1, y + 2.4, x + room, y + 2.4, pens.label.colour, 0.15)
    pen = sheet.fit(item.text, pens.value, max(4.0, x + room - end - 1.5))
    sheet.write(end + 1.8, y, item.text, pen, field=item.field, ink=True)


def _write_foot(
    sheet: PrintSheet, birth: Birth, pens: _Pens, bottom: float, dice: Dice, coded: str
) -> None:
    y = bottom + 8
    left = dice.real(13, 20)
    end = sheet.write(left, y, dice.pick(("签发机构", "签发机构（盖章）")), pens.label)
    sheet.write(end + 2, y, birth.hospital, pens.value, field="issuing_body", ink=True)
    end = sheet.write(left, y + 8, "签发日期", pens.label)
    day = birth.issued
    text = f"{day:%Y年%m月%d日}" if dice.chance(0.6) else f"{day.year}年{day.month}月{day.day}日"
    sheet.write(end + 2, y + 8, text, pens.value, field="issue_date", ink=True)
    _write_number(sheet, birth, pens, y + 15, dice, coded)


def _write_number(
    sheet: PrintSheet, birth: Birth, pens: _Pens, y: float, dice: Dice, coded: str
) -> None:
    """The number, pre-printed at the lower right; yellow ground and bars in version 7."""
    x = sheet.width - 84
    pen = pens.value._replace(size=dice.real(4.0, 4.8), spacing=0.5, colour=(160, 30, 40))
    if birth.version == 7:
        s = sheet.scale
        sheet.draw.rectangle(
            ((x - 3) * s, (y - 4.5) * s, (x + 74) * s, (y + 4.5) * s), fill=(250, 226, 90)
        )
        pen = pen._replace(colour=BLACK)
    end = sheet.write(x, y, dice.pick(("出生医学证明编号", "出生证编号", "编号")), pens.label)
    sheet.write(end + 2.5, y, birth.number, pen, field="certificate_number")
    if birth.version == 7:
        print_code(sheet, x + 6, y + 6.5, coded, dice.fork("code").pick(("bars", "bars", "square")))


def _stamp(sheet: PrintSheet, birth: Birth, bottom: float, bench: Bench) -> None:
    dice = bench.dice
    face = pick_typeface(("song", "hei"), bench.style_set, dice)
    cover = round_seal(
        birth.hospital, "出生医学证明专用章", face, round(dice.real(34, 40) * bench.scale), dice
    )
    sheet.stamp(58 + dice.sway(9), bottom + 11 + dice.sway(4), cover, seal_red(dice))


def _truth(birth: Birth) -> dict[str, str | None]:
    father = birth.father
    return {
        "newborn_name": birth.child.name,
        "newborn_sex": birth.child.sex,
        "birth_time": f"{birth.moment:%Y-%m-%dT%H:%M}",
        "mother_name": birth.mother.name,
        "mother_id_number": birth.mother.id_number,
        "father_name": father.name if father else None,
        "father_id_number": father.id_number if father else None,
        "certificate_number": birth.number,
        "issuing_body": birth.hospital,
        "issue_date": birth.issued.isoformat(),
    }
