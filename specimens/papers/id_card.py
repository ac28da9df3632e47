"""The resident identity card (居民身份证): portrait side and emblem side."""

from typing import Final

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.people.person import InventedPerson, PrintedCardTerm
from specimens.people.portraits import face_picture
from specimens.printing.grounds import emblem, great_wall, guilloche
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import BLACK, Colour, Pen, Pixels, PrintSheet
from specimens.printing.typefaces import holds, installed, pick_typeface

WIDTH: Final = 85.6
HEIGHT: Final = 54.0
_LABELS: Final[tuple[Colour, ...]] = ((70, 125, 185), (60, 110, 170), (85, 140, 190), (64, 64, 150))
_SCRIPTS: Final = {
    "蒙古": (0x1820, 0x1842),
    "藏": (0x0F40, 0x0F67),
    "维吾尔": (0x0627, 0x0649),
    "彝": (0xA000, 0xA48C),
}


def draw_portrait_side(person: InventedPerson, bench: Bench) -> PrintedPaper:
    """The side with the portrait (人像面).

    Args:
        person: Whose card.
        bench: Chance, styles, scale.
    """
    dice = bench.dice
    sheet = _blank(bench)
    label, value = _pens(bench)
    shift = dice.sway(0.5)
    rows = [8.6 + shift, 15.6 + shift, 22.2 + shift, 29.0 + shift]
    left, column = 6.2 + dice.sway(0.4), 15.6 + dice.sway(0.4)
    _write_face_rows(sheet, person, label, value, rows, left, column)
    address = value._replace(size=value.size * 0.94)
    sheet.write(left, rows[3], "住址", label)
    sheet.paragraph(
        column,
        rows[3],
        person.address,
        address,
        room=36.0 + dice.sway(1.0),
        leading=4.6,
        field="address",
    )
    _write_number(sheet, person.id_number, label, bench, left)
    _second_script(sheet, person, rows, column, bench)
    face = face_picture(person, "portrait")
    sheet.picture(56.0 + dice.sway(0.5), 7.0 + dice.sway(0.5), 25.5, 31.4, face)
    fields = {
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date.isoformat(),
        "address": person.address,
        "id_number": person.id_number,
    }
    return PrintedPaper(
        DocumentKind.ID_CARD_PORTRAIT,
        sheet.finish(),
        dict(fields),
        sheet.quads,
        WIDTH,
        marks={"face": person.face},
    )


def draw_emblem_side(term: PrintedCardTerm, bench: Bench) -> PrintedPaper:
    """The side with the emblem (国徽面)."""
    dice = bench.dice
    sheet = _blank(bench)
    wall = great_wall(sheet.page.width, round(sheet.page.height * 0.62), dice.fork("wall"))
    sheet.stamp(WIDTH / 2, HEIGHT * 0.62, wall * dice.real(0.15, 0.35), (120, 160, 175))
    sign, _ = emblem(round(15 * bench.scale))
    _paste_emblem(sheet, sign, bench)
    label, value = _pens(bench)
    title = Pen(pick_typeface(("bold", "hei", "song"), bench.style_set, dice.fork("title")), 5.2)
    for text, y, size, spacing in (
        ("中华人民共和国", 11.8, 5.0, 1.6),
        ("居民身份证", 21.2, 7.2, 2.6),
    ):
        pen = title._replace(size=size, spacing=spacing)
        sheet.write(51.5 - sheet.measure(text, pen) / 2 + spacing / 2, y, text, pen)
    left, column = 20.5 + dice.sway(0.6), 35.5 + dice.sway(0.6)
    pen = sheet.fit(term.authority, value, 46)
    sheet.write(left, 40.6, "签发机关", label)
    sheet.write(column, 40.6, term.authority, pen, field="issuing_authority")
    sheet.write(left, 47.6, "有效期限", label)
    sheet.write(column, 47.6, term.printed, value._replace(spacing=0.05), field="valid_until")
    sheet.quads["valid_from"] = sheet.quads["valid_until"]
    fields = {
        "issuing_authority": term.authority,
        "valid_from": term.start.isoformat(),
        "valid_until": term.until.isoformat() if term.until else None,
    }
    return PrintedPaper(
        DocumentKind.ID_CARD_EMBLEM,
        sheet.finish(),
        fields,
        sheet.quads,
        WIDTH,
        long_term=term.until is None,
    )


