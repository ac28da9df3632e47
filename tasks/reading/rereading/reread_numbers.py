"""Read a number again, otherwise prepared, that cannot be one as it was read.

Nothing is repaired: each is a reading of its own. A number whose every character was plain is what
the paper says, valid or not, and is left alone: a reading that turns a forged number into a valid
one would be the worst of misreadings. Elsewhere two readings have to give the same valid number.
"""

import datetime as dt
from typing import Final

from models.identity.id_number import valid_id_number
from models.reading.document import FieldReading
from tasks.reading.confidence.weigh_fields import NUMBERS
from tasks.reading.confidence.witnesses import NUMBER_REREAD_ALIKE, NUMBER_REREAD_ONCE, PLAINLY_READ
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Recognised
from tasks.reading.image.geometry import inner_quad
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.read_field import Fields

WHOLE: Final = 18
_BEFORE: Final = 0.08  # share of the width by which a reading also reaches out to both ends
REREADINGS: Final = ((0.0, 1.3), (0.15, 1.0), (0.15, 1.35))
"""Border as a share of the height, and stretch: close digits merge, tight boxes cut digits off."""


def reread_numbers(page_lines: PageLines, fields: Fields, *, today: dt.date) -> Fields:
    """The fields, with numbers replaced by a valid reading where one was to be had.

    Args:
        page_lines: Where they stand.
        fields: As they were read first.
        today: No birth date lies after it.
    """
    reread = {
        name: _reread(page_lines, fields[name], today)
        for name in NUMBERS
        if name in fields and _suspicious(fields[name], today)
    }
    return fields | reread


def _suspicious(field: FieldReading, today: dt.date) -> bool:
    """Whether something stands there that is no valid number and was not plainly read."""
    if field.quad is None or sum(c.isdigit() for c in field.raw) < 6:
        return False
    plain = len(field.value or "") == WHOLE and field.confidence >= PLAINLY_READ
    return not plain and valid_id_number(field.value, today=today) is None


def _reread(page_lines: PageLines, field: FieldReading, today: dt.date) -> FieldReading:
    if field.quad is None:
        return field
    wider = inner_quad(field.quad, -_BEFORE, 1 + _BEFORE)
    valid: dict[str, Recognised] = {}
    for quad in (field.quad, wider):
        for border, stretch in REREADINGS:
            read = page_lines.reread(quad, border=border, stretch=stretch)
            value = values.id_number(read.text)
            if value is None or valid_id_number(value, today=today) is None:
                continue
            if value in valid:
                return _with_value(field, value, read, NUMBER_REREAD_ALIKE)
            valid[value] = read
    if len(valid) != 1:
        return field
    ((value, read),) = valid.items()
    return _with_value(field, value, read, NUMBER_REREAD_ONCE)


def _with_value(field: FieldReading, value: str, read: Recognised, ceiling: float) -> FieldReading:
    sure = min(ceiling, min(glyph.confidence for glyph in read.glyphs))
    return field.model_copy(update={"value": value, "raw": read.text, "confidence": sure})
