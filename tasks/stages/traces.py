"""By what a later application can be recognised."""

from models.application import Application, PersonRole
from models.arrival import Arrival
from models.case import Trace, TraceKind
from models.names import normalise_name


def traces_of(application: Application, arrival: Arrival) -> tuple[Trace, ...]:
    """Both persons and every file, in clear: the case book keeps keyed hashes of them only."""
    applicant, member = application.applicant, application.member
    member_number = member.id_number or member.birth_certificate_number
    people = (
        (TraceKind.NUMBER, PersonRole.APPLICANT, applicant.id_number),
        (TraceKind.NAME, PersonRole.APPLICANT, normalise_name(applicant.name or "")),
        (TraceKind.NUMBER, PersonRole.MEMBER, member_number),
        (TraceKind.NAME, PersonRole.MEMBER, normalise_name(member.name or "")),
    )
    owners = {entry.file: entry.person for entry in application.documents}
    return tuple(
        Trace(kind=kind, role=role, value=value.upper()) for kind, role, value in people if value
    ) + tuple(
        Trace(kind=TraceKind.FILE, role=owners.get(f.file), value=f.digest, label=f.file)
        for f in arrival.files
    )
