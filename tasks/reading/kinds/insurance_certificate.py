"""The certificate of insurance (参保凭证): labelled, or in one sentence."""

import re
from typing import Final

from models.intake.application import InsuranceType
from models.reading.document import FieldReading
from tasks.reading.kinds.make_field import NOT_FOUND, Fields, read_field
from tasks.reading.kinds.prose_fields import (
    last_date,
    name_before_number,
    number_after_label,
    or_told,
)
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.further_lexicons import INSURANCE_CERTIFICATE
from tasks.reading.layout.labels import split_labels
from tasks.reading.layout.pair_values import allot
from tasks.reading.layout.prose import HAN, Prose, to_prose
from tasks.reading.layout.text_spans import TextSpan

SEVERAL_LINES: Final = frozenset({"insured_region", "insurance_type"})
_SCHEME: Final = rf"参加(?P<scheme>{HAN}{{2,16}}?(?:保险|医保|合作医疗))"
_PLACE: Final = rf"在(?P<place>{HAN}{{2,24}}?)参加"


def read_fields(strips: tuple[TextSpan, ...]) -> Fields:
    """Who is insured where and how, and since when that is certified."""
    form = allot(split_labels(strips, INSURANCE_CERTIFICATE), SEVERAL_LINES)
    prose = to_prose(strips)
    return {
        "name": or_told(read_field(form.first("name"), values.name), name_before_number(prose)),
        "id_number": or_told(
            read_field(form.first("id_number"), values.id_number), number_after_label(prose)
        ),
        "insured_region": or_told(
            read_field(form.first("insured_region"), place),
            prose.group(prose.first(_PLACE), "place", place),
        ),
        "insurance_type": or_told(read_field(form.first("insurance_type"), scheme), _scheme(prose)),
        "issue_date": or_told(read_field(form.first("issue_date"), values.date), last_date(prose)),
    }


def place(text: str) -> str | None:
    """A division's name, or its six digits where those are printed."""
    code = re.fullmatch(r"\D{0,2}(\d{6})\D{0,2}", text)
    if code:
        return code[1]
    value = values.squeeze(text)
    return value if re.fullmatch(rf"{HAN}{{2,30}}", value) else None


def scheme(text: str) -> str | None:
    """`employee` for 职工, `resident` for 居民; None where it says neither or both."""
    employee = "职工" in text
    resident = bool(re.search(r"居民|农村|合作医疗", text))
    if employee == resident:
        return None
    return InsuranceType.EMPLOYEE.value if employee else InsuranceType.RESIDENT.value


def _scheme(prose: Prose) -> FieldReading:
    match = prose.first(_SCHEME)
    if match is None:
        match = prose.first(r"(?P<scheme>(?:城镇)?职工(?:基本)?医|(?:城乡)?居民(?:基本)?医)")
    return prose.group(match, "scheme", scheme) if match else NOT_FOUND
