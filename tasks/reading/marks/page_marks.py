"""What a page shows beside its text: signatures, codes, notes of change, a hand's writing."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind
from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.kinds.make_field import Fields, lowered
from tasks.reading.layout.prose import Prose, to_prose
from tasks.reading.layout.text_spans import to_strip
from tasks.reading.marks.barcode import coded_number, compare_code
from tasks.reading.marks.handwriting import is_by_hand
from tasks.reading.marks.hukou_changes import change_note
from tasks.reading.marks.signature import read_signature

HAND_CEILING: Final = 0.75
"""A field of a page that was filled in by hand is no surer than this."""
_DIVORCE: Final = "离婚证"
WRITTEN: Final = frozenset(
    {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER, DocumentKind.COMMITMENT_LETTER}
)
"""The kinds that some offices and people fill in with a pen."""


class PageMarks(NamedTuple):
    """The fields with what the marks add to them, and what is to be told about them."""

    fields: Fields
    findings: tuple[Finding, ...] = ()


def read_marks(sheet: PageLines, kind: DocumentKind, fields: Fields) -> PageMarks:
    """Look for the marks that a page of this kind may bear.

    Args:
        sheet: The page, read as far as its fields needed.
        kind: What paper it is.
        fields: Its fields, with their confidences settled.
    """
    reader = _READERS.get(kind)
    marks = reader(sheet, fields) if reader else PageMarks(fields)
    if kind in WRITTEN and is_by_hand(sheet.image, sheet.known().values()):
        return _by_hand(marks)
    return marks


def _birth_certificate(sheet: PageLines, fields: Fields) -> PageMarks:
    coded = coded_number(sheet.image, fields["certificate_number"].quad)
    if coded is None:
        return PageMarks(fields)
    reading, findings = compare_code(fields["certificate_number"], coded)
    return PageMarks(fields | {"certificate_number": reading}, findings)


def _commitment_letter(sheet: PageLines, fields: Fields) -> PageMarks:
    return PageMarks(fields | {"signed": read_signature(sheet.image, prose_of(sheet))})


def _hukou_page(sheet: PageLines, fields: Fields) -> PageMarks:
    note = change_note(prose_of(sheet))
    return PageMarks(fields, (note,) if note else ())


def _other_page(sheet: PageLines, fields: Fields) -> PageMarks:
    """A side page of a book, or a divorce certificate: it ends what other papers may still show."""
    marks = _hukou_page(sheet, fields)
    ended = divorce_note(prose_of(sheet))
    return marks._replace(findings=(*marks.findings, ended)) if ended else marks


def divorce_note(prose: Prose) -> Finding | None:
    """X08 for a divorce certificate (离婚证); None for any other page."""
    if _DIVORCE not in prose.text:
        return None
    return finding(
        Reason.CHANGE_NOT_VERIFIED,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="所交材料中有离婚证，婚姻关系须人工核对",
        en="a divorce certificate is among the papers; a person looks at the marriage",
    )


def _by_hand(marks: PageMarks) -> PageMarks:
    """No field of a page that a pen filled in is sure: a person reads it too."""
    told = finding(
        Reason.FIELD_UNREADABLE,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="手写填写，须人工核对",
        en="filled in by hand, to be read by a person",
    )
    fields = {
        name: field if name == "signed" else lowered(field, HAND_CEILING)
        for name, field in marks.fields.items()
    }
    return PageMarks(fields, (*marks.findings, told))


def prose_of(sheet: PageLines) -> Prose:
    """The text of the lines that were read."""
    return to_prose(to_strip(line, sheet.matrix, i) for i, line in sheet.known().items())


_READERS: Final[MappingProxyType[DocumentKind, Callable[[PageLines, Fields], PageMarks]]] = (
    MappingProxyType(
        {
            DocumentKind.BIRTH_CERTIFICATE: _birth_certificate,
            DocumentKind.COMMITMENT_LETTER: _commitment_letter,
            DocumentKind.HUKOU_MEMBER: _hukou_page,
            DocumentKind.OTHER: _other_page,
        }
    )
)
