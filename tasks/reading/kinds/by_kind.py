"""Which module reads which kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.kinds import (
    birth_certificate,
    commitment_letter,
    hukou_cover,
    hukou_member,
    id_card_emblem,
    id_card_portrait,
    incapacity_certificate,
    insurance_certificate,
    kinship_notarial,
    marriage_certificate,
)
from tasks.reading.kinds.make_field import Fields
from tasks.reading.layout.labels import split_labels
from tasks.reading.layout.lexicon import LEXICONS
from tasks.reading.layout.normalise_values import Normaliser
from tasks.reading.layout.pair_values import LabelledValues, allot
from tasks.reading.layout.text_spans import TextSpan
from tasks.reading.marks.seal_text import without_seal_text
from tasks.reading.rereading.extend_cut_values import extend_cut
from tasks.reading.rereading.reread_beside_labels import WantedValue, look_closer


class KindReader(NamedTuple):
    """How one kind is read.

    Attributes:
        read_fields: From labels with values to fields.
        several_lines: Labels whose values may run over more than one line.
        wanted: Labels whose values are looked for again where they were not found whole.
    """

    read_fields: Callable[[LabelledValues], Fields]
    several_lines: frozenset[str]
    wanted: Mapping[str, Normaliser]


KINDS: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: KindReader(
            id_card_portrait.read_fields, id_card_portrait.SEVERAL_LINES, id_card_portrait.WANTED
        ),
        DocumentKind.ID_CARD_EMBLEM: KindReader(
            id_card_emblem.read_fields, id_card_emblem.SEVERAL_LINES, id_card_emblem.WANTED
        ),
        DocumentKind.HUKOU_COVER: KindReader(
            hukou_cover.read_fields, hukou_cover.SEVERAL_LINES, hukou_cover.WANTED
        ),
        DocumentKind.HUKOU_MEMBER: KindReader(
            hukou_member.read_fields, hukou_member.SEVERAL_LINES, hukou_member.WANTED
        ),
        DocumentKind.BIRTH_CERTIFICATE: KindReader(
            birth_certificate.read_fields, birth_certificate.SEVERAL_LINES, birth_certificate.WANTED
        ),
    }
)
"""The kinds that are forms: labels, each with its value."""

WHOLE_PAGES: Final = MappingProxyType(
    {
        DocumentKind.COMMITMENT_LETTER: commitment_letter.read_fields,
        DocumentKind.MARRIAGE_CERTIFICATE: marriage_certificate.read_fields,
        DocumentKind.KINSHIP_NOTARIAL: kinship_notarial.read_fields,
        DocumentKind.INSURANCE_CERTIFICATE: insurance_certificate.read_fields,
        DocumentKind.INCAPACITY_CERTIFICATE: incapacity_certificate.read_fields,
    }
)
"""The kinds that may say things in sentences too, and see the page's text as a whole."""

READ_KINDS: Final = frozenset(KINDS) | frozenset(WHOLE_PAGES)
"""The kinds whose fields are read."""


def read_fields(
    kind: DocumentKind, strips: tuple[TextSpan, ...], sheet: PageLines | None = None
) -> Fields:
    """The fields of a paper from its pieces of text; none for a kind that is not read.

    Args:
        kind: What paper it is.
        strips: Its text.
        sheet: Where to look again for what is missing; None takes the text as it is.
    """
    if kind in WHOLE_PAGES:
        return WHOLE_PAGES[kind](strips)
    reader = KINDS.get(kind)
    if reader is None:
        return {}
    split = split_labels(strips, LEXICONS[kind])
    if sheet is None:
        return reader.read_fields(allot(split, reader.several_lines))
    form = allot(without_seal_text(sheet, split), reader.several_lines)
    form = look_closer(sheet, form, WantedValue(reader.wanted, LEXICONS[kind]))
    form = extend_cut(sheet, form, {**dict.fromkeys(reader.several_lines, str), **reader.wanted})
    return reader.read_fields(form)
