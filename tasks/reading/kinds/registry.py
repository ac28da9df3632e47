"""Every kind of document with its specification: a new kind is one module and one line here."""

from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind
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
from tasks.reading.kinds.spec import KindSpec

READ_KINDS: Final = (
    id_card_portrait.SPEC,
    id_card_emblem.SPEC,
    hukou_cover.SPEC,
    hukou_member.SPEC,
    birth_certificate.SPEC,
    marriage_certificate.SPEC,
    kinship_notarial.SPEC,
    commitment_letter.SPEC,
    insurance_certificate.SPEC,
    incapacity_certificate.SPEC,
)
"""The kinds whose fields are read. Where two have equal evidence the earlier one is taken."""

SPECS: Final = MappingProxyType(
    {
        **{spec.kind: spec for spec in READ_KINDS},
        DocumentKind.SELFIE: KindSpec(kind=DocumentKind.SELFIE, bears_face=True),
        DocumentKind.OTHER: KindSpec(
            kind=DocumentKind.OTHER, notes_changes=True, may_be_divorce=True
        ),
    }
)
