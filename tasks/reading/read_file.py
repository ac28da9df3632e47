"""Read one uploaded file: every page becomes a typed document. Never raises about a picture."""

import datetime as dt
import hashlib
import resource
from typing import Final, NamedTuple

from models.document import DocumentKind, DocumentReading
from models.finding import Evidence, Finding, Verdict, finding
from models.reason import Code
from tasks.reading.decode import FaultReason, ImageFault, ScaledPage, decode_scaled
from tasks.reading.engines.readers import Readers, this_process_readers
from tasks.reading.read_page import PageReading, read_page

READING_SIDE: Final = 1600  # a big photograph is decoded at a fraction of its size
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
) -> tuple[ReadPaper, ...]:
    """Read every page of a file.

    Args:
        file: The path as the application names it.
        content: The bytes as uploaded.
        hint: What the applicant says it is: checked, never believed.
        readers: The engines; this process's own when None.

    Raises:
        MissingPartError: The machine has no reader at all.
    """
    start = cpu_seconds()
    digest = hashlib.sha256(content).hexdigest()
    pages = decode_scaled(content, max_side=READING_SIDE)
    if isinstance(pages, ImageFault):
        reading = _unusable(file, digest, pages)
        return (ReadPaper(_timed(reading, start), None),)
    readers = readers or this_process_readers()
    papers = []
    for number, page in enumerate(pages, start=1):
        papers.append(_read_one(file, digest, number, page, hint, readers, start))
        start = cpu_seconds()
    return tuple(papers)


def cpu_seconds() -> float:
    """CPU seconds of this process and of the readers that it started."""
    own, started = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def _read_one(
    file: str,
    digest: str,
    number: int,
    page: ScaledPage,
    hint: DocumentKind | None,
    readers: Readers,
    start: float,
) -> ReadPaper:
    read = read_page(page, readers, today=dt.datetime.now(tz=dt.UTC).date())
    reading = DocumentReading(
        file=file,
        page=number,
        digest=digest,
        perceptual_hash=read.perceptual_hash,
        kind=read.guess.kind,
        kind_confidence=read.guess.confidence,
        fields=read.fields,
        quality=read.quality,
        faces=read.faces,
        findings=(*_kind_findings(file, read, hint), *_in_file(read.findings, file)),
        engine=readers.engine,
    )
    return ReadPaper(_timed(reading, start), read.portrait)


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


def _kind_findings(file: str, read: PageReading, hint: DocumentKind | None) -> tuple[Finding, ...]:
    """D04 when the paper is surely another one than the applicant said."""
    kind, confidence = read.guess
    if hint is None or kind is hint:
        return ()
    sure = confidence >= SURE_KIND and kind is not DocumentKind.OTHER
    return (
        finding(
            Code.D04,
            Evidence(document=file),
            verdict=Verdict.FAILED if sure else Verdict.CANNOT_TELL,
            zh=f"{file}: 应为{hint.zh}，识别为{kind.zh}",
            en=f"{file}: said to be {hint.value}, looks like {kind.value}",
        ),
    )


def _unusable(file: str, digest: str, fault: ImageFault) -> DocumentReading:
    code = Code.Q06 if fault.reason in _TOO_COARSE else Code.D04
    found = finding(
        code,
        Evidence(document=file),
        zh=f"{file}: {fault.reason.zh}",
        en=f"{file}: {fault.reason.en}",
    )
    return DocumentReading(
        file=file, digest=digest, kind=DocumentKind.OTHER, kind_confidence=0.0, findings=(found,)
    )


def _timed(reading: DocumentReading, start: float) -> DocumentReading:
    return reading.model_copy(update={"seconds": round(cpu_seconds() - start, 4)})
