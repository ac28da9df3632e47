"""An application's papers as an evidence file may show them: masked, and without file names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.checks.finding import Finding, Message
from models.checks.reason_catalogue import REASONS
from models.evidence_file.content import (
    EvidenceComparison,
    EvidenceCorrection,
    EvidenceField,
    EvidenceFinding,
    EvidencePaper,
    EvidencePlace,
    EvidenceSeal,
)
from models.identity.masking import mask_field
from models.intake.arrival import Arrival
from models.reading.document import FIELDS, DocumentReading, FieldReading
from models.reading.stated_value import (
    PaperKey,
    StatedComparison,
    StatedComparisons,
    comparisons_of,
)
from models.reviews.review_work import Correction

_FORM: Final = "application.json"


@dataclass(frozen=True)
class FileNames:
    """Short names in place of the names of files, which may name a person."""

    _names: Mapping[str, str]

    @classmethod
    def of(cls, arrival: Arrival | None, readings: Sequence[DocumentReading]) -> "FileNames":
        """Number the files in the order of the form, then those that only the readings name."""
        listed: list[str] = []
        if arrival is not None and arrival.application is not None:
            listed += [entry.file for entry in arrival.application.documents]
        if arrival is not None:
            listed += [file.file for file in arrival.files]
        listed += [paper.file for paper in readings]
        return cls({name: f"F{n}" for n, name in enumerate(dict.fromkeys(listed), start=1)})

    def short(self, document: str) -> str:
        """The short name of a file, or of a paper in it (`03.jpg#1.2` becomes `F3/1.2`)."""
        if document == _FORM:
            return "form"
        if document in self._names:
            return self._names[document]
        file, _, part = document.rpartition("#")
        return f"{self._names[file]}/{part}" if file in self._names else "F?"


def paper_evidence(
    papers: Sequence[DocumentReading],
    corrections: Iterable[Correction],
    compared: StatedComparisons,
    names: FileNames,
) -> tuple[EvidencePaper, ...]:
    """All papers of a round with what people read, and the pictures said, beside what was read."""
    by_field: dict[tuple[int, str], list[Correction]] = {}
    for made in corrections:
        by_field.setdefault((made.paper, made.field), []).append(made)
    return tuple(
        EvidencePaper(
            paper=names.short(paper.place),
            digest=paper.digest,
            kind=paper.kind.value,
            kind_confidence=round(paper.kind_confidence, 3),
            quality=paper.quality.model_dump() if paper.quality else {},
            codes=tuple(sorted({found.code.value for found in paper.findings})),
            engine=paper.engine,
            fields=tuple(
                _field(
                    name,
                    paper.fields.get(name),
                    by_field.get((number, name), ()),
                    comparisons_of(compared.comparisons, paper, name),
                )
                for name in _field_names(paper, [f for p, f in by_field if p == number])
            ),
            seals=tuple(_seals(paper, papers, compared, names)),
        )
        for number, paper in enumerate(papers)
    )


def _seals(
    paper: DocumentReading,
    papers: Sequence[DocumentReading],
    compared: StatedComparisons,
    names: FileNames,
) -> Iterator[EvidenceSeal]:
    """What this paper's seal was asked, and on which paper that station was read."""
    places = {PaperKey.of(other): other.place for other in papers}
    for seal in compared.seals:
        if seal.paper == PaperKey.of(paper):
            source = names.short(places.get(seal.source, ""))
            yield EvidenceSeal(source=source, answer=seal.answer.value, margin=seal.margin)


def _field_names(paper: DocumentReading, corrected: Iterable[str]) -> tuple[str, ...]:
    """In the order of the paper, then whatever else was read or corrected."""
    return tuple(dict.fromkeys((*FIELDS.get(paper.kind, ()), *paper.fields, *corrected)))


def _field(
    name: str,
    seen: FieldReading | None,
    made: Iterable[Correction],
    stated: Iterable[StatedComparison],
) -> EvidenceField:
    return EvidenceField(
        name=name,
        value=mask_field(name, seen.value) if seen else None,
        raw=mask_field(name, seen.raw) or "" if seen else "",
        second=mask_field(name, seen.second) if seen else None,
        confidence=round(seen.confidence, 4) if seen else 0.0,
        corrections=tuple(
            EvidenceCorrection(value=mask_field(name, c.value), staff=c.staff, made_at=c.made_at)
            for c in made
        ),
        comparisons=tuple(
            EvidenceComparison(person=c.person.value, answer=c.answer.value, margin=c.margin)
            for c in stated
        ),
    )


def finding_evidence(found: Finding, names: FileNames) -> EvidenceFinding:
    """A finding under the catalogue's own title: the full sentence may name a file."""
    return EvidenceFinding(
        code=found.code.value,
        severity=found.severity.value,
        verdict=found.verdict.value,
        subject=found.subject.value if found.subject else None,
        title=Message(zh=REASONS[found.code].zh, en=REASONS[found.code].en),
        places=tuple(
            EvidencePlace(paper=names.short(item.document), field=item.field, value=item.value)
            for item in found.evidence
        ),
    )
