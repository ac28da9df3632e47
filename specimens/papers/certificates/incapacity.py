"""The certificate of incapacity (失能证明): an assessment's conclusion or a doctor's words."""

import datetime as dt
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import write_date
from specimens.people.person import TODAY, InventedPerson
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import BLACK, Pen, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red
from specimens.printing.typefaces import pick_typeface

WIDTH: Final = 210.0
_LEVELS: Final = (
    "重度失能Ⅰ级",
    "重度失能Ⅱ级",
    "重度失能Ⅲ级",
    "重度失能一级",
    "重度失能二级",
    "中度失能",
    "重度失能",
)
_TITLES: Final = (
    "长期护理失能等级评估结论书",
    "失能等级评估结果告知书",
    "失能人员证明",
    "长期护理保险失能评估结论",
)
_LAYOUTS: Final = {"tuning": ("list", "prose", "table"), "held_out": ("prose", "doctor", "table")}


class Incapacity(NamedTuple):
    """What a certificate states."""

    person: InventedPerson
    level: str
    body: str
    issued: dt.date


def invent_incapacity(person: InventedPerson, dice: Dice) -> Incapacity:
    """An assessment at somebody's place within the last years."""
    place = person.place
    office = dice.pick(
        (
            f"{place.county}医疗保障局",
            f"{place.city or place.county}长期护理保险失能评估中心",
            f"{place.county}第一人民医院",
        )
    )
    issued = TODAY - dt.timedelta(days=dice.whole(5, 900))
    return Incapacity(person, dice.pick(_LEVELS), office, issued)


def draw_incapacity_certificate(
    case: Incapacity, bench: Bench, *, seals: bool = True
) -> PrintedPaper:
    """The certificate in one of several prints."""
    dice = bench.dice
    layout = dice.pick(_LAYOUTS[bench.style_set])
    sheet = PrintSheet(WIDTH, dice.pick((297.0, 210.0)), bench.scale, (251, 250, 247))
    body = Pen(pick_typeface(("song", "hei", "fang"), bench.style_set, dice), dice.real(4.2, 5.0))
    heading = (
        dice.pick(("疾病诊断证明书", "医学诊断证明")) if layout == "doctor" else dice.pick(_TITLES)
    )
    title = sheet.fit(heading, body._replace(size=7.5, spacing=1.0), 150)
    sheet.write((WIDTH - sheet.measure(heading, title)) / 2, 28, heading, title)
    y = min(_WRITERS[layout](sheet, case, body, dice.fork("body")) + 24, sheet.height - 34)
    x = dice.real(80, 96)
    label = dice.pick(("评估机构（盖章）：", "评估机构：", "出具机构（盖章）：", "出具单位："))
    end = sheet.write(x - 20, y, label, body)
    pen = sheet.fit(case.body, body, WIDTH - 10 - end)
    sheet.write(end, y, case.body, pen, field="issuing_body")
    label = dice.pick(("评估日期：", "出具日期：", "日期："))
    end = sheet.write(x - 20, y + 11, label, body)
    text = write_date(case.issued, dice.pick(("plain", "padded", "dash")))
    sheet.write(end, y + 11, text, body, field="issue_date")
    if seals:
        face = pick_typeface(("song", "hei"), bench.style_set, dice)
        cover = round_seal(case.body, "评估专用章", face, round(38 * bench.scale), dice)
        sheet.stamp(x + 50 + dice.sway(8), y + 3 + dice.sway(4), cover, seal_red(dice))
    return PrintedPaper(
        DocumentKind.INCAPACITY_CERTIFICATE,
        sheet.finish(),
        {
            "name": case.person.name,
            "id_number": case.person.id_number,
            "level": case.level,
            "issuing_body": case.body,
            "issue_date": case.issued.isoformat(),
        },
        sheet.quads,
        WIDTH,
        marks={"layout": layout},
    )


def _rows(case: Incapacity, dice: Dice) -> list[tuple[str, str, str]]:
    person = case.person
    return [
        (dice.pick(("姓名", "被评估人姓名", "申请人姓名")), person.name, "name"),
        ("性别", person.sex, ""),
        (dice.pick(("身份证号码", "公民身份号码", "证件号码")), person.id_number, "id_number"),
        (dice.pick(("评估结论", "失能等级", "评估等级")), case.level, "level"),
    ]


def _list(sheet: PrintSheet, case: Incapacity, body: Pen, dice: Dice) -> float:
    y = 48.0
    for label, text, field in _rows(case, dice):
        end = sheet.write(26, y, f"{label}：", body)
        sheet.write(end + 1, y, text, body, field=field or None)
        y += 11
    sheet.write(26, y, "有效期：自评估结论作出之日起两年。", body)
    return y


def _table(sheet: PrintSheet, case: Incapacity, body: Pen, dice: Dice) -> float:
    y, row = 44.0, dice.real(11, 14)
    for number, (label, text, field) in enumerate(_rows(case, dice)):
        across, down = number % 2, number // 2
        x, top = 16 + across * 86, y + down * row
        sheet.frame(x, top, 86, row, BLACK, 0.2)
        sheet.line(x + 32, top, x + 32, top + row, BLACK, 0.2)
        sheet.write(x + 2, top + row / 2, label, sheet.fit(label, body, 29))
        pen = sheet.fit(text, body, 50)
        sheet.write(x + 34, top + row / 2, text, pen, field=field or None)
    return y + 2 * row


def _prose(sheet: PrintSheet, case: Incapacity, body: Pen, dice: Dice) -> float:
    person = case.person
    text = dice.pick(
        (
            f"　　{person.name}，{person.sex}，身份证号码：{person.id_number}，经评估，"
            f"失能等级为{case.level}，结论自作出之日起两年内有效。",
            f"　　兹证明{person.name}（公民身份号码{person.id_number}）经长期护理失能等级评估，"
            f"评估结论为{case.level}。特此证明。",
        )
    )
    return sheet.paragraph(24, 50, text, body, room=WIDTH - 48, leading=9.0)


def _doctor(sheet: PrintSheet, case: Incapacity, body: Pen, dice: Dice) -> float:
    person = case.person
    end = sheet.write(24, 46, "姓名：", body)
    sheet.write(end, 46, person.name, body, field="name")
    sheet.write(80, 46, f"性别：{person.sex}　年龄：{person.age}岁", body)
    end = sheet.write(24, 57, "身份证号：", body)
    sheet.write(end, 57, person.id_number, body, field="id_number")
    text = f"诊断：脑梗死后遗症，生活不能自理，{case.level}。"
    sheet.write(24, 68, text, body)
    sheet.write(24, 79, dice.pick(("建议：长期护理。", "处理意见：需专人护理。")), body)
    return 82.0


_WRITERS: Final = {"list": _list, "table": _table, "prose": _prose, "doctor": _doctor}
