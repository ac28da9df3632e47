"""Stage one: every picture becomes typed documents."""

from models.audit.event import EventTag, NewEvent
from models.cases.case_round import ApplicationRound, Stage
from models.checks.finding import Message
from models.intake.arrival import ArrivedFile
from models.reading.document import DocumentKind, DocumentReading, Readings
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from tasks.reading.read_file import ReadPaper, read_file
from tasks.rounds.round_results import load_arrival, load_readings, portrait_key, readings_key


def read_documents(repositories: Repositories, round_id: str) -> None:
    """Read all pictures of a round and keep the readings, and the faces cut out of them."""
    key = readings_key(round_id)
    if not repositories.archive.exists(key):
        papers = tuple(
            _keep_portrait(repositories, round_id, number, paper)
            for number, paper in enumerate(_read_all(repositories, round_id), start=1)
        )
        repositories.archive.put_record(key, Readings(papers=papers))
    readings = repositories.archive.get_record(key, Readings)
    repositories.cases.record_documents(round_id, readings.papers)
    repositories.audit.append_many(_events(repositories.cases.get(round_id), readings))
    repositories.cases.advance(round_id, Stage.READ)


def _read_all(repositories: Repositories, round_id: str) -> list[ReadPaper]:
    arrival = load_arrival(repositories, round_id)
    if arrival.application is None:
        return []
    hints = {entry.file: entry.kind for entry in arrival.application.documents}
    known = earlier_readings(repositories, repositories.cases.get(round_id))
    return [
        paper
        for file in arrival.files
        for hint in [hints.get(file.file)]
        for paper in known.get((file.digest, hint), ()) or _read_one(repositories, file, hint)
        for paper in [_renamed(paper, file.file)]
    ]


def earlier_readings(
    repositories: Repositories, case: ApplicationRound
) -> dict[tuple[str, DocumentKind | None], tuple[ReadPaper, ...]]:
    """What was read in earlier rounds of the application, by content and hint."""
    known: dict[tuple[str, DocumentKind | None], tuple[ReadPaper, ...]] = {}
    for earlier in repositories.cases.find(case.application_id):
        if earlier.round >= case.round or not repositories.archive.exists(
            readings_key(earlier.round_id)
        ):
            continue
        form = load_arrival(repositories, earlier.round_id).application
        hints = {entry.file: entry.kind for entry in form.documents} if form else {}
        for paper in load_readings(repositories, earlier.round_id).papers:
            key = paper.digest, hints.get(paper.file)
            same_file = [p for p in known.get(key, ()) if p.reading.file == paper.file]
            known[key] = (*same_file, ReadPaper(paper, None))
    return known


def _renamed(paper: ReadPaper, file: str) -> ReadPaper:
    """A reading under the name that its file has in this round."""
    old = paper.reading
    if old.file == file:
        return paper
    told = tuple(
        found.model_copy(
            update={
                "message": Message(
                    zh=found.message.zh.replace(old.file, file),
                    en=found.message.en.replace(old.file, file),
                ),
                "evidence": tuple(
                    e.model_copy(update={"document": file}) if e.document == old.file else e
                    for e in found.evidence
                ),
            }
        )
        for found in old.findings
    )
    return ReadPaper(old.model_copy(update={"file": file, "findings": told}), paper.portrait)


def _read_one(
    repositories: Repositories, file: ArrivedFile, hint: DocumentKind | None
) -> tuple[ReadPaper, ...]:
    return read_file(file.file, repositories.archive.get_bytes(upload_key(file.digest)), hint=hint)


def _keep_portrait(
    repositories: Repositories, round_id: str, number: int, paper: ReadPaper
) -> DocumentReading:
    if paper.portrait is None:
        return paper.reading
    key = portrait_key(round_id, number)
    repositories.archive.put_bytes(key, paper.portrait)
    return paper.reading.model_copy(update={"portrait": key})


def _events(case: ApplicationRound, readings: Readings) -> list[NewEvent]:
    return [
        NewEvent(
            tag=EventTag.DOCUMENT_READ,
            application_id=case.application_id,
            round_id=case.round_id,
            details={
                "digest": paper.digest,
                "page": paper.page,
                "part": paper.part,
                "kind": paper.kind.value,
                "kind_confidence": round(paper.kind_confidence, 3),
                "engine": paper.engine,
                "codes": sorted({found.code.value for found in paper.findings}),
            },
            idempotency_key=f"{case.round_id}:read:{number}",
        )
        for number, paper in enumerate(readings.papers, start=1)
    ]
