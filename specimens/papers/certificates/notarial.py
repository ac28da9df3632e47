"""The notarial certificate of kinship (亲属关系公证书): running prose under a number."""

import datetime as dt
from typing import Final, NamedTuple

from models.intake.application import Relationship
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.written import write_date
from specimens.people.person import InventedPerson
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Pen, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red
from specimens.printing.typefaces import pick_typeface

WIDTH: Final = 210.0
_ABBREVIATIONS: Final = dict(
    zip(
        [
            "北京",
            "天津",
            "河北",
            "山西",
            "内蒙",
            "辽宁",
            "吉林",
            "黑龙",
            "上海",
            "江苏",
            "浙江",
            "安徽",
            "福建",
            "江西",
            "山东",
            "河南",
            "湖北",
            "湖南",
            "广东",
            "广西",
            "海南",
            "重庆",
            "四川",
            "贵州",
            "云南",
            "西藏",
            "陕西",
            "甘肃",
            "青海",
            "宁夏",
            "新疆",
        ],
        [
            "京",
            "津",
            "冀",
            "晋",
            "蒙",
            "辽",
            "吉",
            "黑",
            "沪",
            "苏",
            "浙",
            "皖",
            "闽",
            "赣",
            "鲁",
            "豫",
            "鄂",
            "湘",
            "粤",
            "桂",
            "琼",
            "渝",
            "川",
            "黔",
            "云",
            "藏",
            "陕",
            "甘",
            "青",
            "宁",
            "新",
        ],
        strict=True,
    )
)
_WORDS: Final = {
    Relationship.SPOUSE: {"男": "丈夫", "女": "妻子"},
    Relationship.PARENT: {"男": "父亲", "女": "母亲"},
    Relationship.CHILD: {"男": "儿子", "女": "女儿"},
    Relationship.SIBLING: {"男": "哥哥", "女": "姐姐"},
    Relationship.GRANDPARENT: {"男": "祖父", "女": "祖母"},
    Relationship.GRANDCHILD: {"男": "孙子", "女": "孙女"},
    Relationship.OTHER: {"男": "叔父", "女": "姑母"},
}
_LAYOUTS: Final = {"tuning": ("modern", "prose", "bond"), "held_out": ("old", "modern", "bond")}


class Notarial(NamedTuple):
    """What is certified: `related` is to `applicant` what `relationship` says."""

    applicant: InventedPerson
    related: InventedPerson
    relationship: Relationship
    number: str
    office: str
    notary: str
    issued: dt.date


def invent_notarial(
    applicant: InventedPerson,
    related: InventedPerson,
    relationship: Relationship,
    issued: dt.date,
    dice: Dice,
) -> Notarial:
    """A certificate that an office of the applicant's place would have given out."""
    place = applicant.place
    short = _ABBREVIATIONS[place.province[:2]]
    town = (place.city or place.county)[:2]
    name = dice.pick((town, town + "诚信", place.county[:2] + "公信"))
    left, right = dice.pick((("（", "）"), ("(", ")"), ("〔", "〕"), ("[", "]")))
    kind = dice.pick(("证字", "民证字", "内民证字", "证民字"))
    number = f"{left}{issued.year}{right}{short}{name}{kind}第{dice.whole(1, 29999)}号"
    office = f"{place.province}{place.city}{name if len(name) > 2 else place.county[:2]}公证处"
    return Notarial(
        applicant,
        related,
        relationship,
        number,
        office,
        dice.pick(("周正明", "陈立新", "何静", "韩晓东")),
        issued,
    )


def draw_kinship_notarial(notarial: Notarial, bench: Bench, *, seals: bool = True) -> PrintedPaper:
    """The certificate's page in one of several wordings."""
    dice = bench.dice
    layout = dice.pick(_LAYOUTS[bench.style_set])
    sheet = PrintSheet(WIDTH, 297.0, bench.scale, dice.pick(((250, 249, 244), (246, 244, 236))))
    face = pick_typeface(("song", "fang", "kai"), bench.style_set, dice)
    body = Pen(face, dice.real(4.6, 5.4))
    title = body._replace(size=10.0, spacing=dice.real(4, 14))
    sheet.write((WIDTH - sheet.measure("公证书", title)) / 2, 38, "公证书", title)
    number = sheet.fit(notarial.number, body, 120)
    x = (WIDTH - sheet.measure(notarial.number, number)) / 2 + dice.pick((0.0, 22.0))
    sheet.write(x, 56, notarial.number, number, field="certificate_number")
    stated, paragraphs = _WORDINGS[layout](notarial, dice.fork("words"))
    y = 74.0
    for text in paragraphs:
        y = sheet.paragraph(26, y, text, body, room=WIDTH - 52, leading=body.size * 2.1) + 1
    _write_foot(sheet, notarial, body, max(y + 24, 190), bench, dice, seals=seals)
    return PrintedPaper(
        DocumentKind.KINSHIP_NOTARIAL,
        sheet.finish(),
        {
            "applicant_name": notarial.applicant.name,
            "applicant_birth_date": notarial.applicant.birth_date.isoformat(),
            "related_name": notarial.related.name,
            "related_birth_date": notarial.related.birth_date.isoformat(),
            "relation_stated": stated,
            "notary_office": notarial.office,
            "certificate_number": _plain(notarial.number),
            "issue_date": notarial.issued.isoformat(),
        },
        sheet.quads,
        WIDTH,
        marks={"layout": layout},
    )


def _plain(number: str) -> str:
    """With the brackets in which such numbers are compared."""
    for bracket in "(〔[":
        number = number.replace(bracket, "（")
    for bracket in ")〕]":
        number = number.replace(bracket, "）")
    return number


