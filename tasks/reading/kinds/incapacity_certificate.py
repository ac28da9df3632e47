"""The certificate of incapacity (失能证明): an assessment's conclusion or a doctor's words."""

import re
import unicodedata
from typing import Final

from tasks.reading.kinds.make_field import Fields, read_field
from tasks.reading.kinds.prose_fields import (
    last_date,
    name_before_number,
    number_after_label,
    office_at_foot,
    or_told,
)
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.further_lexicons import INCAPACITY_CERTIFICATE
from tasks.reading.layout.labels import split_labels
from tasks.reading.layout.pair_values import allot
from tasks.reading.layout.prose import to_prose
from tasks.reading.layout.text_spans import TextSpan

SEVERAL_LINES: Final = frozenset({"issuing_body"})
_OFFICES: Final = "医院|中心|保障局|卫生院|评估机构|有限公司|经办机构"
_GRADE: Final = r"(?:[（(]?(?:[ⅠⅡⅢⅣIl1|]{1,3}|[一二三四五六2-6])级[）)]?)"
_LEVEL: Final = re.compile(
    rf"(?:轻度|中度|重度|极重度|完全|部分)失能{_GRADE}?|失能{_GRADE}|^{_GRADE}$"
)
_ROMAN: Final = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ"}


def read_fields(strips: tuple[TextSpan, ...]) -> Fields:
    """Who is incapacitated how far, by whose word, since when."""
    form = allot(split_labels(strips, INCAPACITY_CERTIFICATE), SEVERAL_LINES)
    prose = to_prose(strips)
    told = _LEVEL.search(prose.text)
    sentence = prose.field(*(told.span() if told else (0, 0)), level)
    return {
        "name": or_told(read_field(form.first("name"), values.name), name_before_number(prose)),
        "id_number": or_told(
            read_field(form.first("id_number"), values.id_number), number_after_label(prose)
        ),
        "level": or_told(read_field(form.first("level"), level), sentence),
        "issuing_body": or_told(
            read_field(form.first("issuing_body"), values.organisation),
            office_at_foot(prose, _OFFICES),
        ),
        "issue_date": or_told(
            read_field(form.first("issue_date"), values.date),
            or_told(last_date(prose), read_field(form.first("assessed_on"), values.date)),
        ),
    }


def level(text: str) -> str | None:
    """The degree as printed, Roman numbers as such (a reader sees Ⅱ as II, 11 or ll)."""
    match = _LEVEL.search(re.sub(r"\s", "", text))
    if match is None:
        return None
    value = unicodedata.normalize("NFKC", match[0])
    return re.sub(
        r"[I1l|]{1,3}V?(?=级)", lambda m: _ROMAN.get(re.sub("[1l|]", "I", m[0]), m[0]), value
    )
