"""Which module reads which kind."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.document import DocumentKind
from tasks.reading.allot import Form, allot
from tasks.reading.fields import (
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
from tasks.reading.fields.field import Fields
from tasks.reading.labels import split_labels
from tasks.reading.lexicon import LEXICONS
from tasks.reading.strips import Strip


class KindReader(NamedTuple):
    """How one kind is read."""

    read_fields: Callable[[Form], Fields]
    several_lines: frozenset[str]


KINDS: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: KindReader(
            id_card_portrait.read_fields, id_card_portrait.SEVERAL_LINES
        ),
        DocumentKind.ID_CARD_EMBLEM: KindReader(
            id_card_emblem.read_fields, id_card_emblem.SEVERAL_LINES
        ),
        DocumentKind.HUKOU_COVER: KindReader(hukou_cover.read_fields, hukou_cover.SEVERAL_LINES),
        DocumentKind.HUKOU_MEMBER: KindReader(hukou_member.read_fields, hukou_member.SEVERAL_LINES),
        DocumentKind.BIRTH_CERTIFICATE: KindReader(
            birth_certificate.read_fields, birth_certificate.SEVERAL_LINES
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


def read_fields(kind: DocumentKind, strips: tuple[Strip, ...]) -> Fields:
    """The fields of a paper from its pieces of text; none for a kind that is not read."""
    if kind in WHOLE_PAGES:
        return WHOLE_PAGES[kind](strips)
    reader = KINDS.get(kind)
    if reader is None:
        return {}
    form = allot(split_labels(strips, LEXICONS[kind]), reader.several_lines)
    return reader.read_fields(form)
