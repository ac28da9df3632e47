"""Step one: every picture becomes typed documents."""

from collections.abc import Iterator

from models.audit.event import EventTag, NewEvent
from models.cases.case_round import ApplicationRound, Stage
from models.checks.finding import Message
from models.intake.application import Application
from models.reading.document import DocumentKind, DocumentReading, Readings
from storage.bootstrap import Repositories
from storage.objects.archive import Archive, upload_key
from tasks.reading.read_file import ReadPaper
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import portrait_key, readings_key
from tasks.verification.face_permit import FacePermit
from tasks.verification.read_upload import UploadReading


def read_documents(repositories: Repositories, round_id: str) -> str:
    """Read all pictures of a round and keep the readings, and the faces cut out of them.

    Returns:
        The digest of the readings.
    """
    context = RoundContext.load(repositories, round_id)
    readings, digest = repositories.archive.find_or_keep(
        readings_key(round_id), Readings, lambda: Readings(papers=_read_all(context))
    )
    repositories.cases.record_documents(round_id, readings.papers)
    repositories.audit.append_many(_events(context.round, readings))
    repositories.cases.advance(round_id, Stage.READ)
    return digest


def _read_all(context: RoundContext) -> tuple[DocumentReading, ...]:
    """Each document with its place from 1 on."""
    if context.arrival.application is None:
        return ()
    with UploadReading.of(context) as uploads:
        papers = _papers(context, context.arrival.application, uploads)
        faces = FacePermit.of(context)
        return tuple(
            _keep_portrait(context, number, paper, faces)
            for number, paper in enumerate(papers, start=1)
        )


def _papers(
    context: RoundContext, application: Application, uploads: UploadReading
) -> Iterator[ReadPaper]:
    """Every paper of every file; one that an earlier round read is not read again."""
    archive = context.repositories.archive
    hints = {entry.file: entry.kind for entry in application.documents}
    known = earlier_readings(context.repositories, context.round)
    faces = FacePermit.of(context)
    for file in context.arrival.files:
        hint = hints.get(file.file)
        earlier = _usable(archive, known.get((file.digest, hint), ()), faces)
        for paper in earlier or uploads.read(file, hint):
            yield _renamed(paper, file.file)


def _usable(
    archive: Archive, papers: tuple[ReadPaper, ...], faces: FacePermit
) -> tuple[ReadPaper, ...]:
    """What an earlier round read of a file, unless a face is wanted now that it did not keep.

    Of a picture that retention has deleted, the earlier reading is all there is.
    """
    lacks = any(faces.may_keep(p.reading) and not _is_kept(archive, p.reading) for p in papers)
    again = lacks and all(archive.exists(upload_key(p.reading.digest)) for p in papers)
    return () if again else papers


def _is_kept(archive: Archive, reading: DocumentReading) -> bool:
    return reading.portrait is not None and archive.exists(reading.portrait)


def earlier_readings(
    repositories: Repositories, round_: ApplicationRound
) -> dict[tuple[str, DocumentKind | None], tuple[ReadPaper, ...]]:
    """What was read in earlier rounds of the application, by content and hint."""
    known: dict[tuple[str, DocumentKind | None], tuple[ReadPaper, ...]] = {}
    rounds = repositories.cases.find(round_.application_id) if round_.round > 1 else ()
    for earlier in rounds:
        if earlier.round >= round_.round or not repositories.archive.exists(
            readings_key(earlier.round_id)
        ):
            continue
        context = RoundContext(repositories, earlier)
        form = context.arrival.application
        hints = {entry.file: entry.kind for entry in form.documents} if form else {}
        for paper in context.readings.papers:
            if paper.unread:
                continue
            key = paper.digest, hints.get(paper.file)
            same_file = [p for p in known.get(key, ()) if p.reading.file == paper.file]
            known[key] = (*same_file, ReadPaper(paper, None))
    return known


def _renamed(paper: ReadPaper, file: str) -> ReadPaper:
    """A reading under the name that its file has in this round."""
    old = paper.reading
    if old.file == file:
        return paper
    findings = tuple(
        finding.model_copy(
            update={
                "message": Message(
                    zh=finding.message.zh.replace(old.file, file),
                    en=finding.message.en.replace(old.file, file),
                ),
                "evidence": tuple(
                    e.model_copy(update={"document": file}) if e.document == old.file else e
                    for e in finding.evidence
                ),
            }
        )
        for finding in old.findings
    )
    return ReadPaper(old.model_copy(update={"file": file, "findings": findings}), paper.portrait)


def _keep_portrait(
    context: RoundContext, number: int, paper: ReadPaper, faces: FacePermit
) -> DocumentReading:
    """The reading, with the face cut out of the document where it may be kept."""
    archive = context.repositories.archive
    if paper.portrait is None or not faces.may_keep(paper.reading):
        kept = faces.may_keep(paper.reading) and _is_kept(archive, paper.reading)
        return paper.reading.model_copy(
            update={"portrait": paper.reading.portrait if kept else None}
        )
    key = portrait_key(context.round.round_id, number)
    archive.put_bytes(key, paper.portrait)
    return paper.reading.model_copy(update={"portrait": key})


def _events(round_: ApplicationRound, readings: Readings) -> list[NewEvent]:
    again = f":again{round_.retries}" if round_.retries else ""
    return [
        NewEvent(
            tag=EventTag.DOCUMENT_READ,
            application_id=round_.application_id,
            round_id=round_.round_id,
            details={
                "digest": paper.digest,
                "page": paper.page,
                "part": paper.part,
                "kind": paper.kind.value,
                "kind_confidence": round(paper.kind_confidence, 3),
                "engine": paper.engine,
                "codes": sorted({found.code.value for found in paper.findings}),
            },
            idempotency_key=f"{round_.round_id}:read:{number}{again}",
        )
        for number, paper in enumerate(readings.papers, start=1)
    ]
