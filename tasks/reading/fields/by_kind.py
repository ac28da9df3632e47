"""Which module reads which kind."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.document import DocumentKind
from tasks.reading.allot import Form, allot
from tasks.reading.fields import (
    birth_certificate,
    hukou_cover,
    hukou_member,
    id_card_emblem,
    id_card_portrait,
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
"""The kinds whose fields this release reads."""


def read_fields(kind: DocumentKind, strips: tuple[Strip, ...]) -> Fields:
    """The fields of a paper from its pieces of text; none for a kind that is not read."""
    reader = KINDS.get(kind)
    if reader is None:
        return {}
    form = allot(split_labels(strips, LEXICONS[kind]), reader.several_lines)
    return reader.read_fields(form)
