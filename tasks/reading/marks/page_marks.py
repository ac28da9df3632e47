"""What a page shows beside its text: signatures, codes, notes of change, a hand's writing."""

import re
from typing import Final, NamedTuple

import cv2

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind
from tasks.faces.crop import crop_face
from tasks.reading.confidence.witnesses import FILLED_IN_BY_HAND, LEGIBLE, at_most
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextSpan, to_span
from tasks.reading.files.picture import Pixels
from tasks.reading.kinds.registry import SPECS
from tasks.reading.layout.prose import Prose, to_prose
from tasks.reading.layout.read_field import Fields
from tasks.reading.marks.barcode import coded_number, compare_code
from tasks.reading.marks.handwriting import is_by_hand
from tasks.reading.marks.signature import read_signature

_DIVORCE: Final = "离婚证"
HEADINGS: Final = re.compile("更正后的?内容|变更、?更正日期|变更更正日期")
_OF_THE_FORM: Final = re.compile(
    "更正|项目|承办人|签章|登记事项|记载|户口|公安|派出所|专用章|登记章|注意|第.{0,3}页"
)
_LEAST: Final = 2
"""Pieces of text below the headings from which something is entered; a speck may make one."""
PORTRAIT_PAGE_SIDE: Final = 1600
"""Of the page on which a face is looked for; a card's portrait is still 300 pixels wide on it."""


class PageMarks(NamedTuple):
    """The fields with what the marks add to them, and the findings they give."""

    fields: Fields
    findings: tuple[Finding, ...] = ()


def read_marks(page_lines: PageLines, kind: DocumentKind, fields: Fields) -> PageMarks:
    """Read the marks that a page of this kind may bear.

    Args:
        page_lines: The page, read as far as its fields needed.
        kind: What paper it is.
        fields: Its fields, with their confidences settled.
    """
    spec = SPECS[kind]
    spans = tuple(to_span(line, page_lines.matrix, i) for i, line in page_lines.known().items())
    findings: list[Finding] = []
    if spec.coded_field is not None:
        fields, conflict = _with_code(page_lines, fields, spec.coded_field)
        findings += conflict
    if spec.sign_label is not None:
        signed = read_signature(page_lines.image, to_prose(spans), spec.sign_label)
        fields = fields | {"signed": signed}
    if spec.notes_changes:
        findings += filter(None, [change_note(spans)])
    if spec.may_be_divorce:
        findings += filter(None, [divorce_note(to_prose(spans))])
    marks = PageMarks(fields, tuple(findings))
    if spec.filled_in_by_pen and is_by_hand(page_lines.image, page_lines.known().values()):
        return _by_hand(marks)
    return marks


def _with_code(
    page_lines: PageLines, fields: Fields, name: str
) -> tuple[Fields, tuple[Finding, ...]]:
    """The fields with one held against the code that repeats it."""
    coded = coded_number(page_lines.image, fields[name].quad)
    if coded is None:
        return fields, ()
    reading, findings = compare_code(fields[name], coded)
    return fields | {name: reading}, findings


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
    unsure = finding(
        Reason.FIELD_UNREADABLE,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="手写填写，须人工核对",
        en="filled in by hand, to be read by a person",
    )
    fields = {
        name: field if name == "signed" else at_most(field, FILLED_IN_BY_HAND)
        for name, field in marks.fields.items()
    }
    return PageMarks(fields, (*marks.findings, unsure))


def change_note(spans: tuple[TextSpan, ...]) -> Finding | None:
    """X08 where such a page bears an entry; None for a blank one and for any other page."""
    headings = [span for span in spans if HEADINGS.search(span.text)]
    if not headings:
        return None
    entries = [s for s in spans if _is_entry(s, headings)]
    if len(entries) < _LEAST:
        return None
    return finding(Reason.CHANGE_NOT_VERIFIED, verdict=CheckVerdict.CANNOT_TELL)


def _is_entry(span: TextSpan, headings: list[TextSpan]) -> bool:
    """Whether it stands below the headings and is no text of the form or of a seal."""
    low = max(h.box.middle for h in headings)
    height = max(h.box.height for h in headings)
    left = min(h.box.left for h in headings) - 16 * height
    right = max(h.box.right for h in headings) + 16 * height
    text = re.sub(r"\W", "", span.text)
    return (
        span.box.middle > low + 0.7 * height
        and left < span.box.left < right
        and len(text) >= _LEAST
        and span.mean >= LEGIBLE
        and not _OF_THE_FORM.search(text)
    )


def cut_portrait(image: Pixels, kind: DocumentKind) -> tuple[bytes | None, int]:
    """The face as PNG, and how many faces there are; None and 0 where none is found."""
    crop = crop_face(image, kind=kind, long_side=PORTRAIT_PAGE_SIDE)
    if crop is None or crop.image.size == 0:
        return None, 0
    encoded, png = cv2.imencode(".png", crop.image)
    return (png.tobytes() if encoded else None), crop.faces
