"""The personal commitment (个人承诺书): printed or filled in by hand, signed or left unsigned."""

import datetime as dt
from typing import Final, Literal, NamedTuple

from models.intake.application import Relationship
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import write_date
from specimens.people.person import InventedPerson
from specimens.printing.handwriting import Hand, invent_hand, write_by_hand
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import BLACK, Pen, PrintSheet
from specimens.printing.printed_seals import thumb_print
from specimens.printing.typefaces import pick_typeface

Signing = Literal["ink", "none", "typed", "elsewhere"]
"""By hand in its place; not at all; the name only typed there; by hand in another place."""

_WORDS: Final = {
    Relationship.SPOUSE: ("配偶", "夫妻"),
    Relationship.PARENT: ("父母", "父母"),
    Relationship.CHILD: ("子女", "子女"),
    Relationship.SIBLING: ("兄弟姐妹", "兄弟姐妹"),
    Relationship.GRANDPARENT: ("祖父母", "祖父母"),
    Relationship.GRANDCHILD: ("孙子女", "孙子女"),
    Relationship.OTHER: ("其他", "其他亲属"),
}
_SEXED: Final = {
    Relationship.SPOUSE: {"男": "丈夫", "女": "妻子"},
    Relationship.PARENT: {"男": "父亲", "女": "母亲"},
    Relationship.CHILD: {"男": "儿子", "女": "女儿"},
    Relationship.GRANDCHILD: {"男": "孙子", "女": "孙女"},
}
_TITLES: Final = (
    "个人承诺书",
    "医保个人账户家庭共济承诺书",
    "承诺书",
    "医保亲情账户绑定承诺书",
    "家庭成员添加承诺书",
)
_PROMISES: Final = (
    "所填信息与所交材料真实、完整、有效；如有虚假，自愿承担由此产生的一切责任。",
    "遵守医疗保障有关规定，不出借、不冒用医疗保障凭证，不套取医保基金。",
    "家庭成员关系发生变化时，及时申请解除绑定。",
    "已告知家庭成员并取得其同意，同意经办机构核验有关信息。",
)
_SIGN_LABELS: Final = (
    "承诺人（签名）：",
    "承诺人签字：",
    "承诺人：",
    "申请人（签字）：",
    "本人签名：",
    "承诺人（签字或盖章）：",
)
WIDTH: Final = 210.0
_LEFT: Final = 24.0


class _Letter(NamedTuple):
    """What one letter says, and the pens that say it; `hand` None is a computer's print."""

    applicant: InventedPerson
    member: InventedPerson
    word: str
    body: Pen
    hand: Hand | None


def draw_commitment_letter(
    applicant: InventedPerson,
    member: InventedPerson,
    relationship: Relationship,
    signed_on: dt.date,
    bench: Bench,
    *,
    signing: Signing = "ink",
    by_hand: bool | None = None,
) -> PrintedPaper:
    """The letter with both names, the relation, a date and perhaps a signature.

    Args:
        applicant: Who commits.
        member: Who is to be bound.
        relationship: What the member is to the applicant.
        signed_on: The day beside the signature.
        bench: Chance, styles, scale.
        signing: Whether and how it is signed.
        by_hand: Whether the blanks are filled in with a pen; by chance when None.
    """
    dice = bench.dice
    height = dice.pick((297.0, 297.0, 210.0))
    sheet = PrintSheet(WIDTH, height, bench.scale, dice.pick(((250, 250, 248), (244, 242, 234))))
    body = Pen(pick_typeface(("song", "fang", "hei"), bench.style_set, dice), dice.real(4.2, 5.0))
    layout = dice.pick(_LAYOUTS[bench.style_set])
    filled = dice.chance(0.35) if by_hand is None else by_hand
    hand = invent_hand(bench.style_set, dice.fork("hand"))
    word = _word(member, relationship, dice)
    letter = _Letter(applicant, member, word, body, hand if filled and layout != "prose" else None)
    _write_title(sheet, body, dice)
    y = _WRITERS[layout](sheet, letter, dice.fork("body"))
    dated = _write_foot(sheet, letter, hand, signing, signed_on, min(y + 12, height - 42), dice)
    return PrintedPaper(
        DocumentKind.COMMITMENT_LETTER,
        sheet.finish(),
        {
            "applicant_name": applicant.name,
            "member_name": member.name,
            "relationship": relationship.value,
            "signed": "true" if signing == "ink" else "false",
            "sign_date": signed_on.isoformat() if dated else None,
        },
        sheet.quads,
        WIDTH,
        marks={
            "layout": layout,
            "signing": signing,
            "hand": "yes" if letter.hand else "no",
        },
    )


def _word(member: InventedPerson, relationship: Relationship, dice: Dice) -> str:
    plain, formal = _WORDS[relationship]
    exact = _SEXED.get(relationship, {}).get(member.sex, plain)
    return dice.pick((plain, formal, exact))