def _blank(bench: Bench) -> PrintSheet:
    dice = bench.dice.fork("ground")
    waves: tuple[Colour, ...] = ((150, 200, 215), (225, 190, 205), (185, 205, 230))
    paper = dice.pick(((236, 241, 242), (231, 240, 243), (240, 240, 236), (242, 238, 240)))
    ground = guilloche(round(WIDTH * bench.scale), round(HEIGHT * bench.scale), paper, waves, dice)
    return PrintSheet(WIDTH, HEIGHT, bench.scale, ground)


def _pens(bench: Bench) -> tuple[Pen, Pen]:
    dice = bench.dice.fork("pens")
    face = pick_typeface(("hei", "hei", "hei", "song"), bench.style_set, dice)
    colour = dice.pick(_LABELS)
    label = Pen(face, dice.real(2.5, 2.9), colour, dice.real(0, 0.25))
    return label, Pen(face, dice.real(3.1, 3.5), BLACK, dice.real(0, 0.2))


def _write_face_rows(  # a card's four labelled rows; the address follows
    sheet: PrintSheet,
    person: InventedPerson,
    label: Pen,
    value: Pen,
    rows: list[float],
    left: float,
    column: float,
) -> None:
    sheet.write(left, rows[0], "姓名", label)
    name = sheet.fit(person.name, value._replace(size=value.size * 1.18), 38)
    sheet.write(column, rows[0], person.name, name, field="name")
    sheet.write(left, rows[1], "性别", label)
    sheet.write(column, rows[1], person.sex, value, field="sex")
    end = sheet.write(column + 8.4, rows[1], "民族", label)
    sheet.write(end + 1.6, rows[1], person.ethnicity, value, field="ethnicity")
    sheet.write(left, rows[2], "出生", label)
    _write_birth(sheet, person, label, value, rows[2], column)


def _write_birth(
    sheet: PrintSheet, person: InventedPerson, label: Pen, value: Pen, y: float, column: float
) -> None:
    born, at = person.birth_date, column
    for number, word in ((born.year, "年"), (born.month, "月"), (born.day, "日")):
        at = sheet.write(at, y, str(number), value, field=f"_{word}") + 1.0
        at = sheet.write(at, y, word, label) + 1.3
    first, last = sheet.quads.pop("_年"), sheet.quads.pop("_日")
    sheet.quads.pop("_月")
    sheet.quads["birth_date"] = first.copy()
    sheet.quads["birth_date"][1:3] = last[1:3]


def _write_number(sheet: PrintSheet, number: str, label: Pen, bench: Bench, left: float) -> None:
    dice = bench.dice.fork("number")
    y = 47.4 + dice.sway(0.4)
    end = sheet.write(left, y, "公民身份号码", label)
    pen = Pen(dice.pick(installed("number", bench.style_set)), dice.real(3.6, 4.1), BLACK)
    room = WIDTH - 5.0 - end - 2.6
    spare = (room - sheet.measure(number, pen)) / 18
    pen = sheet.fit(number, pen._replace(spacing=min(0.5, max(0.0, spare))), room)
    sheet.write(end + 2.6, y, number, pen, field="id_number")


def _second_script(
    sheet: PrintSheet, person: InventedPerson, rows: list[float], column: float, bench: Bench
) -> None:
    """Cards of autonomous areas carry a second script above the Chinese lines."""
    bounds = _SCRIPTS.get(person.ethnicity)
    dice = bench.dice.fork("script")
    if bounds is None or not dice.chance(0.7):
        return
    faces = [f for f in installed("script", bench.style_set) if holds(f, chr(bounds[0]))]
    if not faces:
        return
    pen = Pen(faces[0], 1.9, BLACK)
    for y in rows:
        sheet.write(column, y - 3.1, _letters(bounds, dice), pen)
        sheet.write(column - 9.2, y - 3.0, _letters(bounds, dice)[:5], pen._replace(size=1.6))


def _letters(bounds: tuple[int, int], dice: Dice) -> str:
    return "".join(chr(dice.whole(*bounds)) for _ in range(dice.whole(5, 14)))


def _paste_emblem(sheet: PrintSheet, sign: Pixels, bench: Bench) -> None:
    x, y = 6.4 + bench.dice.sway(0.5), 5.2 + bench.dice.sway(0.5)
    size = sign.shape[0] / bench.scale
    before = sheet.finish()
    sheet.picture(x, y, size, size, sign)
    after = sheet.finish()
    plain = (after == 255).all(axis=2)
    after[plain] = before[plain]
    sheet.picture(0, 0, WIDTH, HEIGHT, after)
