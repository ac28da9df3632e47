"""Hold the values of one paper against one another: do they speak of one person?"""

import datetime as dt

from models.identity.id_number import IdNumber, full_id_number, parse_id_number
from models.kinship.relation_word import read_relation_word
from tasks.reading.confidence.witnesses import OF_TWO_PAPERS, at_most
from tasks.reading.layout.read_field import Fields


def contradicts_itself(fields: Fields, *, today: dt.date) -> bool:
    """Whether number, birth date, sex and relation word of a page cannot be one person's.

    Args:
        fields: Of a page about one person; other pages have no such fields.
        today: No birth date lies after it.
    """
    number = _value(fields, "id_number")
    sex, birth = _value(fields, "sex"), _value(fields, "birth_date")
    word = read_relation_word(_value(fields, "relation_to_householder"))
    if sex and word.sex and word.sex != sex:
        return True
    parsed = parse_id_number(full_id_number(number), today=today) if number else None
    if not isinstance(parsed, IdNumber):
        return False
    return bool((sex and parsed.sex != sex) or (birth and parsed.birth_date.isoformat() != birth))


def unsure_of_all(fields: Fields) -> Fields:
    """The fields of a part that may show two papers."""
    return {name: at_most(field, OF_TWO_PAPERS) for name, field in fields.items()}


def _value(fields: Fields, name: str) -> str | None:
    field = fields.get(name)
    return field.value if field else None
