"""Papers as a reader would have read them, from the values alone."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Final

from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from specimens.dice import Dice
from specimens.people.families import InventedFamily
from specimens.people.households import Household
from specimens.people.person import InventedPerson, PrintedCardTerm

ENGINE: Final = "simulated reader 1"
_TWICE: Final = ("id_number",)
"""What a second reader looks at as well."""
_SECONDS: Final = {
    DocumentKind.ID_CARD_PORTRAIT: 0.5,
    DocumentKind.ID_CARD_EMBLEM: 0.3,
    DocumentKind.HUKOU_COVER: 0.4,
    DocumentKind.HUKOU_MEMBER: 0.9,
    DocumentKind.BIRTH_CERTIFICATE: 0.9,
    DocumentKind.SELFIE: 0.1,
}
"""Processor seconds, near what the real engines take."""

Values = Mapping[str, str | None]


def paper(
    kind: DocumentKind, file: str, values: Values, dice: Dice, *, engine: str = ENGINE
) -> DocumentReading:
    """A paper that was photographed and read well; chance decides how well.

    Args:
        kind: What paper it is.
        file: Its file.
        values: Its fields.
        dice: Chance.
        engine: Who read it.
    """
    return DocumentReading(
        file=file,
        digest=hashlib.sha256(repr((dice.whole(0, 1 << 60), file)).encode()).hexdigest(),
        kind=kind,
        kind_confidence=0.99,
        fields={name: _field(name, value, dice) for name, value in values.items()},
        quality=Quality(
            blur=min(1.0, abs(dice.sway(0.12))),
            glare=min(1.0, abs(dice.sway(0.01))),
            glyph_height_px=max(16.0, 26 + dice.sway(4)),
            rotation=dice.weighted({0: 8.0, 90: 1.0, 180: 0.5, 270: 0.5}),
            corners_visible=4,
            seal=True if kind in {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER} else None,
        ),
        faces=1 if kind is DocumentKind.SELFIE else None,
        seconds=_SECONDS[kind] * (0.8 + 0.4 * dice.real(0, 1)),
        engine=engine,
    )


def _field(name: str, value: str | None, dice: Dice) -> FieldReading:
    return FieldReading(
        value=value,
        raw=value or "",
        confidence=0.999 - abs(dice.sway(0.004)),
        second=value if name.endswith(_TWICE) else None,
        long_term=name == "valid_until" and value is None,
    )


def portrait_values(person: InventedPerson) -> Values:
    """人像面."""
    return {
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date.isoformat(),
        "address": person.address,
        "id_number": person.id_number,
    }


def emblem_values(term: PrintedCardTerm) -> Values:
    """国徽面."""
    return {
        "issuing_authority": term.authority,
        "valid_from": term.start.isoformat(),
        "valid_until": term.until.isoformat() if term.until else None,
    }


def cover_values(house: Household) -> Values:
    """首页."""
    return {
        "household_type": house.kind,
        "householder_name": house.head_name,
        "household_number": house.number,
        "address": house.address,
        "issue_date": house.issued.isoformat(),
    }


def page_values(house: Household, person: InventedPerson) -> Values:
    """常住人口登记卡; a form without a place for the number has no such field."""
    values: dict[str, str | None] = {
        "name": person.name,
        "relation_to_householder": house.words[person.key],
        "former_name": person.former_name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date.isoformat(),
        "id_number": person.id_number,
        "registration_date": house.entered[person.key].isoformat(),
    }
    return values | ({"household_number": house.number} if house.numbered else {})


def birth_values(family: InventedFamily, child: InventedPerson, dice: Dice) -> Values:
    """出生医学证明 with both parents."""
    father, mother = (family.people[key] for key in ("father", "mother"))
    letter = chr(ord("A") + min(max(child.birth_date.year, 2000), 2025) - 2000)
    return {
        "newborn_name": child.name,
        "newborn_sex": child.sex,
        "birth_time": f"{child.birth_date.isoformat()}T0{dice.whole(1, 9)}:31",
        "mother_name": mother.name,
        "mother_id_number": mother.id_number,
        "father_name": father.name,
        "father_id_number": father.id_number,
        "certificate_number": f"{letter}{dice.whole(100000000, 999999999)}",
        "issue_date": (child.birth_date + dt.timedelta(days=9)).isoformat(),
    }