def _write_foot(
    sheet: PrintSheet,
    notarial: Notarial,
    body: Pen,
    y: float,
    bench: Bench,
    dice: Dice,
    *,
    seals: bool,
) -> None:
    left, right = _ends(notarial.issued, dice)
    for number, (text, field) in enumerate(
        (
            (notarial.office, "notary_office"),
            (f"公证员　{notarial.notary}", ""),
            (left, "issue_date"),
        )
    ):
        pen = sheet.fit(text, body, 96)
        at = right - sheet.measure(text, pen)
        sheet.write(at, y + number * 13, text, pen, field=field or None)
    if seals:
        face = pick_typeface(("song", "hei"), bench.style_set, dice)
        cover = round_seal(notarial.office, "", face, round(40 * bench.scale), dice)
        sheet.stamp(150 + dice.sway(8), y + 16 + dice.sway(5), cover, seal_red(dice))


def _ends(day: dt.date, dice: Dice) -> tuple[str, float]:
    return write_date(day, dice.pick(("chinese", "chinese", "plain"))), dice.real(176, 188)


def _word(notarial: Notarial) -> str:
    return _called(notarial.related, notarial.relationship, notarial.applicant)


def _inverse_word(notarial: Notarial) -> str:
    return _called(notarial.applicant, notarial.relationship.inverse, notarial.related)


def _called(person: InventedPerson, relationship: Relationship, other: InventedPerson) -> str:
    """What somebody is to another, in the word for their sex and, among siblings, their age."""
    if relationship is Relationship.SIBLING and person.birth_date > other.birth_date:
        return {"男": "弟弟", "女": "妹妹"}[person.sex]
    return _WORDS[relationship][person.sex]


def _born(person: InventedPerson, dice: Dice) -> str:
    return write_date(person.birth_date, dice.pick(("chinese", "plain", "plain", "padded")))


def _described(person: InventedPerson, dice: Dice) -> str:
    number = f"，公民身份号码：{person.id_number}" if dice.chance(0.6) else ""
    home = f"，现住{person.address}" if dice.chance(0.5) else ""
    return f"{person.name}，{person.sex}，{_born(person, dice)}出生{number}{home}"


def _modern(notarial: Notarial, dice: Dice) -> tuple[str, list[str]]:
    """Headings for both people, then what is certified."""
    a, r = notarial.applicant, notarial.related
    word = _word(notarial)
    matter = dice.pick(("公证事项：亲属关系", "公证事项：亲属关系公证"))
    sentence = dice.pick(
        (
            f"　　兹证明关系人{r.name}是申请人{a.name}的{word}。",
            f"　　兹证明{r.name}系{a.name}的{word}。",
            f"　　兹证明申请人{a.name}的{word}是关系人{r.name}。",
        )
    )
    inverse = _inverse_word(notarial)
    if dice.chance(0.3):
        word, sentence = inverse, f"　　兹证明申请人{a.name}是关系人{r.name}的{inverse}。"
    return word, [
        f"　　申请人：{_described(a, dice)}。",
        f"　　关系人：{_described(r, dice)}。",
        f"　　{matter}",
        sentence,
    ]


def _prose(notarial: Notarial, dice: Dice) -> tuple[str, list[str]]:
    """One sentence that says all."""
    a, r = notarial.applicant, notarial.related
    inverse = _inverse_word(notarial)
    text = (
        f"　　兹证明申请人{a.name}（{a.sex}，{_born(a, dice)}出生）是"
        f"{r.name}（{r.sex}，{_born(r, dice)}出生）的{inverse}。"
    )
    return inverse, [text]


def _bond(notarial: Notarial, dice: Dice) -> tuple[str, list[str]]:
    """The relation named as a bond: 父女关系."""
    a, r = notarial.applicant, notarial.related
    bond = _bond_word(notarial)
    joined = dice.pick(("与", "和"))
    is_ = dice.pick(("是", "系", "为", "之间是"))
    return bond, [
        f"　　申请人：{_described(a, dice)}。",
        f"　　关系人：{_described(r, dice)}。",
        f"　　兹证明申请人{a.name}{joined}关系人{r.name}{is_}{bond}。",
    ]


def _old(notarial: Notarial, dice: Dice) -> tuple[str, list[str]]:
    """Without headings, births in brackets, the word last."""
    a, r = notarial.applicant, notarial.related
    word = _word(notarial)
    text = (
        f"　　兹证明{r.name}（{r.sex}，{_born(r, dice)}出生）是申请人{a.name}"
        f"（{a.sex}，{_born(a, dice)}出生）的{word}。"
    )
    return word, [text]


def _bond_word(notarial: Notarial) -> str:
    a, r, bond = notarial.applicant, notarial.related, notarial.relationship
    if bond is Relationship.SPOUSE:
        return "夫妻关系"
    if bond is Relationship.SIBLING:
        elder, younger = sorted((a, r), key=lambda person: person.birth_date)
        return {"男男": "兄弟", "男女": "兄妹", "女男": "姐弟", "女女": "姐妹"}[
            elder.sex + younger.sex
        ] + "关系"
    if bond in {Relationship.GRANDPARENT, Relationship.GRANDCHILD}:
        return "祖孙关系"
    elder, younger = sorted((a, r), key=lambda person: person.birth_date)
    return ("父" if elder.sex == "男" else "母") + ("子" if younger.sex == "男" else "女") + "关系"


_WORDINGS: Final = {"modern": _modern, "prose": _prose, "bond": _bond, "old": _old}
