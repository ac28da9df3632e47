"""Within step two: do the seals that were not read name the station that another page names?"""

import itertools
from collections.abc import Iterable, Iterator

from models.policy.measures import ReadingRules
from models.reading.document import DocumentReading
from models.reading.stated_value import PaperKey, SealComparison
from storage.objects.archive import Archive, upload_key
from tasks.reading.confidence.stated_values import station_answer
from tasks.reading.marks.seal_station import STATION, names_station
from tasks.reading.process.contained_reader import ContainedReader, ReadingEndedError
from tasks.reading.stated_values.compare_seals import AskedSeal


def ask_seals(
    papers: tuple[DocumentReading, ...],
    rules: ReadingRules,
    archive: Archive,
    reader: ContainedReader,
) -> tuple[SealComparison, ...]:
    """Hold every station that is surely read against the seals whose station is not.

    Where none was read surely, what was guessed on one page is held against the others.

    Args:
        papers: Everything that was read, each as sure as its witnesses make it.
        rules: From which confidence a station decides something.
        archive: Keeps the uploads.
        reader: Looks at them.
    """
    unsure = [
        paper
        for paper in papers
        if names_station(paper.kind, paper.fields)
        and not rules.trusts(STATION, paper.fields.get(STATION))
    ]
    sources = _sources(paper for paper in papers if paper not in unsure) or _sources(unsure)
    if not sources:
        return ()
    return tuple(
        seal
        for digest, of_file in itertools.groupby(unsure, key=lambda paper: paper.digest)
        if archive.exists(upload_key(digest))
        for seal in _of_file(tuple(of_file), sources, archive.get_bytes(upload_key(digest)), reader)
    )


def _sources(papers: Iterable[DocumentReading]) -> dict[str, PaperKey]:
    """Every station that these papers name, and the first of them that does."""
    sources: dict[str, PaperKey] = {}
    for paper in papers:
        station = paper.value(STATION)
        if station is not None:
            sources.setdefault(station, PaperKey.of(paper))
    return sources


def _of_others(paper: DocumentReading, sources: dict[str, PaperKey]) -> tuple[str, ...]:
    return tuple(name for name, place in sources.items() if place != PaperKey.of(paper))


def _of_file(
    papers: tuple[DocumentReading, ...],
    sources: dict[str, PaperKey],
    content: bytes,
    reader: ContainedReader,
) -> Iterator[SealComparison]:
    every = (AskedSeal(paper, _of_others(paper, sources)) for paper in papers)
    asked = tuple(one for one in every if one.stations)
    if not asked:
        return
    try:
        answers = reader.compare_seals(asked, content)
    except ReadingEndedError:
        return  # it was read before: what is missing is one tie
    for (paper, stations), margins in zip(asked, answers, strict=True):
        for station, margin in zip(stations, margins, strict=True):
            if margin is not None:
                yield SealComparison(
                    paper=PaperKey.of(paper),
                    source=sources[station],
                    station=station,
                    answer=station_answer(margin),
                    margin=round(margin.over_rivals, 2),
                    deficit=round(margin.under_best, 2),
                )
