"""Whether every uploaded picture could be used, and whether what matters on it was read.

One rule keeps a photograph from being blamed for nothing: a picture whose paper was nevertheless
read in full, or on which nothing rests, is noted and not returned. Asking for a better picture of
what is already known costs the applicant a round and gains the office nothing.
"""

from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Finding, Message, Subject, finding
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.faces.face_verdict import FaceBand
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from tasks.checks.check_context import (
    Answer,
    AnswerTally,
    CheckContext,
    answer,
    check,
    filed,
    seen,
    seen_on,
    subject_of,
)
from tasks.checks.documents.hukou_entries import ENTRY_CODES
from tasks.checks.documents.needed_documents import is_needed, superseded, unread_fields
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.similarity import Similarity, compare_names

_PICTURE: Final = frozenset(
    {
        Reason.PICTURE_BLURRED,
        Reason.GLARE_OR_DARK,
        Reason.CROPPED_OR_COVERED,
        Reason.RESOLUTION_TOO_LOW,
    }
)
"""What is wrong with the photograph and not with the paper."""

_EXCUSABLE: Final = _PICTURE | {Reason.FIELD_UNREADABLE, Reason.DOCUMENT_UNUSABLE}
_SEALED: Final = frozenset({DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER})


@check
def files_were_taken_in(case: CheckContext) -> Answer:
    """Intake had nothing to say against the files."""
    return answer(case.dossier.intake)


@check
def every_file_was_read(case: CheckContext) -> Answer:
    """Of every file that the application names there is a reading, or intake says why not."""
    explained = {e.document for f in case.dossier.intake for e in f.evidence}
    return answer(
        finding(
            Reason.FIELD_UNREADABLE,
            filed("documents", entry.file),
            subject=Subject.APPLICATION,
            verdict=CheckVerdict.CANNOT_TELL,
        )
        for entry in case.papers.unread
        if entry.file not in explained
    )


@check
def pictures_are_good(case: CheckContext) -> Answer:
    """No picture is blurred, cut, glaring, too small, a copy, or unsealed where that matters."""
    tally = AnswerTally()
    for paper in case.papers.all:
        excused, unused = is_excused(case, paper), not is_needed(case, paper)
        for fault in {_key(f): f for f in _faults(case, paper)}.values():
            spared = excused or not _touches(case, paper, fault)
            lowered = (spared and fault.code in _EXCUSABLE) or (
                unused and fault.code != Reason.POSSIBLY_EDITED
            )
            tally.findings.append(_as_note(fault) if lowered else _weighed(case, paper, fault))
    return tally.answer()


def _touches(case: CheckContext, paper: AssignedDocument, fault: Finding) -> bool:
    """Whether a fault of the photograph lies where something needed was not read surely.

    A fault that names fields lies there; one that names none lies over the whole picture. On a
    paper of no known bearer or kind nothing says what would have been needed.
    """
    named = {e.field for e in fault.evidence if e.field}
    if fault.code not in _PICTURE or not named or paper.kind not in case.policy.reading.needed:
        return True
    unread = unread_fields(case, paper)
    return not unread or bool(named & set(unread))


def _weighed(case: CheckContext, paper: AssignedDocument, fault: Finding) -> Finding:
    """A doubt about the picture is a fault once it kept a needed field from being read at all.

    So is one that kept the paper from being known: a person sees no more on it than the reader.
    A field that the edge of the picture cuts (Q03 names it) may have lost its end: what is left
    of it tells a person no more than it told the reader.
    """
    unread = unread_fields(case, paper)
    cut = {e.field for e in fault.evidence} if fault.code is Reason.CROPPED_OR_COVERED else set()
    lost = any(paper.reading.value(name) is None or name in cut for name in unread)
    lost = lost or paper.kind is DocumentKind.OTHER
    if fault.code not in _PICTURE or fault.verdict is CheckVerdict.FAILED or not lost:
        return fault
    return finding(fault.code, *fault.evidence, subject=fault.subject)