def _write_title(sheet: PrintSheet, body: Pen, dice: Dice) -> None:
    heading = dice.pick(_TITLES)
    title = body._replace(size=dice.real(6.5, 8.5), spacing=dice.real(0, 2))
    title = sheet.fit(heading, title, WIDTH - 50)
    sheet.write((WIDTH - sheet.measure(heading, title)) / 2, dice.real(24, 34), heading, title)


def _prose(sheet: PrintSheet, letter: _Letter, dice: Dice) -> float:
    """Everything in one generated sentence."""
    a, m, word = letter.applicant, letter.member, letter.word
    number = dice.pick(("公民身份号码", "身份证号"))
    text = dice.pick(
        (
            f"　　本人{a.name}（{number}：{a.id_number}）申请将{m.name}（{number}：{m.id_number}）"
            f"添加为家庭成员，与本人关系为{word}。",
            f"　　本人{a.name}，{number}{a.id_number}，现申请绑定家庭成员{m.name}，"
            f"{number}{m.id_number}，该成员系本人{word}。",
            f"　　本人（姓名：{a.name}，{number}：{a.id_number}）自愿将本人医保个人账户授权给"
            f"{m.name}（{number}：{m.id_number}，与本人关系：{word}）使用。",
        )
    )
    y = sheet.paragraph(_LEFT, 52, text, letter.body, room=WIDTH - 48, leading=8.6)
    return _promises(sheet, letter, y, dice, numbered=dice.chance(0.4))


def _promises(sheet: PrintSheet, letter: _Letter, y: float, dice: Dice, *, numbered: bool) -> float:
    lead = "　　本人承诺："
    if not numbered:
        text = lead + dice.pick(_PROMISES)
        return sheet.paragraph(_LEFT, y, text, letter.body, room=WIDTH - 48, leading=8.6)
    sheet.write(_LEFT, y, lead, letter.body)
    y += 8.6
    for number, promise in enumerate(dice.some(_PROMISES, 3), 1):
        text = f"　　{number}.{promise}"
        y = sheet.paragraph(_LEFT, y, text, letter.body, room=WIDTH - 48, leading=8.0)
    return y


def _form(sheet: PrintSheet, letter: _Letter, dice: Dice) -> float:
    """Labelled lines to fill in, then what is promised."""
    y = 50.0
    first, second = dice.pick(
        (
            ("申请人", "被绑定人"),
            ("授权人", "使用人"),
            ("申请人", "家庭成员"),
            ("承诺人", "被绑定人"),
        )
    )
    lines = (
        (f"{first}姓名：", letter.applicant.name, "applicant_name"),
        ("身份证号码：", letter.applicant.id_number, ""),
        (f"{second}姓名：", letter.member.name, "member_name"),
        ("身份证号码：", letter.member.id_number, ""),
        (f"与{first}关系：", letter.word, "relationship"),
    )
    for label, text, field in lines:
        end = sheet.write(_LEFT + 4, y, label, letter.body)
        sheet.line(end + 1, y + 3.4, end + 92, y + 3.4, BLACK, 0.2)
        _fill(sheet, end + 3, y, text, letter, field, dice)
        y += 10.5
    return _promises(sheet, letter, y + 2, dice, numbered=True)


def _blanks(sheet: PrintSheet, letter: _Letter, dice: Dice) -> float:
    """A sentence with ruled blanks."""
    y, body = 52.0, letter.body
    rows = (
        (("　　本人", ""), (letter.applicant.name, "applicant_name"), ("，身份证号", ""),
         (letter.applicant.id_number, "x")),
        (("申请将家庭成员", ""), (letter.member.name, "member_name"), ("，身份证号", ""),
         (letter.member.id_number, "x")),
        (("（与本人关系：", ""), (letter.word, "relationship"), ("）纳入家庭共济范围。", "")),
    )  # fmt: skip
    for row in rows:
        x = _LEFT
        for text, field in row:
            if not field:
                x = sheet.write(x, y, text, body)
                continue
            end = _fill(sheet, x + 2, y, text, letter, "" if field == "x" else field, dice) + 2
            sheet.line(x, y + 3.4, end, y + 3.4, BLACK, 0.2)
            x = end
        y += 10.0
    return _promises(sheet, letter, y, dice, numbered=dice.chance(0.5))


