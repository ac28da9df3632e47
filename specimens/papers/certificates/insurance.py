"""The certificate of insurance (参保凭证): a table from a system, or a few lines of prose."""

import datetime as dt
from typing import Final, NamedTuple

from models.intake.application import InsuranceType
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import write_date
from specimens.people.person import TODAY, InventedPerson
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import BLACK, Pen, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red
from specimens.printing.typefaces import pick_typeface

WIDTH: Final = 210.0
_SCHEMES: Final = {
    InsuranceType.EMPLOYEE: ("职工基本医疗保险", "城镇职工基本医疗保险", "职工医保"),
    InsuranceType.RESIDENT: ("城乡居民基本医疗保险", "居民基本医疗保险", "居民医保"),
}
_TITLES: Final = (
    "基本医疗保险参保凭证",
    "医疗保险参保证明",
    "社会保险参保证明",
    "基本医疗保险关系参保凭证",
)
_LAYOUTS: Final = {"tuning": ("table", "prose", "list"), "held_out": ("stacked", "prose", "list")}


class Insured(NamedTuple):
    """What a certificate states."""

    person: InventedPerson
    scheme: InsuranceType
    region: str
    since: dt.date
    issued: dt.date


def invent_insured(person: InventedPerson, dice: Dice) -> Insured:
    """Somebody's insurance at their place."""
    place = person.place
    region = dice.pick((place.full_name, place.province + place.city, place.city or place.county))
    issued = TODAY - dt.timedelta(days=dice.whole(1, 80))
    since = dt.date(dice.whole(2009, 2024), dice.whole(1, 12), 1)
    return Insured(person, dice.pick(tuple(_SCHEMES)), region, since, issued)


def draw_insurance_certificate(
    insured: Insured, bench: Bench, *, seals: bool = True
) -> PrintedPaper:
    """The certificate in one of several prints."""
    dice = bench.dice
    layout = dice.pick(_LAYOUTS[bench.style_set])
    sheet = PrintSheet(WIDTH, dice.pick((297.0, 200.0)), bench.scale, (251, 251, 249))
    body = Pen(pick_typeface(("song", "hei", "fang"), bench.style_set, dice), dice.real(4.0, 4.8))
    heading = dice.pick(_TITLES)
    title = sheet.fit(heading, body._replace(size=7.5, spacing=1.0), 150)
    sheet.write((WIDTH - sheet.measure(heading, title)) / 2, 28, heading, title)
    y = _WRITERS[layout](sheet, insured, body, dice.fork("body"))
    office = f"{insured.person.place.full_name}医疗保障局"
    x, y = dice.real(96, 112), min(y + 22, sheet.height - 34)
    label = dice.pick(("经办机构（盖章）：", "经办机构：", ""))
    end = sheet.write(x - 30, y, label, body)
    sheet.write(end, y, office, sheet.fit(office, body, WIDTH - 10 - end))
    label = dice.pick(("出具日期：", "打印日期：", "开具日期：", "日期："))
    end = sheet.write(x - 30, y + 10, label, body)
    text = write_date(insured.issued, dice.pick(("plain", "padded", "dash")))
    sheet.write(end, y + 10, text, body, field="issue_date")
    if seals:
        face = pick_typeface(("song", "hei"), bench.style_set, dice)
        cover = round_seal(office, "业务专用章", face, round(38 * bench.scale), dice)
        sheet.stamp(x + 26 + dice.sway(8), y + 2 + dice.sway(4), cover, seal_red(dice))
    person = insured.person
    return PrintedPaper(
        DocumentKind.INSURANCE_CERTIFICATE,
        sheet.finish(),
        {
            "name": person.name,
            "id_number": person.id_number,
            "insured_region": insured.region,
            "insurance_type": insured.scheme.value,
            "issue_date": insured.issued.isoformat(),
        },
        sheet.quads,
        WIDTH,
        marks={"layout": layout},
    )


def _rows(insured: Insured, dice: Dice) -> list[tuple[str, str, str]]:
    person = insured.person
    return [
        (dice.pick(("姓名", "参保人姓名")), person.name, "name"),
        (
            dice.pick(("身份证号码", "公民身份号码", "证件号码", "社会保障号码")),
            person.id_number,
            "id_number",
        ),
        (dice.pick(("参保地", "参保地区", "参保统筹区")), insured.region, "insured_region"),
        (
            dice.pick(("险种", "参保险种", "险种类型", "参保类型")),
            dice.pick(_SCHEMES[insured.scheme]),
            "insurance_type",
        ),
        (
            dice.pick(("参保时间", "参保日期", "起始年月")),
            f"{insured.since:%Y年%m月}",
            "",
        ),
        (dice.pick(("参保状态", "缴费状态")), dice.pick(("正常参保", "正常缴费")), ""),
    ]


def _table(sheet: PrintSheet, insured: Insured, body: Pen, dice: Dice) -> float:
    y, row = 42.0, dice.real(10, 13)
    rows = _rows(insured, dice)
    for number, (label, text, field) in enumerate(rows):
        across, down = number % 2, number // 2
        x, top = 14 + across * 88, y + down * row
        room, width = (30.0, 58.0) if not across else (32.0, 62.0)
        sheet.frame(x, top, room + width, row, BLACK, 0.2)
        sheet.line(x + room, top, x + room, top + row, BLACK, 0.2)
        sheet.write(x + 2, top + row / 2, label, sheet.fit(label, body, room - 3))
        pen = sheet.fit(text, body, width - 4)
        sheet.write(x + room + 2, top + row / 2, text, pen, field=field or None)
    return y + row * 3


def _stacked(sheet: PrintSheet, insured: Insured, body: Pen, dice: Dice) -> float:
    """Headings in one row, the values in the row below, twice."""
    rows, y = _rows(insured, dice), 44.0
    for block in (rows[:3], rows[3:]):
        for number, (label, text, field) in enumerate(block):
            x = 14 + number * 61
            sheet.frame(x, y, 61, 10, BLACK, 0.2)
            sheet.frame(x, y + 10, 61, 11, BLACK, 0.2)
            sheet.write(x + 3, y + 5, label, body)
            pen = sheet.fit(text, body, 55)
            sheet.write(x + 3, y + 15.5, text, pen, field=field or None)
        y += 24
    return y


def _list(sheet: PrintSheet, insured: Insured, body: Pen, dice: Dice) -> float:
    y = 46.0
    for label, text, field in _rows(insured, dice):
        end = sheet.write(26, y, f"{label}：", body)
        sheet.write(end + 1, y, text, sheet.fit(text, body, WIDTH - 14 - end), field=field or None)
        y += 10
    return y


def _prose(sheet: PrintSheet, insured: Insured, body: Pen, dice: Dice) -> float:
    person, scheme = insured.person, dice.pick(_SCHEMES[insured.scheme])
    text = dice.pick(
        (
            f"　　兹证明{person.name}，{person.sex}，公民身份号码{person.id_number}，"
            f"自{insured.since:%Y年%m月}起在{insured.region}参加{scheme}，目前参保状态正常。",
            f"　　{person.name}（身份证号：{person.id_number}）在{insured.region}参加{scheme}，"
            "参保状态：正常参保。特此证明。",
        )
    )
    return sheet.paragraph(22, 50, text, body, room=WIDTH - 44, leading=9.0)


_WRITERS: Final = {"table": _table, "stacked": _stacked, "list": _list, "prose": _prose}