def is_excused(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether the picture's faults change nothing."""
    if not is_needed(case, paper) or superseded(case, paper):
        return True
    if paper.kind is DocumentKind.SELFIE:
        return case.dossier.face is not None and case.dossier.face.band is FaceBand.MATCH
    readable = paper.kind in case.policy.reading.needed
    about_somebody = paper.sure or paper.kind in {
        DocumentKind.HUKOU_COVER,
        DocumentKind.ID_CARD_EMBLEM,
    }
    return readable and about_somebody and not unread_fields(case, paper)


def _as_note(fault: Finding) -> Finding:
    """The same fault, told and not counted: nothing rests on it, so nothing is left to doubt."""
    reason = REASONS[fault.code]
    message = Message(zh=f"{reason.zh}。", en=f"{reason.en}.")
    lighter = {"severity": Severity.INFO, "verdict": CheckVerdict.PASSED, "message": message}
    return fault.model_copy(update=lighter)


def _key(fault: Finding) -> tuple[Reason, str | None]:
    return fault.code, fault.evidence[0].field if fault.evidence else None


def _faults(case: CheckContext, paper: AssignedDocument) -> Iterator[Finding]:
    """What reading found, and what its signals say by the policy."""
    codes = {f.code for f in paper.reading.findings}
    elsewhere = ENTRY_CODES
    if _is_unknown_for_its_picture(paper):
        elsewhere = elsewhere | {Reason.DOCUMENT_UNUSABLE}
    for fault in (f for f in paper.reading.findings if f.code not in elsewhere):
        yield seen_on(paper, fault)
    quality = paper.reading.quality
    if quality is None:
        return
    too_small = 0 < quality.glyph_height_px < case.policy.reading.min_glyph_height_px
    if too_small and Reason.RESOLUTION_TOO_LOW not in codes:
        yield finding(Reason.RESOLUTION_TOO_LOW, seen(paper))
    unsealed = quality.seal is False or not quality.colour
    if (
        paper.kind in _SEALED
        and unsealed
        and Reason.SEAL_OR_COLOUR_MISSING not in codes
        and is_needed(case, paper)
    ):
        yield finding(Reason.SEAL_OR_COLOUR_MISSING, seen(paper))


@check
def needed_fields_were_read(case: CheckContext) -> Answer:
    """Every field on which the decision rests was read surely.

    Where the picture itself is returned, that says enough: nobody is asked twice for one thing.
    """
    tally = AnswerTally()
    for paper in case.papers.all:
        if not is_needed(case, paper) or superseded(case, paper):
            continue
        unread = unread_fields(case, paper)
        if not unread:
            continue
        codes = {
            f.code
            for f in _faults(case, paper)
            if f.severity is not Severity.INFO and _touches(case, paper, f)
        }
        if codes & (_PICTURE | {Reason.FIELD_UNREADABLE}):
            tally.unsettled = True
            continue
        untold = tuple(name for name in unread if not _is_look_alike(case, paper, name))
        if not untold:
            tally.unsettled = True
            continue
        tally.findings.append(
            finding(
                Reason.FIELD_UNREADABLE,
                *(seen(paper, name) for name in untold),
                subject=subject_of(paper.meant_for) if paper.meant_for else None,
                verdict=CheckVerdict.CANNOT_TELL,
            )
        )
    return tally.answer()


def _is_look_alike(case: CheckContext, paper: AssignedDocument, field: str) -> bool:
    """Whether it is the bearer's name but for a look-alike character, which X01 tells."""
    read = paper.reading.value(field)
    if field != "name" or paper.meant_for is None or read is None:
        return False
    stated = case.stated(PersonRole(paper.meant_for)).name
    return stated is not None and compare_names(read, stated) is Similarity.ALIKE


@check
def hints_are_right(case: CheckContext) -> Answer:
    """Every file shows the kind of paper that the application calls it.

    What a file is called is never believed. A paper that was recognised as another kind is used
    as what it is, and noted; a picture of no known paper cannot be used.
    """
    return answer(
        wrong
        for paper in case.papers.all
        if not paper.reading.unread
        and (wrong := _wrong_hint(case, paper)) is not None
        and Reason.DOCUMENT_UNUSABLE not in {f.code for f in paper.reading.findings}
        and not _is_unknown_for_its_picture(paper)
    )


def _is_unknown_for_its_picture(paper: AssignedDocument) -> bool:
    """Whether the photograph kept the paper from being known: then that is what is told."""
    codes = {f.code for f in paper.reading.findings}
    return paper.kind is DocumentKind.OTHER and bool(codes & _PICTURE)


def _wrong_hint(case: CheckContext, paper: AssignedDocument) -> Finding | None:
    hint = paper.entry.kind if paper.entry else None
    on_file = {p.kind for p in case.papers.all if p.reading.file == paper.reading.file}
    sure = paper.reading.kind_confidence >= case.policy.reading.confidence.kind
    if hint is None or hint in on_file or not sure:
        return None
    wrong = finding(
        Reason.DOCUMENT_UNUSABLE,
        seen(paper),
        zh=f"填报为{hint.zh}，识别为{paper.kind.zh}",
        en=f"called {hint.value}, recognised as {paper.kind.value}",
    )
    return wrong if paper.kind is DocumentKind.OTHER else _as_note(wrong)