def _table(sheet: PrintSheet, letter: _Letter, dice: Dice) -> float:
    """A ruled table on top, the promise below."""
    first, second = dice.pick(
        (("授权人", "被授权人"), ("申请人", "被绑定人"), ("授权人", "使用人"))
    )
    y, row = 44.0, dice.real(10, 13)
    cells = (
        (f"{first}姓名", letter.applicant.name, "applicant_name"),
        ("身份证号码", letter.applicant.id_number, ""),
        (f"{second}姓名", letter.member.name, "member_name"),
        ("身份证号码", letter.member.id_number, ""),
        (f"与{first}关系", letter.word, "relationship"),
        ("联系电话", "", ""),
    )
    for number, (label, text, field) in enumerate(cells):
        across, down = number % 2, number // 2
        x, top = _LEFT + across * 72, y + down * row
        room, width = (28.0, 44.0) if not across else (30.0, 60.0)
        sheet.frame(x, top, room + width, row, BLACK, 0.2)
        sheet.line(x + room, top, x + room, top + row, BLACK, 0.2)
        sheet.write(x + 2, top + row / 2, label, sheet.fit(label, letter.body, room - 3))
        _fill(sheet, x + room + 2, top + row / 2, text, letter, field, dice, room=width - 4)
    return _promises(sheet, letter, y + 3 * row + 8, dice, numbered=True)


def _clauses(sheet: PrintSheet, letter: _Letter, dice: Dice) -> float:
    """Who commits comes first, for whom in a clause of its own."""
    a, m, word = letter.applicant, letter.member, letter.word
    text = f"　　承诺人：{a.name}，{a.sex}，身份证号{a.id_number}，联系地址{a.address[:12]}。"
    y = sheet.paragraph(_LEFT, 50, text, letter.body, room=WIDTH - 48, leading=8.6)
    text = (
        f"　　本人自愿为{m.name}（身份证号{m.id_number}）办理家庭共济绑定，{m.name}是本人的{word}。"
    )
    y = sheet.paragraph(_LEFT, y, text, letter.body, room=WIDTH - 48, leading=8.6)
    return _promises(sheet, letter, y, dice, numbered=True)


_LAYOUTS: Final = {
    "tuning": ("prose", "prose", "form", "blanks"),
    "held_out": ("table", "clauses", "prose"),
}
_WRITERS: Final = {
    "prose": _prose,
    "form": _form,
    "blanks": _blanks,
    "table": _table,
    "clauses": _clauses,
}


def _fill(
    sheet: PrintSheet,
    x: float,
    y: float,
    text: str,
    letter: _Letter,
    field: str,
    dice: Dice,
    *,
    room: float = 88.0,
) -> float:
    """A value in its place, by hand or in print; where it ends."""
    pen = sheet.fit(text, letter.body._replace(colour=BLACK), room)
    if letter.hand is None:
        return sheet.write(x, y, text, pen, field=field or None)
    size = pen.size * 1.12 if len(text) < 10 else pen.size
    return write_by_hand(sheet, x, y, text, letter.hand, size, dice, field=field or None)


def _write_foot(
    sheet: PrintSheet,
    letter: _Letter,
    hand: Hand,
    signing: Signing,
    signed_on: dt.date,
    y: float,
    dice: Dice,
) -> bool:
    """The place to sign and the date; whether a date stands there."""
    x = dice.pick((_LEFT + 4, 96.0, 110.0))
    body, name = letter.body, letter.applicant.name
    end = sheet.write(x, y, dice.pick(_SIGN_LABELS), body)
    ruled = dice.chance(0.4)
    if ruled:
        sheet.line(end, y + 3.6, min(end + 46, WIDTH - 12), y + 3.6, BLACK, 0.2)
    if signing == "ink":
        size = min(dice.real(6.0, 8.5), (WIDTH - 12 - end) / (len(name) + 0.5))
        write_by_hand(sheet, end + 2, y - 0.6, name, hand, size, dice, field="signed")
        if dice.chance(0.15):
            cover = thumb_print(round(13 * sheet.scale), dice)
            sheet.stamp(min(end + 14, WIDTH - 12), y, cover, (205, 45, 50))
    elif signing == "typed":
        sheet.write(end + 2, y, name, sheet.fit(name, body, WIDTH - 12 - end), field="signed")
    elif signing == "elsewhere":
        write_by_hand(sheet, _LEFT + 10, min(y + 30, sheet.height - 12), name, hand, 7.0, dice)
    return _write_date(sheet, letter, hand, signing, signed_on, x, y + 13, dice)


def _write_date(
    sheet: PrintSheet,
    letter: _Letter,
    hand: Hand,
    signing: Signing,
    signed_on: dt.date,
    x: float,
    y: float,
    dice: Dice,
) -> bool:
    body = letter.body
    end = sheet.write(x, y, dice.pick(("日期：", "签署日期：", "日　期：", "")), body)
    if signing == "none" and dice.chance(0.5):
        sheet.write(end + 4, y, "　　　年　　月　　日", body)
        return False
    if letter.hand and signing == "ink":
        text = write_date(signed_on, "plain")
        write_by_hand(sheet, end + 1, y, text, hand, body.size, dice, field="sign_date")
        return True
    form = dice.pick(("plain", "padded", "plain", "dash"))
    sheet.write(end + 1, y, write_date(signed_on, form), body, field="sign_date")
    return True
