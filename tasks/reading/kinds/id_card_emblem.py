"""The emblem side of the resident identity card (国徽面)."""

from types import MappingProxyType
from typing import Final

from models.reading.document import FieldReading
from models.reading.written_date import parse_term
from tasks.reading.kinds.make_field import NOT_FOUND, UNREADABLE, Fields, from_strips, read_field
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.pair_values import LabelledValues

SEVERAL_LINES: Final = frozenset({"issuing_authority"})
WANTED: Final = MappingProxyType({"issuing_authority": values.organisation, "term": values.term})


def read_fields(form: LabelledValues) -> Fields:
    """Issuing authority and the two ends of the term."""
    authority = read_field(form.first("issuing_authority"), values.organisation)
    start, end = _term(form)
    return {"issuing_authority": authority, "valid_from": start, "valid_until": end}


def _term(form: LabelledValues) -> tuple[FieldReading, FieldReading]:
    entry = form.first("term")
    strips = entry.strips if entry else ()
    if not strips:
        strips = tuple(s for s in form.loose if values.date(s.text))[:1]
    if not strips:
        return NOT_FOUND, NOT_FOUND
    whole = from_strips(strips, lambda text: text)
    first, last, long_term = parse_term(whole.raw)
    start = whole.model_copy(update={"value": first.isoformat() if first else None})
    end = whole.model_copy(
        update={"value": last.isoformat() if last else None, "long_term": long_term}
    )
    if first is None:
        start = start.model_copy(update={"confidence": UNREADABLE})
    if last is None and not long_term:
        end = end.model_copy(update={"confidence": UNREADABLE})
    return start, end
