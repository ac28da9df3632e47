"""Read one uploaded file: every page becomes a typed document. Never raises about a picture."""

import datetime as dt
import hashlib
import resource
from functools import partial
from typing import Final, NamedTuple

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.clock import CHINA
from models.reading.document import DocumentKind, DocumentReading
from tasks.reading.engines.readers import Readers, this_process_readers
from tasks.reading.files.decode import decode_scaled
from tasks.reading.files.picture import FaultReason, ImageFault, ScaledPage
from tasks.reading.read_page import PageReading
from tasks.reading.read_picture import read_picture
from tasks.reading.unread import UnreadReason, unread_reading

READING_SIDE: Final = 1600  # a big photograph is decoded at a fraction of its size
FULL_SIDE: Final = 4000
"""Where papers are small in it: the longer side of a photograph of 12 megapixels."""
SURE_KIND: Final = 0.8  # from which a kind contradicts a hint
_TOO_COARSE: Final = frozenset({FaultReason.TOO_SMALL})


class ReadPaper(NamedTuple):
    """A paper as read; `portrait` is the PNG of the face that it carries."""

    reading: DocumentReading
    portrait: bytes | None


def read_file(
    file: str,
    content: bytes,
    *,
    hint: DocumentKind | None = None,
    readers: Readers | None = None,
    budget: float | None = None,
) -> tuple[ReadPaper, ...]:
    """Read every page of a file.

    Args:
        file: The path as the application names it.
        content: The bytes as uploaded.
        hint: What the applicant says it is: checked, never believed. Of a file of several papers
            it must be true of one.
        readers: The engines; this process's own when None.
        budget: CPU seconds from which on no further page is begun; None: there is no limit. What
            is left over is told as one unread paper, for a person.

    Raises:
        MissingPartError: The machine has no reader at all.
    """
    begun = start = cpu_seconds()
    digest = hashlib.sha256(content).hexdigest()
    pages = decode_scaled(content, max_side=READING_SIDE)
    if isinstance(pages, ImageFault):
        reading = _unusable(file, digest, pages)
        return (ReadPaper(_timed(reading, start), None),)
    readers = readers or this_process_readers()
    papers = []
    for number, page in enumerate(pages, start=1):
        if budget is not None and number > 1 and start - begun > budget:
            papers.append(
                ReadPaper(unread_reading(file, digest, UnreadReason.TOO_COSTLY, page=number), None)
            )
            break
        full = partial(_full_size, content, number)
        parts = read_picture(page, readers, today=dt.datetime.now(CHINA).date(), full=full)
        share = (cpu_seconds() - start) / len(parts)
        for part, read in enumerate(parts, start=1):
            place = _Place(file, digest, number, part)
            papers.append(_paper(place, read, readers, share))
        start = cpu_seconds()
    if not papers[-1].reading.unread and all(p.reading.kind is not hint for p in papers):
        papers[0] = _with_doubt(papers[0], hint)
    return tuple(papers)


def _full_size(content: bytes, number: int) -> ScaledPage | None:
    """A page, counted from one, large enough for small print."""
    pages = decode_scaled(content, max_side=FULL_SIDE)
    return None if isinstance(pages, ImageFault) else pages[number - 1]


def cpu_seconds() -> float:
    """CPU seconds of this process and of the readers that it started."""
    own, started = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


class _Place(NamedTuple):
    """Where a paper was found."""

    file: str
    digest: str
    page: int
    part: int


def _paper(
    place: _Place,
    read: PageReading,
    readers: Readers,
    seconds: float,
) -> ReadPaper:
    reading = DocumentReading(
        **place._asdict(),
        perceptual_hash=read.perceptual_hash,
        kind=read.guess.kind,
        kind_confidence=read.guess.confidence,
        fields=read.fields,
        quality=read.quality,
        faces=read.faces,
        findings=_in_file(read.findings, place.file),
        engine=readers.engine,
        seconds=round(seconds, 4),
    )
    return ReadPaper(reading, read.portrait)


def _in_file(findings: tuple[Finding, ...], file: str) -> tuple[Finding, ...]:
    """The findings of a page with the name of its file in their evidence."""
    return tuple(
        found.model_copy(
            update={
                "evidence": tuple(e.model_copy(update={"document": file}) for e in found.evidence)
            }
        )
        for found in findings
    )


def _with_doubt(paper: ReadPaper, hint: DocumentKind | None) -> ReadPaper:
    """D04 when the paper is another one than the applicant said; an error when that is sure."""
    if hint is None:
        return paper
    reading = paper.reading
    sure = reading.kind_confidence >= SURE_KIND and reading.kind is not DocumentKind.OTHER
    wrong = finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=reading.file),
        verdict=CheckVerdict.FAILED if sure else CheckVerdict.CANNOT_TELL,
        zh=f"{reading.file}: 应为{hint.zh}，识别为{reading.kind.zh}",
        en=f"{reading.file}: said to be {hint.value}, looks like {reading.kind.value}",
    )
    findings = (wrong, *reading.findings)
    return paper._replace(reading=reading.model_copy(update={"findings": findings}))


def _unusable(file: str, digest: str, fault: ImageFault) -> DocumentReading:
    code = Reason.RESOLUTION_TOO_LOW if fault.reason in _TOO_COARSE else Reason.DOCUMENT_UNUSABLE
    found = finding(
        code,
        Evidence(document=file),
        zh=f"{file}: {fault.reason.zh}",
        en=f"{file}: {fault.reason.en}",
    )
    return DocumentReading(
        file=file,
        digest=digest,
        kind=DocumentKind.OTHER,
        kind_confidence=0.0,
        findings=(found,),
    )


def _timed(reading: DocumentReading, start: float) -> DocumentReading:
    return reading.model_copy(update={"seconds": round(cpu_seconds() - start, 4)})
