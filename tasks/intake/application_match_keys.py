"""By what a later application can be recognised."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from models.cases.case_round import MatchKey, MatchKeyKind
from models.identity.person_name import normalise_name
from models.intake.application import Application, PersonRole
from models.intake.arrival import Arrival
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from storage.objects.store import ObjectMissingError
from tasks.faces.picture_print import picture_print
from tasks.identity.assign_documents import AssignedDocuments

_HUKOU: Final = (DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER)
_ON_CERTIFICATE: Final = ("certificate_number", "newborn_name", "birth_time")


def application_match_keys(application: Application, arrival: Arrival) -> tuple[MatchKey, ...]:
    """Both persons and every file, in clear: only keyed hashes of them are kept."""
    applicant, member = application.applicant, application.member
    member_number = member.id_number or member.birth_certificate_number
    people = (
        (MatchKeyKind.NUMBER, PersonRole.APPLICANT, applicant.id_number),
        (MatchKeyKind.NAME, PersonRole.APPLICANT, normalise_name(applicant.name or "")),
        (MatchKeyKind.NUMBER, PersonRole.MEMBER, member_number),
        (MatchKeyKind.NAME, PersonRole.MEMBER, normalise_name(member.name or "")),
    )
    owners = {entry.file: entry.person for entry in application.documents}
    return tuple(
        MatchKey(kind=kind, role=role, value=value.upper()) for kind, role, value in people if value
    ) + tuple(
        MatchKey(kind=MatchKeyKind.FILE, role=owners.get(f.file), value=f.digest, label=f.file)
        for f in arrival.files
    )


def certificate_match_keys(
    readings: Iterable[DocumentReading], rules: ReadingRules
) -> Iterator[MatchKey]:
    """The number of each birth certificate, and whose it is, where all of that was surely read."""
    for reading in readings:
        if reading.kind is not DocumentKind.BIRTH_CERTIFICATE or not all(
            rules.trusts(name, reading.fields.get(name)) for name in _ON_CERTIFICATE
        ):
            continue
        number, name, born = (reading.value(name) or "" for name in _ON_CERTIFICATE)
        yield MatchKey(kind=MatchKeyKind.CERTIFICATE, value=number, label=reading.file)
        yield MatchKey(
            kind=MatchKeyKind.CERTIFICATE_CHILD,
            value=f"{number}|{name}|{born[:10]}",
            label=reading.file,
        )


def household_match_keys(
    readings: Iterable[DocumentReading], rules: ReadingRules
) -> Iterator[MatchKey]:
    """The household numbers of the hukou pages, where they were surely read."""
    for reading in readings:
        field = reading.fields.get("household_number") if reading.kind in _HUKOU else None
        if field is not None and field.value and rules.trusts("household_number", field):
            yield MatchKey(kind=MatchKeyKind.HOUSEHOLD, value=field.value, label=reading.file)


def picture_match_keys(
    papers: AssignedDocuments, fetch: Callable[[str], bytes]
) -> Iterator[MatchKey]:
    """The prints of the selfie and of both persons' portraits; no template of any face.

    Args:
        papers: All papers of the application.
        fetch: Gives the content of an object, as the archive does.
    """
    for paper in papers.all:
        reading = paper.reading
        selfie = reading.kind is DocumentKind.SELFIE
        role = PersonRole.MEMBER if selfie else paper.meant_for if paper.sure else None
        if reading.portrait is None or role is None:
            continue
        try:
            bands = picture_print(fetch(reading.portrait))
        except ObjectMissingError:  # deleted when its time was over; a replay may come later
            continue
        for band in bands:
            yield MatchKey(kind=MatchKeyKind.IMAGE, role=role, value=band, label=reading.file)
