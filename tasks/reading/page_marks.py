"""What a page shows beside its text: signatures, codes, notes of change, a hand's writing."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.document import DocumentKind
from models.finding import Finding
from tasks.reading.barcode import coded_number, compare_code
from tasks.reading.fields.field import Fields
from tasks.reading.prose import Prose, to_prose
from tasks.reading.sheet import Sheet
from tasks.reading.signature import read_signature
from tasks.reading.strips import to_strip


class Marks(NamedTuple):
    """The fields with what the marks add to them, and what is to be told about them."""

    fields: Fields
    findings: tuple[Finding, ...] = ()


def read_marks(sheet: Sheet, kind: DocumentKind, fields: Fields) -> Marks:
    """Look for the marks that a page of this kind may bear.

    Args:
        sheet: The page, read as far as its fields needed.
        kind: What paper it is.
        fields: Its fields, with their confidences settled.
    """
    reader = _READERS.get(kind)
    return reader(sheet, fields) if reader else Marks(fields)


def _birth_certificate(sheet: Sheet, fields: Fields) -> Marks:
    coded = coded_number(sheet.image)
    if coded is None:
        return Marks(fields)
    reading, findings = compare_code(fields["certificate_number"], coded)
    return Marks(fields | {"certificate_number": reading}, findings)


def _commitment_letter(sheet: Sheet, fields: Fields) -> Marks:
    return Marks(fields | {"signed": read_signature(sheet.image, prose_of(sheet))})


def prose_of(sheet: Sheet) -> Prose:
    """The text of the lines that were read."""
    return to_prose(to_strip(line, sheet.matrix, i) for i, line in sheet.known().items())


_READERS: Final[MappingProxyType[DocumentKind, Callable[[Sheet, Fields], Marks]]] = (
    MappingProxyType(
        {
            DocumentKind.BIRTH_CERTIFICATE: _birth_certificate,
            DocumentKind.COMMITMENT_LETTER: _commitment_letter,
        }
    )
)
