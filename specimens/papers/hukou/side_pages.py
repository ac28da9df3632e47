"""The other pages of a hukou booklet: changes (登记事项变更和更正记载), moves, index."""

import datetime as dt
from typing import Final

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import pick_date_form, write_date
from specimens.people.person import TODAY, InventedPerson
from specimens.printing.paper import Bench, PrintedPaper, invent_press
from specimens.printing.print_sheet import Colour, Pen, PrintSheet
from specimens.printing.typefaces import pick_typeface

SIDE_PAGES: Final = ("changes_blank", "changes_filled", "moves_blank", "moves_filled", "index")
WIDTH: Final = 143.0
HEIGHT: Final = 105.0
_GROUNDS: Final[tuple[Colour, ...]] = ((246, 244, 236), (238, 244, 238), (248, 246, 242))


def draw_side_page(which: str, people: tuple[InventedPerson, ...], bench: Bench) -> PrintedPaper:
    """One of SIDE_PAGES; its kind is `other`.

    Raises:
        KeyError: No such page.
    """
    dice = bench.dice
    sheet = PrintSheet(WIDTH, HEIGHT, bench.scale, dice.pick(_GROUNDS))
    face = pick_typeface(("song", "hei"), bench.style_set, dice)
    label = Pen(face, dice.real(3.0, 3.5), dice.pick(((40, 40, 44), (60, 40, 110), (30, 80, 70))))
    value = Pen(pick_typeface(("song", "fang", "kai"), bench.style_set, dice), dice.real(3.0, 3.5))
    kind, _, state = which.partition("_")
    title, heads, rows = {
        "changes": lambda: _changes(people[0], dice),
        "moves": lambda: _moves(people[0], dice),
        "index": lambda: _index(people, dice),
    }[kind]()
    pen = label._replace(size=5.0, spacing=1.0)
    sheet.write((WIDTH - sheet.measure(title, pen)) / 2, 9, title, pen)
    _grid(sheet, heads, rows if state != "blank" else [], label, value, dice)
    sheet.press_ink(invent_press(dice.fork("press")), dice.rng)
    return PrintedPaper(
        DocumentKind.OTHER, sheet.finish(), {}, {}, WIDTH, marks={"layout": f"hukou {which}"}
    )


_Table = tuple[str, tuple[tuple[str, float], ...], list[tuple[str, ...]]]
"""Title, headings with their share of the width, rows."""


def _changes(person: InventedPerson, dice: Dice) -> _Table:
    day = TODAY - dt.timedelta(days=dice.whole(100, 5000))
    when = write_date(day, pick_date_form(dice))
    entries: list[tuple[str, ...]] = [
        ("姓名", person.former_name or person.name, when, "王海"),
        ("婚姻状况", "已婚", when, "李静"),
        ("出生日期", write_date(person.birth_date, "plain"), when, "赵明"),
        ("与户主关系", dice.pick(("长子", "妻", "次女")), when, "李静"),
        ("服务处所", "永兴机械厂", when, "王海"),
    ]
    heads = (
        ("项目", 0.18),
        (dice.pick(("变更、更正后的内容", "变更、更正后内容")), 0.38),
        (dice.pick(("变更、更正日期", "变更更正日期")), 0.22),
        (dice.pick(("承办人签章", "承办人")), 0.22),
    )
    return "登记事项变更和更正记载", heads, dice.some(entries, dice.whole(1, 3))


def _moves(person: InventedPerson, dice: Dice) -> _Table:
    day = TODAY - dt.timedelta(days=dice.whole(100, 5000))
    heads = (("变动后的住址", 0.52), ("变动日期", 0.22), ("承办人签章", 0.26))
    rows: list[tuple[str, ...]] = [(person.address, write_date(day, pick_date_form(dice)), "王海")]
    return dice.pick(("住址变动登记", "住址变动记载")), heads, rows


def _index(people: tuple[InventedPerson, ...], dice: Dice) -> _Table:
    heads = (("页码", 0.14), ("姓名", 0.3), ("与户主关系", 0.3), ("备注", 0.26))
    rows: list[tuple[str, ...]] = [
        (str(number), person.name, dice.pick(("户主", "妻", "长子", "次女")), "")
        for number, person in enumerate(people, 1)
    ]
    return "常住人口登记卡索引表", heads, rows


def _grid(
    sheet: PrintSheet,
    heads: tuple[tuple[str, float], ...],
    rows: list[tuple[str, ...]],
    label: Pen,
    value: Pen,
    dice: Dice,
) -> None:
    left, top, room = 8.0, 17.0, WIDTH - 16.0
    count = dice.whole(7, 10)
    height = (HEIGHT - top - 6) / count
    for number in range(count):
        x, y = left, top + number * height
        for column, (head, share) in enumerate(heads):
            width = room * share
            sheet.frame(x, y, width, height, label.colour, 0.2)
            if number == 0:
                pen = sheet.fit(head, label, width - 2)
                sheet.write(x + (width - sheet.measure(head, pen)) / 2, y + height / 2, head, pen)
            elif number <= len(rows):
                text = rows[number - 1][column]
                pen = sheet.fit(text, value, width - 3)
                sheet.write(x + 1.5, y + height / 2, text, pen, ink=True)
            x += width
