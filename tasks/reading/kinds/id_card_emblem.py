"""The emblem side of the resident identity card (国徽面)."""

from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind, FieldReading
from models.reading.written_date import parse_term
from tasks.reading.confidence.witnesses import UNREADABLE
from tasks.reading.kinds.spec import CARD_SHAPE, Coloured, KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import LabelledValues
from tasks.reading.layout.read_field import NOT_FOUND, Fields, read_field, read_spans

LABELS: Final = label_words(
    issuing_authority="签发机关",
    term="有效期限 有效日期",
    title="中华人民共和国 居民身份证",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "居民身份证": 2.5, "中华人民共和国": 1.0, "签发机关": 2.5, "有效期限": 2.5,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset({"issuing_authority"})
REREAD: Final = MappingProxyType({"issuing_authority": values.organisation, "term": values.term})


def read_fields(form: LabelledValues) -> Fields:
    """Issuing authority and the two ends of the term."""
    authority = read_field(form.first("issuing_authority"), values.organisation)
    start, end = _term(form)
    return {"issuing_authority": authority, "valid_from": start, "valid_until": end}


def _term(form: LabelledValues) -> tuple[FieldReading, FieldReading]:
    entry = form.first("term")
    spans = entry.spans if entry else ()
    if not spans:
        spans = tuple(s for s in form.loose if any(parse_term(s.text)))[:1]
    if not spans:
        return NOT_FOUND, NOT_FOUND
    whole = read_spans(spans, lambda text: text)
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


SPEC: Final = KindSpec(
    kind=DocumentKind.ID_CARD_EMBLEM,
    cues=CUES,
    labels=LABELS,
    read_form=read_fields,
    several_lines=SEVERAL_LINES,
    reread=REREAD,
    whole_paper=RequiredLabels(
        frozenset({"issuing_authority", "term"}),
        frozenset({"issuing_authority", "term", "title"}),
        2,
        above=frozenset({"title"}),
        below=frozenset({"issuing_authority", "term"}),
    ),
    page_shape=CARD_SHAPE,
    most_text=36.0,
    coloured=Coloured.CARD,
    original_only=True,
    emblem_beside_text=True,
)
