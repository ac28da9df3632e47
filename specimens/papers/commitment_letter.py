"""The personal commitment (个人承诺书): a generated text, signed by hand or left unsigned."""

import datetime as dt
from typing import Final

import numpy as np

from models.application import Relationship
from models.document import DocumentKind
from specimens.papers.paper import Bench, Paper
from specimens.papers.written import write_date
from specimens.people import Person
from specimens.sheet import Pen, Sheet
from specimens.typefaces import pick_typeface

RELATIONSHIP_WORDS: Final = {
    Relationship.SPOUSE: "配偶",
    Relationship.PARENT: "父母",
    Relationship.CHILD: "子女",
    Relationship.SIBLING: "兄弟姐妹",
    Relationship.GRANDPARENT: "祖父母",
    Relationship.GRANDCHILD: "孙子女",
    Relationship.OTHER: "其他",
}
WIDTH: Final = 210.0


def draw_commitment_letter(
    applicant: Person,
    member: Person,
    relationship: Relationship,
    signed_on: dt.date,
    bench: Bench,
    *,
    signed: bool = True,
) -> Paper:
    """The letter with both names, the relation, a date and perhaps a signature."""
    dice = bench.dice
    sheet = Sheet(WIDTH, 297.0, bench.scale, (250, 250, 248))
    face = pick_typeface(("song", "fang"), bench.style_set, dice)
    title = Pen(face, 7.5)
    heading = dice.pick(("个人承诺书", "医保个人账户家庭共济承诺书"))
    sheet.write((WIDTH - sheet.measure(heading, title)) / 2, 38, heading, title)
    body, word = Pen(face, 4.6), RELATIONSHIP_WORDS[relationship]
    text = (
        f"　　本人{applicant.name}（公民身份号码：{applicant.id_number}）申请将{member.name}"
        f"（公民身份号码：{member.id_number}）添加为家庭成员，与本人关系为{word}。"
        "本人承诺：所填信息与所交材料真实、完整、有效；如有虚假，自愿承担由此产生的一切责任。"
    )
    y = sheet.paragraph(24, 58, text, body, room=WIDTH - 48, leading=9.0)
    sheet.write(110, y + 22, "承诺人（签名）：", body)
    if signed:
        hand = Pen(pick_typeface(("kai",), bench.style_set, dice), 7.0, (30, 35, 70))
        sheet.write(146, y + 21, applicant.name, hand, field="signed")
    sheet.write(110, y + 36, "日期：" + write_date(signed_on, "plain"), body, field="sign_date")
    fields: dict[str, str | None] = {
        "applicant_name": applicant.name,
        "member_name": member.name,
        "relationship": relationship.value,
        "signed": str(signed).lower(),
        "sign_date": signed_on.isoformat(),
    }
    image = sheet.finish()
    return Paper(
        DocumentKind.COMMITMENT_LETTER, np.ascontiguousarray(image), fields, sheet.quads, WIDTH
    )
